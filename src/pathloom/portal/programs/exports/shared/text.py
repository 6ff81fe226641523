"""A program of study as plain text: for mail, for a screen reader, for a message."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from pathloom.portal.programs.presenters.sharing_notes import edition, notes
from pathloom.portal.programs.presenters.words import Said

Page = dict[str, Any]
WIDTH = 72


def program_text(page: Page) -> str:
    """Everything of the printed page in lines of at most 72 letters, ending in a line break.

    Args:
        page: what ``presenters.sharing.shared_program`` makes.
    """
    say = _Say(page["language"])
    parts = [
        [
            say(page["title"]),
            _place(page),
            f"{page['school']['name']}, {page['school']['district']}",
        ],
        [say(page["summary"])],
        *(_year(index, page) for index in range(len(page["table"]["columns"]))),
        *(_exit(exit_, say) for exit_ in page["exits"]),
        *([note["title"], *(f"- {say(item)}" for item in note["items"])] for note in notes(page)),
        _contact(page),
        [edition(page), page["address"]],
    ]
    written = ("\n".join(_wrapped(line) for line in part if line) for part in parts)
    return "\n\n".join(part for part in written if part) + "\n"


class _Say:
    """A text of the program; one that is not in the language of the page says so."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, text: str) -> str:
        plain = " ".join(text.split())
        if plain and isinstance(text, Said) and text.lang != self.language:
            return _("%(text)s [in English]") % {"text": plain}
        return plain


def _wrapped(line: str) -> str:
    """A line of at most 72 letters; what follows is set in, addresses stay whole."""
    return textwrap.fill(
        line,
        WIDTH,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _place(page: Page) -> str:
    pathway = page["pathway"]["name"] if page["pathway"] else ""
    return ", ".join(part for part in (page["cluster"]["name"], pathway) if part)


def _year(index: int, page: Page) -> list[str]:
    """A year with a line for each subject; of courses that stand beside each other, any one."""
    lines = [
        f"- {row['name']}: {_choice(choice)}"
        for row in page["table"]["rows"]
        for choice in row["cells"][index]
    ]
    return [page["table"]["columns"][index]["title"].upper(), *lines] if lines else []


def _choice(choice: Page) -> str:
    either, optional = _("or"), _("optional")
    courses = f" {either} ".join(map(_course, choice["courses"]))
    return courses if choice["required"] else f"{courses} ({optional})"


def _course(course: Page) -> str:
    beside = [course["credits"], course.get("place", "")]
    if course["local"]:
        beside.append(_("a course of this district’s own"))
    if course["credit"]:
        beside.append(_("gives college credit"))
    told = ", ".join(part for part in beside if part)
    return f"{course['title']} ({told})" if told else str(course["title"])


def _exit(exit_: Page, say: _Say) -> Iterator[str]:
    yield str(exit_["name"]).upper()
    for way in exit_["ways"]:
        told = (say(way["title"]), say(way["place"]), say(way["length"]))
        yield f"- {', '.join(part for part in told if part)}"
    earn, work = _("You can earn"), _("People work as")
    for credential in exit_["credentials"]:
        issued = ", ".join(filter(None, (say(credential["title"]), credential["issuer"])))
        yield f"- {earn}: {issued}"
    for job in exit_["occupations"]:
        half = _("half of them earn %(pay)s a year or more") % {"pay": job["pay"]}
        paid = f" ({half})" if job["pay"] else ""
        yield f"- {work}: {job['title']}{paid}"


def _contact(page: Page) -> list[str]:
    contact = page["contact"]
    if contact is None:
        return []
    named = (contact["name"], contact["role"], contact["email"], contact["phone"])
    ask = _("Ask a person")
    return [f"{ask}: {', '.join(part for part in named if part)}"]
