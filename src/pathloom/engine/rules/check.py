"""What a rule file means: checks that syntax alone cannot make, all mistakes at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from pathloom.engine.errors import Location, Problems, nearest
from pathloom.engine.page import Page
from pathloom.engine.rules.circles import check_awards
from pathloom.engine.rules.nodes import RuleFile
from pathloom.engine.rules.periods import Period, gaps
from pathloom.engine.rules.shapes import Shapes
from pathloom.engine.rules.syntax import RequirementSyntax, RuleFileSyntax, VersionSyntax
from pathloom.engine.rules.words import Words
from pathloom.engine.units import format_credits


def check_file(
    file: RuleFileSyntax, page: Page, problems: Problems, *, below: RuleFile | None = None
) -> None:
    """Add every mistake of meaning in a file whose syntax is right.

    ``below`` are the rules that an overlay extends; its words and ids may be used here.
    """
    checks = _Checks(file, Words(file, page, problems, below=below), below)
    checks.readers()
    checks.periods()
    seen: dict[str, int] = {}
    for index, version in enumerate(file.versions):
        here: Location = ("versions", index)
        checks.words.unique("version", version.id, (*here, "id"), seen)
        checks.version(version, here)


class _Checks:
    def __init__(self, file: RuleFileSyntax, words: Words, below: RuleFile | None) -> None:
        self.file = file
        self.words = words
        self.below = below

    def readers(self) -> None:
        if self.file.status == "draft":
            return
        if len({reader.name for reader in self.file.checked}) < 2:
            self.words.say(
                ("status",),
                f"status '{self.file.status}' needs two readers under 'checked'",
                "Name two people who read the primary text, or write status: draft.",
            )
        if not any(source.kind == "primary" for source in self.file.sources.values()):
            self.words.say(
                ("status",),
                f"status '{self.file.status}' needs a primary source",
                "Add the text of the rule as a source of kind primary, or write status: draft.",
            )

    def periods(self) -> None:
        """Versions cover cohorts and days without overlap and gap, in any order in the file."""
        periods = [(_period(version), index) for index, version in enumerate(self.file.versions)]
        for period, index in periods:
            if period.reversed:
                key = "entered_grade_9" if period.reversed == "cohorts" else "in_force"
                self.words.say(
                    ("versions", index, key),
                    f"{period.reversed} of version '{period.name}' end before they begin",
                    "Exchange from and to.",
                )
        if any(period.reversed for period, _ in periods):
            return
        periods.sort(key=lambda each: (each[0].first_cohort, each[0].first_day, each[1]))
        self.overlaps(periods)
        self.gaps(periods)

    def overlaps(self, periods: list[tuple[Period, int]]) -> None:
        for (first, _), (second, index) in combinations(periods, 2):
            shared = first.shared(second)
            if shared:
                self.words.say(
                    ("versions", index, "entered_grade_9"),
                    f"cohorts of version '{second.name}' overlap those of version "
                    f"'{first.name}'{shared.days()}",
                    "Let each cohort have one version on each day.",
                )

    def gaps(self, periods: list[tuple[Period, int]]) -> None:
        for gap in gaps([period for period, _ in periods]):
            before = next(
                period
                for period, _ in reversed(periods)
                if period.last_cohort < gap.first_cohort or period.last_day < gap.first_day
            )
            after, index = next(
                (period, index)
                for period, index in periods
                if period.first_cohort > gap.last_cohort or period.first_day > gap.last_day
            )
            self.words.say(
                ("versions", index, "entered_grade_9"),
                f"no version covers the cohorts {gap.cohorts()}{gap.days()}, "
                f"between '{before.name}' and '{after.name}'",
                "Extend one of them, or add a version.",
            )

    def version(self, version: VersionSyntax, here: Location) -> None:
        prefix = f"{self.file.jurisdiction}/{self.file.diploma}/"
        if not version.id.startswith(prefix) or version.id == prefix:
            self.words.say(
                (*here, "id"),
                f"version id '{version.id}' does not begin with '{prefix}'",
                f"Write it like {prefix}2026.",
            )
        ids = [each.id for each, _ in walk(version, here)]
        known = list(dict.fromkeys((*ids, *_ids_of(self.below))))
        self.overflow(version, here)
        if self.below is None:
            self.total(version, here)
            if version.tighten:
                self.words.say(
                    (*here, "tighten"),
                    f"version '{version.id}' tightens rules, and there are none underneath",
                    "Name them with 'extends', or write requirements.",
                )
        else:
            self.overlay(version, here)
        shapes = Shapes(self.words, known)
        seen: dict[str, int] = {}
        for each, location in walk(version, here):
            self.unique(each, location, seen)
            shapes.requirement(each, location)
        check_awards(version, here, self.words, seen)
        self.caps(version, here, known, seen)
        self.waivers(version, here, known)

    def unique(self, each: RequirementSyntax, here: Location, seen: dict[str, int]) -> None:
        """Every id of a version stands once; those in an audit stand beside each other there."""
        self.words.unique("requirement", each.id, (*here, "id"), seen)
        for index, other in enumerate(each.instead):
            self.words.unique("substitute", other.id, (*here, "instead", index, "id"), seen)
        steps: Location = ("have",) if each.have else ()
        if each.have is not None and each.have.credits and each.have.courses:
            self.words.unique("requirement", f"{each.id}-courses", (*here, "id"), seen)
        for index, among in enumerate(each.have.among if each.have else each.among):
            place = (*here, *steps, "among", index, "id")
            self.words.unique("among", among.id, place, seen)
            if among.credits and among.courses:
                self.words.unique("among", f"{among.id}-courses", place, seen)

    def total(self, version: VersionSyntax, here: Location) -> None:
        if version.total is None:
            self.words.say(here, f"'total' is missing in version '{version.id}'", "Add 'total'.")
            return
        if not version.requirements:
            self.words.say(
                here, f"version '{version.id}' requires nothing", "Write its requirements."
            )
        adds_up = sum(each.earn or 0 for each in version.requirements)
        if adds_up != version.total:
            self.words.say(
                (*here, "total"),
                f"the requirements of version '{version.id}' add up to {format_credits(adds_up)}, "
                f"total says {format_credits(version.total)}",
                "Correct total, or the earn of a requirement.",
            )

    def overflow(self, version: VersionSyntax, here: Location) -> None:
        top = [each.id for each in version.requirements if each.earn and not each.of]
        into = version.overflow_into
        if into is not None and into not in top:
            self.words.say(
                (*here, "overflow_into"),
                f"overflow_into names unknown requirement '{into}'",
                nearest(into, top),
            )
        if into is not None and version.split not in (None, "overflow"):
            self.words.say(
                (*here, "overflow_into"),
                f"overflow_into has no effect with split: {version.split}",
                "Delete it, or write split: overflow.",
            )

    def overlay(self, version: VersionSyntax, here: Location) -> None:
        """What only the rules underneath can say; the rest is known once they are composed."""
        if version.split is not None:
            self.words.say(
                (*here, "split"),
                "'split' is decided by the rules underneath",
                "Delete it; an overlay only adds and tightens.",
            )
        if version.awards and self.file.kind == "diploma":
            self.words.say(
                (*here, "awards"),
                f"version '{version.id}' adds credit that the rules underneath do not give",
                "Delete 'awards'; an overlay only adds and tightens.",
            )
        for index, each in enumerate(version.tighten):
            place = (*here, "tighten", index)
            self.words.declared("source", each.source, (*place, "source"))
            self.words.matcher(each.only, (*place, "only"))
            if each.earn is None and each.only is None and not each.include:
                self.words.say(
                    place,
                    f"'tighten' of requirement '{each.id}' asks for nothing more",
                    "Add earn, only or include.",
                )

    def caps(
        self, version: VersionSyntax, here: Location, ids: list[str], seen: dict[str, int]
    ) -> None:
        for index, cap in enumerate(version.caps):
            place = (*here, "caps", index)
            self.words.unique("cap", cap.id, (*place, "id"), seen)
            self.words.declared("source", cap.source, (*place, "source"))
            self.words.matcher(cap.match, (*place, "from"))
            if cap.within not in (None, "total", *ids):
                self.words.say(
                    (*place, "within"),
                    f"cap '{cap.id}' is within unknown requirement '{cap.within}'",
                    nearest(str(cap.within), ["total", *ids]),
                )

    def waivers(self, version: VersionSyntax, here: Location, ids: list[str]) -> None:
        if version.waivers is None:
            return
        place = (*here, "waivers")
        self.words.declared("source", version.waivers.source, (*place, "source"))
        for name in version.waivers.of:
            if name not in ids:
                self.words.say(
                    (*place, "of"),
                    f"waivers name unknown requirement '{name}'",
                    nearest(name, ids),
                )


def walk(
    version: VersionSyntax, here: Location
) -> Iterator[tuple[RequirementSyntax, tuple[int | str, ...]]]:
    """Yield every requirement of a version with its location, depth first, in file order."""

    def down(
        each: RequirementSyntax, location: Location
    ) -> Iterator[tuple[RequirementSyntax, tuple[int | str, ...]]]:
        yield each, location
        for key, parts in (("include", each.include), ("of", each.of)):
            for index, part in enumerate(parts):
                yield from down(part, (*location, key, index))

    for index, each in enumerate(version.requirements):
        yield from down(each, (*here, "requirements", index))
    for index, tighter in enumerate(version.tighten):
        for number, part in enumerate(tighter.include):
            yield from down(part, (*here, "tighten", index, "include", number))


def _period(version: VersionSyntax) -> Period:
    return Period.of(
        version.id,
        (version.entered_grade_9.from_, version.entered_grade_9.to),
        (_day(version.in_force.from_), _day(version.in_force.to)),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _ids_of(below: RuleFile | None) -> Iterator[str]:
    for version in below.versions if below else ():
        yield from (each.id for each in version.walk())
