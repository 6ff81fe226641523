"""The words that a rule file may use: its own, and those of the rules underneath."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pathloom.engine.errors import Location, Problems, nearest
from pathloom.engine.page import Page
from pathloom.engine.rules.fields import MatcherSyntax
from pathloom.engine.rules.matchers import is_pattern, is_sced_pattern, normal_number
from pathloom.engine.rules.nodes import RuleFile
from pathloom.engine.rules.syntax import AmongSyntax, HaveSyntax, RuleFileSyntax

_LISTS = {
    "subject": "subjects",
    "tag": "tags",
    "family": "families",
    "evidence": "evidence",
    "track": "tracks",
    "source": "sources",
}


class Words:
    """Collects the mistakes of one page, and knows what its file has declared."""

    def __init__(
        self, file: RuleFileSyntax, page: Page, problems: Problems, *, below: RuleFile | None
    ) -> None:
        self.page = page
        self.problems = problems
        self.known: Mapping[str, dict[str, object]] = {
            kind: {**_of(below, name), **getattr(file, name)} for kind, name in _LISTS.items()
        }

    def say(self, location: Location, what: str, fix: str) -> None:
        self.problems.add(self.page.place(location), what, fix)

    def unique(self, kind: str, name: str, location: Location, seen: dict[str, int]) -> None:
        line = self.page.line(location)
        if name in seen:
            self.say(
                location,
                f"{kind} id '{name}' stands twice (first on line {seen[name]})",
                "Give each its own id.",
            )
        seen.setdefault(name, line)

    def declared(self, kind: str, name: str, location: Location) -> None:
        """Say so when a subject, family, evidence, track or source is used but not declared."""
        words = self.known[kind]
        if name not in words:
            fix = nearest(name, words)
            if not fix.startswith("Did"):
                fix = f"Declare it under '{_LISTS[kind]}', or use a declared one."
            self.say(location, f"unknown {kind} '{name}'", fix)

    def tag(self, name: str, location: Location) -> None:
        """A tag is declared itself, or belongs to a declared family."""
        family, colon, _ = name.partition(":")
        if not (colon and name not in self.known["tag"]):
            self.declared("tag", name, location)
        else:
            self.declared("family", family, location)

    def names(self, names: Iterable[str], location: Location) -> None:
        for name in names:
            self.declared("evidence", name, location)

    def number(self, text: str, location: Location) -> None:
        if text and not (is_pattern(normal_number(text)) and "X" not in text):
            self.say(
                location,
                f"'{text}' is not a course number",
                "Write two digits, a point, then up to seven: 26.07300.",
            )

    def matcher(self, each: MatcherSyntax | None, here: Location) -> None:
        if each is None:
            return
        if each.subject is not None:
            self.declared("subject", each.subject, (*here, "subject"))
        if each.tag is not None:
            self.tag(each.tag, (*here, "tag"))
        if each.number is not None and not is_pattern(each.number):
            self.say(
                (*here, "number"),
                f"'{each.number}' is not a pattern of course numbers",
                "Write two digits, a point and seven digits, X for any digit: 27.X992XXX.",
            )
        if each.sced is not None and not is_sced_pattern(each.sced):
            self.say(
                (*here, "sced"),
                f"'{each.sced}' is not a pattern of SCED codes",
                "Write five digits in quotes, X for any digit: '03051' or 10XXX.",
            )
        if each.not_ is not None:
            self.matcher(each.not_, (*here, "not"))
        for key, inner in (("any", each.any), ("all", each.all)):
            for index, one in enumerate(inner or ()):
                self.matcher(one, (*here, key, index))

    def have(self, each: HaveSyntax, here: Location, owner: str) -> None:
        """Check a ``have``; ``owner`` is how messages name what it belongs to."""
        self.matcher(each.match, (*here, "from"))
        if not each.credits and not each.courses:
            self.say(
                here,
                f"'have' of {owner} does not say how much",
                "Add credits or courses, or both.",
            )
        if each.same is not None:
            self.declared("family", each.same, (*here, "same"))
        self.among(each.among, here, owner, most=(each.credits or 0, each.courses or 0))

    def among(
        self,
        among: Iterable[AmongSyntax],
        here: Location,
        owner: str,
        *,
        most: tuple[int, int],
    ) -> None:
        """Check each ``among``; ``most`` are the credits and courses asked for in all, 0 if open"""
        for index, each in enumerate(among):
            place = (*here, "among", index)
            self.matcher(each.match, (*place, "from"))
            if not each.credits and not each.courses:
                self.say(
                    place,
                    f"'{each.id}' among {owner} does not say how much",
                    "Add credits or courses, or both.",
                )
            amounts = (each.credits or 0, each.courses or 0)
            if any(whole and part > whole for part, whole in zip(amounts, most, strict=True)):
                self.say(
                    place,
                    f"'{each.id}' asks for more than {owner}, of which it is a part",
                    "Correct one of the amounts.",
                )


def _of(below: RuleFile | None, name: str) -> dict[str, object]:
    """The words of the rules underneath; all versions of a file have the same."""
    if below is None:
        return {}
    if name == "sources":
        return {source.id: source for source in below.sources}
    return dict(getattr(below.versions[0], name))
