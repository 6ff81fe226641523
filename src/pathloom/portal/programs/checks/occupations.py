"""Whether the occupations of a program are those that O*NET knows, under its titles and codes."""

from __future__ import annotations

from collections.abc import Iterator

from pathloom.engine.program.content import Content, OccupationContent
from pathloom.portal.programs.checks.findings import Finding, Weight
from pathloom.portal.programs.queries.named import alike, occupation_named

_CHOOSE = "Choose the title from the list."


def check_occupations(content: Content) -> Iterator[Finding]:
    """A title that is none of the list, or several; a code that the list does not have (any more).

    Each is a warning: the program stays right, but pages cannot tell pay, outlook and labels.
    """
    for each in content.occupations:
        found = occupation_named(each.title)
        if each.soc and occupation_named(each.soc) is None:
            what = f"no occupation has the code {each.soc} of '{each.title}' any more"
            yield _finding(each, what, _fix(each.title))
        elif found is None:
            what = f"'{each.title}' is not the title of one occupation"
            yield _finding(each, what, _fix(each.title))
        elif each.soc not in (found.code, found.soc):
            said = f"has the code {each.soc}" if each.soc else "has no code"
            what = f"'{each.title}' {said}, and the list says {found.code}"
            yield _finding(each, what, "Save the line again to take it over.")


def _fix(title: str) -> str:
    likely = alike(title)
    return f"{_CHOOSE} Perhaps: {'; '.join(likely)}." if likely else _CHOOSE


def _finding(occupation: OccupationContent, what: str, fix: str) -> Finding:
    return Finding(Weight.WARN, "occupations", what, fix, "occupations", occupation.key)
