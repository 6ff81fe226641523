"""What somebody asked for, in words, when it could not be done at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from pathloom.portal.plans.queries import Placed, titles_of
from pathloom.portal.plans.queries.terms import term_words


def request_words(name: str, asked: Mapping[str, Any], *, district_id: int) -> str:
    """An edit that was not saved, as one sentence in the student's own voice."""
    codes = [asked["course"], asked["instead"]]
    titles = titles_of(district_id, [Placed(code, "") for code in codes if code])
    values = {
        "course": titles.get(asked["course"], asked["course"]),
        "instead": titles.get(asked["instead"], asked["instead"]),
        "term": term_words(asked["term"]),
    }
    words = {
        "move": _("Move %(course)s to %(term)s."),
        "add": _("Add %(course)s in %(term)s."),
        "remove": _("Take %(course)s out."),
        "swap": _("Take %(instead)s in the place of %(course)s."),
        "undo": _("Undo the last change."),
    }
    return words[name] % values
