"""What a rule file means: checks that syntax alone cannot make, all mistakes at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from pathloom.engine.errors import Location, Problems, nearest
from pathloom.engine.page import Page, Plain
from pathloom.engine.rules.matchers import is_pattern, normal_number
from pathloom.engine.rules.syntax import (
    CohortSyntax,
    MatcherSyntax,
    RequirementSyntax,
    RuleFileSyntax,
    VersionSyntax,
)
from pathloom.engine.units import Credits, SchoolYear, format_credits

_RESERVED = frozenset({"status", "total"})
_LAST_YEAR = SchoolYear(9998)
_FIRST_YEAR = SchoolYear(0)


def check_file(file: RuleFileSyntax, page: Page, problems: Problems) -> None:
    """Add every mistake of meaning in a file whose syntax is right."""
    checks = _Checks(file, page, problems)
    checks.readers()
    checks.cohorts()
    seen: dict[str, int] = {}
    for index, version in enumerate(file.versions):
        here: Location = ("versions", index)
        checks.unique("version", version.id, (*here, "id"), seen)
        checks.version(version, here)


class _Checks:
    def __init__(self, file: RuleFileSyntax, page: Page, problems: Problems) -> None:
        self.file = file
        self.page = page
        self.problems = problems

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

    def readers(self) -> None:
        if self.file.status == "draft":
            return
        if len({reader.name for reader in self.file.checked}) < 2:
            self.say(
                ("status",),
                f"status '{self.file.status}' needs two readers under 'checked'",
                "Name two people who read the primary text, or write status: draft.",
            )
        if not any(source.kind == "primary" for source in self.file.sources.values()):
            self.say(
                ("status",),
                f"status '{self.file.status}' needs a primary source",
                "Add the text of the rule as a source of kind primary, or write status: draft.",
            )

    def cohorts(self) -> None:
        """Versions follow each other without overlap and without gap, in any order in the file."""
        ranges = sorted(
            (*_range(version.entered_grade_9), index, version.id)
            for index, version in enumerate(self.file.versions)
        )
        for start, end, index, name in ranges:
            if start > end:
                self.say(
                    ("versions", index, "entered_grade_9"),
                    f"cohorts of version '{name}' end before they begin",
                    "Exchange from and to.",
                )
        for (_, end, _, name), (start, _, index, next_name) in pairwise(ranges):
            here: Location = ("versions", index, "entered_grade_9")
            if start <= end:
                self.say(
                    here,
                    f"cohorts of version '{next_name}' overlap those of version '{name}'",
                    "Let each cohort have one version.",
                )
            elif start > end.plus(1):
                first, last = end.plus(1), start.plus(-1)
                gap = f"{first}" if first == last else f"{first} to {last}"
                self.say(
                    here,
                    f"no version covers the cohorts {gap}, between '{name}' and '{next_name}'",
                    "Extend one of them, or add a version.",
                )

    def version(self, version: VersionSyntax, here: Location) -> None:
        prefix = f"{self.file.jurisdiction}/{self.file.diploma}/"
        if not version.id.startswith(prefix) or version.id == prefix:
            self.say(
                (*here, "id"),
                f"version id '{version.id}' does not begin with '{prefix}'",
                f"Write it like {prefix}2026.",
            )
        ids = [each.id for each, _ in walk(version, here)]
        self.total(version, here)
        self.overflow(version, here)
        seen: dict[str, int] = {}
        for each, location in walk(version, here):
            self.unique("requirement", each.id, (*location, "id"), seen)
            self.requirement(each, location, ids)
            for index, other in enumerate(each.instead):
                place = (*location, "instead", index)
                self.unique("substitute", other.id, (*place, "id"), seen)
                self.source(other.source, (*place, "source"))
                self.matcher(other.match, (*place, "from"))
        self.awards(version, here, seen)

    def awards(self, version: VersionSyntax, here: Location, seen: dict[str, int]) -> None:
        for index, award in enumerate(version.awards):
            place = (*here, "awards", index)
            self.unique("award", award.id, (*place, "id"), seen)
            self.source(award.source, (*place, "source"))
            self.matcher(award.when, (*place, "when"))
            self.word("subject", award.grant.subject, (*place, "grant", "subject"))
            for tag in award.grant.tags:
                self.word("tag", tag, (*place, "grant", "tags"))
            self.number(award.grant.number, (*place, "grant", "number"))

    def total(self, version: VersionSyntax, here: Location) -> None:
        adds_up = sum(each.earn or 0 for each in version.requirements)
        if adds_up != version.total:
            self.say(
                (*here, "total"),
                f"the requirements of version '{version.id}' add up to {format_credits(adds_up)}, "
                f"total says {format_credits(version.total)}",
                "Correct total, or the earn of a requirement.",
            )

    def overflow(self, version: VersionSyntax, here: Location) -> None:
        top = [each.id for each in version.requirements]
        into = version.overflow_into
        if into is not None and into not in top:
            self.say(
                (*here, "overflow_into"),
                f"overflow_into names unknown requirement '{into}'",
                nearest(into, top),
            )
        if into is not None and version.split not in (None, "overflow"):
            self.say(
                (*here, "overflow_into"),
                f"overflow_into has no effect with split: {version.split}",
                "Delete it, or write split: overflow.",
            )

    def requirement(self, each: RequirementSyntax, here: Location, ids: list[str]) -> None:
        self.source(each.source, (*here, "source"))
        self.matcher(each.match, (*here, "from"))
        parts, earn = sum(part.earn or 0 for part in each.include), each.earn or 0
        if parts > earn:
            self.say(
                (*here, "include"),
                f"the parts of requirement '{each.id}' add up to {_amounts(parts, earn)}",
                "Parts are part of 'earn', never on top of it: correct one of them.",
            )
        if each.earn == 0:
            self.say(
                (*here, "earn"),
                f"requirement '{each.id}' needs no credit",
                "Write how much it needs, or delete it.",
            )
        if each.id in _RESERVED:
            self.say(
                (*here, "id"),
                f"'{each.id}' cannot be the id of a requirement",
                "It names the whole in audits and cases: choose another id.",
            )
        for old in sorted(set(each.was) & set(ids)):
            self.say(
                (*here, "was"),
                f"'{old}' is the id of a requirement of today",
                "Ids are never used again: give the new requirement another id.",
            )
        self.also_counts(each, here, ids)

    def also_counts(self, each: RequirementSyntax, here: Location, ids: list[str]) -> None:
        for other in each.also_counts:
            if other not in ids:
                self.say(
                    (*here, "also_counts"),
                    f"also_counts of requirement '{each.id}' names unknown requirement '{other}'",
                    nearest(other, ids),
                )
            elif other in self.around(here):
                whole = "itself" if other == each.id else f"'{other}', of which it is a part"
                self.say(
                    (*here, "also_counts"),
                    f"also_counts of requirement '{each.id}' names {whole}",
                    "Name the other requirement in which a course counts a second time.",
                )

    def around(self, here: Location) -> set[Plain]:
        """The ids of a requirement and of those that it is a part of."""
        things = (self.page.at(here[:end]) for end in range(len(here), 3, -2))
        return {thing.get("id") for thing in things if isinstance(thing, dict)}

    def source(self, name: str, location: Location) -> None:
        if name not in self.file.sources:
            self.unknown("source", name, location, self.file.sources)

    def word(self, kind: str, name: str, location: Location) -> None:
        words: Iterable[str] = self.file.subjects if kind == "subject" else self.file.tags
        if name not in words:
            self.unknown(kind, name, location, words)

    def unknown(self, kind: str, name: str, location: Location, words: Iterable[str]) -> None:
        fix = nearest(name, words)
        if not fix.startswith("Did"):
            fix = f"Declare it under '{kind}s', or use a declared one."
        self.say(location, f"unknown {kind} '{name}'", fix)

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
            self.word("subject", each.subject, (*here, "subject"))
        if each.tag is not None:
            self.word("tag", each.tag, (*here, "tag"))
        if each.number is not None and not is_pattern(each.number):
            self.say(
                (*here, "number"),
                f"'{each.number}' is not a pattern of course numbers",
                "Write two digits, a point and seven digits, X for any digit: 27.X992XXX.",
            )
        if each.not_ is not None:
            self.matcher(each.not_, (*here, "not"))
        for key, inner in (("any", each.any), ("all", each.all)):
            for index, one in enumerate(inner or ()):
                self.matcher(one, (*here, key, index))


def walk(
    version: VersionSyntax, here: Location
) -> Iterator[tuple[RequirementSyntax, tuple[int | str, ...]]]:
    """Yield every requirement of a version with its location, depth first, in file order."""

    def down(
        each: RequirementSyntax, location: Location
    ) -> Iterator[tuple[RequirementSyntax, tuple[int | str, ...]]]:
        yield each, location
        for index, part in enumerate(each.include):
            yield from down(part, (*location, "include", index))

    for index, each in enumerate(version.requirements):
        yield from down(each, (*here, "requirements", index))


def _range(cohort: CohortSyntax) -> tuple[SchoolYear, SchoolYear]:
    return cohort.from_ or _FIRST_YEAR, cohort.to or _LAST_YEAR


def _amounts(parts: Credits, whole: Credits) -> str:
    return f"{format_credits(parts)}, it earns {format_credits(whole)}"
