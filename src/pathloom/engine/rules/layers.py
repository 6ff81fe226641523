"""Overlays: what a district, an endorsement or a scholarship asks on top of other rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from pathloom.engine.errors import Location, Problems, nearest
from pathloom.engine.page import Page
from pathloom.engine.rules.nodes import (
    AnyCourse,
    EachOf,
    Matcher,
    OnTrack,
    Requirement,
    RuleFile,
    RuleSet,
    Split,
)
from pathloom.engine.rules.periods import Period
from pathloom.engine.rules.syntax import RuleFileSyntax, TightenSyntax, VersionSyntax
from pathloom.engine.rules.values import Builder, matcher_of
from pathloom.engine.units import SchoolYear, format_credits

Point = TypeVar("Point", SchoolYear, date)

_Change = tuple[TightenSyntax, tuple[Requirement, ...]]

_STATUSES = ("draft", "checked", "confirmed")  # a file is no surer than what it stands on


def compose(
    file: RuleFile, below: RuleFile, *, syntax: RuleFileSyntax, page: Page, problems: Problems
) -> RuleFile:
    """Lay an overlay on the rules underneath; return a file of complete rule sets.

    Every version of the overlay is laid on every version underneath that holds for some of the
    same cohorts on some of the same days. Its id stays its own; where it meets several versions,
    the last part of theirs follows a ``+``. An overlay only adds and tightens: ``problems`` gets
    every place where it asks for less, with its line on ``page``.
    """
    layers = _Layers(file, below, syntax=syntax, page=page, problems=problems)
    layers.check()
    versions = [
        composed for index in range(len(file.versions)) for composed in layers.version(index)
    ]
    return replace(file, versions=tuple(versions), sources=layers.sources, status=layers.status)


class _Layers:
    def __init__(
        self,
        file: RuleFile,
        below: RuleFile,
        *,
        syntax: RuleFileSyntax,
        page: Page,
        problems: Problems,
    ) -> None:
        self.file = file
        self.below = below
        self.syntax = syntax
        self.page = page
        self.problems = problems
        own = {source.id for source in file.sources}
        self.sources = (
            *file.sources,
            *(source for source in below.sources if source.id not in own),
        )
        self.status = min(file.status, below.status, key=_STATUSES.index)

    def say(self, location: Location, what: str, fix: str) -> None:
        self.problems.add(self.page.place(location), what, fix)

    def check(self) -> None:
        """Compare what both files declare: the unit of credit, and sources of one name."""
        theirs = {source.id: source for source in self.below.sources}
        for source in self.file.sources:
            if theirs.get(source.id, source) != source:
                self.say(
                    ("sources", source.id),
                    f"source '{source.id}' is another one in the rules underneath",
                    "Give it an id of its own.",
                )
        units = self.below.versions[0].carnegie_units
        if self.file.versions[0].carnegie_units != units:
            self.say(
                ("credit",),
                f"a unit of credit of '{self.below.id}' is {format_credits(units)} Carnegie units",
                "Write the same carnegie_units; its name may differ.",
            )

    def version(self, index: int) -> list[RuleSet]:
        own, here = self.file.versions[index], ("versions", index)
        period = period_of(own)
        met = [
            (other, shared)
            for other in self.below.versions
            if (shared := period.shared(period_of(other))) is not None
        ]
        if not met:
            self.say(
                (*here, "entered_grade_9"),
                f"version '{own.id}' holds for no cohort and day of '{self.below.id}'",
                "Correct its cohorts or days.",
            )
        found = []
        for other, _ in met:
            name = f"{own.id}+{other.id.rpartition('/')[2]}" if len(met) > 1 else own.id
            found.append(replace(self.laid(own, other, index), id=name))
        return found

    def laid(self, own: RuleSet, other: RuleSet, index: int) -> RuleSet:
        """One version of the overlay on one version underneath."""
        here: Location = ("versions", index)
        syntax = self.syntax.versions[index]
        self.ids(own, other, here)
        requirements = self.tightened(other, syntax, here)
        added = sum(each.earn for each in own.requirements)
        raised = sum(each.earn for each in requirements) - sum(
            each.earn for each in other.requirements
        )
        total = other.total + added + raised if syntax.total is None else syntax.total
        self.total(total, other, here, needed=other.total + added + raised)
        self.waivers(own, other, here)
        self.overflow(own, other, here)
        return replace(
            own,
            status=self.status,
            total=total,
            requirements=(*requirements, *own.requirements),
            sources=self.sources,
            entered_from=_later(own.entered_from, other.entered_from),
            entered_to=_earlier(own.entered_to, other.entered_to),
            in_force_from=_later(own.in_force_from, other.in_force_from),
            in_force_to=_earlier(own.in_force_to, other.in_force_to),
            awards=(*other.awards, *own.awards),
            caps=(*other.caps, *own.caps),
            waivers=own.waivers or other.waivers,
            split=other.split,
            overflow_into=other.overflow_into or own.overflow_into,
            extends=other.id,
            layers=(*other.layers, own.jurisdiction),
            subjects=_merged(other.subjects, own.subjects),
            tags=_merged(other.tags, own.tags),
            families=_merged(other.families, own.families),
            evidence=_merged(other.evidence, own.evidence),
            tracks=_merged(other.tracks, own.tracks),
        )

    def ids(self, own: RuleSet, other: RuleSet, here: Location) -> None:
        """What an overlay adds has ids of its own."""
        taken = {each.id for each in other.walk()} | {each.id for each in other.awards}
        taken |= {each.id for each in other.caps}
        added = [*(each.id for each in own.walk()), *(each.id for each in own.awards)]
        added += [each.id for each in own.caps]
        for name in sorted(set(added) & taken):
            self.say(
                here,
                f"'{name}' is an id of '{other.id}', underneath",
                "Choose another id; to ask for more of a requirement write it under 'tighten'.",
            )

    def tightened(
        self, other: RuleSet, syntax: VersionSyntax, here: Location
    ) -> tuple[Requirement, ...]:
        known = {each.id: each for each in other.walk()}
        alternatives = {each.id for choice in other.walk() for each in choice.of}
        changes: dict[str, _Change] = {}
        for index, change in enumerate(syntax.tighten):
            place = (*here, "tighten", index)
            below = known.get(change.id)
            if below is None:
                self.say(
                    (*place, "id"),
                    f"'{other.id}' has no requirement '{change.id}' to tighten",
                    nearest(change.id, known),
                )
            elif change.id in changes:
                self.say((*place, "id"), f"'{change.id}' is tightened twice", "Write it once.")
            elif change.id in alternatives and change.earn is not None:
                self.say(
                    (*place, "earn"),
                    f"'{change.id}' is one of several alternatives underneath",
                    "Delete earn: alternatives earn the same.",
                )
            elif self.is_tighter(change, below, place):
                changes[change.id] = (change, self.parts(change, place))
        found = tuple(_changed(each, changes) for each in other.requirements)
        for each in (each for top in found for each in top.walk()):
            if each.open_part < 0:
                self.say(
                    (*here, "tighten"),
                    f"the parts of requirement '{each.id}' add up to "
                    f"{format_credits(each.earn - each.open_part)}, it earns "
                    f"{format_credits(each.earn)}",
                    f"Raise the earn of '{each.id}' as well.",
                )
        return found

    def is_tighter(self, change: TightenSyntax, below: Requirement, place: Location) -> bool:
        if below.of or below.condition is not None:
            self.say(
                place,
                f"requirement '{change.id}' underneath has no courses of its own to ask more of",
                "Tighten one of its parts, or add a requirement.",
            )
            return False
        if change.earn is not None and change.earn < below.earn:
            self.say(
                (*place, "earn"),
                f"requirement '{change.id}' earns {format_credits(below.earn)} underneath; "
                f"{format_credits(change.earn)} is less",
                "An overlay may only ask for more.",
            )
            return False
        return True

    def parts(self, change: TightenSyntax, place: Location) -> tuple[Requirement, ...]:
        builder = Builder(self.syntax, self.page)
        return tuple(
            builder.requirement(part, (*place, "include", index))
            for index, part in enumerate(change.include)
        )

    def total(self, total: int, other: RuleSet, here: Location, *, needed: int) -> None:
        place = (*here, "total")
        if total < other.total:
            self.say(
                place,
                f"'{other.id}' asks for {format_credits(other.total)} in all; "
                f"{format_credits(total)} is less",
                "An overlay may only ask for more.",
            )
        elif total < needed:
            self.say(
                place,
                f"the requirements add up to {format_credits(needed)} with those of "
                f"'{other.id}', total says {format_credits(total)}",
                "Correct total, or leave it out.",
            )

    def waivers(self, own: RuleSet, other: RuleSet, here: Location) -> None:
        if own.waivers is None or other.waivers is None:
            return
        more = set(own.waivers.of) - set(other.waivers.of)
        if more or own.waivers.at_most > other.waivers.at_most:
            self.say(
                (*here, "waivers"),
                f"'{other.id}' lets staff excuse less",
                "An overlay may only let them excuse less.",
            )

    def overflow(self, own: RuleSet, other: RuleSet, here: Location) -> None:
        names_own = own.overflow_into in {each.id for each in own.requirements}
        if names_own and (other.overflow_into or other.split != Split.OVERFLOW):
            self.say(
                (*here, "overflow_into"),
                f"'{other.id}' decides what happens to credit that is not needed",
                "Delete it; an overlay only adds and tightens.",
            )


def period_of(version: RuleSet) -> Period:
    """The cohorts and days for which a version holds."""
    return Period.of(
        version.id,
        (version.entered_from, version.entered_to),
        (version.in_force_from, version.in_force_to),
    )


def _later(one: Point | None, other: Point | None) -> Point | None:
    """The later of two beginnings; None is open."""
    return max(one, other) if one and other else one or other


def _earlier(one: Point | None, other: Point | None) -> Point | None:
    """The earlier of two ends; None is open."""
    return min(one, other) if one and other else one or other


def _changed(each: Requirement, changes: Mapping[str, _Change]) -> Requirement:
    inner = tuple(_changed(part, changes) for part in each.include)
    others = tuple(_changed(other, changes) for other in each.of)
    same = all(new is old for new, old in zip((*inner, *others), each.parts, strict=True))
    each = each if same else replace(each, include=inner, of=others)
    change = changes.get(each.id)
    return _tighter(each, *change) if change else each


def _tighter(
    each: Requirement, change: TightenSyntax, parts: tuple[Requirement, ...]
) -> Requirement:
    only = matcher_of(change.only) if change.only is not None else AnyCourse()
    return replace(
        each,
        earn=each.earn if change.earn is None else change.earn,
        match=_both(each.match, only),
        on_track=tuple(
            OnTrack(other.track, other.title, _both(other.match, only), other.source)
            for other in each.on_track
        ),
        include=(*each.include, *parts),
        source=change.source,
    )


def _both(one: Matcher, other: Matcher) -> Matcher:
    if isinstance(other, AnyCourse):
        return one
    return other if isinstance(one, AnyCourse) else EachOf((one, other))


def _merged(
    below: tuple[tuple[str, str], ...], own: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Own words first, then those underneath that are not said anew."""
    return tuple({**dict(own), **{k: v for k, v in below if k not in dict(own)}}.items())
