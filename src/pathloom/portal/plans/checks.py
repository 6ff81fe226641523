"""What is refused before anything is written: words, terms, courses, rights."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pathloom.portal.core.errors import UserError

LONGEST = 2000


def refuse(message: str) -> UserError:
    """A right that is not there, or not there any more."""
    return UserError(message, _("Open the plan again, or ask your counselor."))


def words_of(text: str, *, where: str) -> str:
    """The words of a comment or a return, without blanks around them; not empty, not endless."""
    words = text.strip()
    if not words:
        raise UserError(
            _("The {where} has no words.").format(where=where), _("Write what you want to say.")
        )
    if len(words) > LONGEST:
        raise UserError(
            _("The {where} has {count} characters.").format(where=where, count=len(words)),
            _("Use at most {most}.").format(most=LONGEST),
        )
    return words
