"""What a rule set sees in a course, and how many courses like it the rules could need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.matchers import Predicate, predicate
from pathloom.engine.rules.nodes import Among, Have, Matcher, Requirement, RuleSet
from pathloom.engine.rules.slots import layout
from pathloom.engine.units import Credits


class Ask(NamedTuple):
    """So much credit, and so many courses, of those that match."""

    test: Predicate
    credits: Credits
    courses: int = 0


class Needs:
    """The needs of one rule set, for one student and the courses still open.

    Each slot, each substitute and each condition takes no more than it needs. Beyond that a course
    can only serve the total, as far as it asks for more than the places, or places stay empty, or
    what fills them adds nothing to it.
    """

    def __init__(self, prepared: Prepared, within_reach: Iterable[CourseRecord]) -> None:
        ruleset = prepared.ruleset
        self.layout = layout(ruleset)
        self.awards = [award.when and predicate(award.when) for award in ruleset.awards]
        self.besides = [predicate(match) for match in _besides(ruleset)]
        families = [f"{node.same}:" for node in ruleset.walk() if node.same]
        families += [f"{have.same}:" for have in _haves(ruleset) if have.same]
        self.families = tuple(families)
        self.asks = [*_in_places(ruleset), *_in_conditions(ruleset)]
        self.seconds = [*_seconds(ruleset)]
        self.rest = [*_beside_places(prepared, [*prepared.records, *within_reach])]

    def sees(self, record: CourseRecord) -> tuple[object, ...]:
        """All that the rules see in a course."""
        awarded = tuple(test and test(record) for test in self.awards)
        limited = tuple(test(record) for test in self.besides)
        values = frozenset(tag for tag in record.tags if tag.startswith(self.families))
        return (*self.layout.masks(record), awarded, limited, values)

    def most(self, record: CourseRecord) -> int:
        """How many courses like this one could be needed, each of its own credit."""
        size = record.credits
        amounts = [*self.rest]
        for ask in self.asks:
            if ask.test(record):
                amounts += (ask.credits, ask.courses * size)
        # What counts twice leaves room in the total, but none where these courses count anyway.
        amounts += [amount for test, amount in self.seconds if not test(record)]
        return sum(-(-amount // size) for amount in amounts) if size else 0


def _haves(ruleset: RuleSet) -> Iterator[Have]:
    yield from (award.have for award in ruleset.awards if award.have)
    yield from (one.condition for one in ruleset.walk() if isinstance(one.condition, Have))


def _besides(ruleset: RuleSet) -> Iterator[Matcher]:
    """What rules ask of courses beside the places in which they count."""
    for have in _haves(ruleset):
        yield have.match
        yield from (among.match for among in have.among)
    yield from (among.match for one in ruleset.walk() for among in one.among)
    yield from (cap.match for cap in ruleset.caps)


def _ask(one: Have | Among) -> Ask:
    return Ask(predicate(one.match), one.credits, one.courses)


def _in_places(ruleset: RuleSet) -> Iterator[Ask]:
    for one in ruleset.walk():
        yield Ask(predicate(one.match), one.open_part)
        yield from (Ask(predicate(each.match), each.earn) for each in one.instead)
        yield from (_ask(each) for each in one.among)


def _in_conditions(ruleset: RuleSet) -> Iterator[Ask]:
    for have in _haves(ruleset):
        yield _ask(have)
        for among in have.among:
            both = _both(predicate(have.match), predicate(among.match))
            yield Ask(both, among.credits, among.courses)


def _both(first: Predicate, second: Predicate) -> Predicate:
    return lambda record: first(record) and second(record)


def _seconds(ruleset: RuleSet) -> Iterator[tuple[Predicate, Credits]]:
    """What of each requirement may be filled by what counts elsewhere, and who else could."""
    by_id = {one.id: one for one in ruleset.walk()}
    for one in by_id.values():
        for other in (by_id[name] for name in one.also_counts if name in by_id):
            yield _only_place(other), min(one.earn, other.earn)


def _only_place(one: Requirement) -> Predicate:
    """Whether a course counts in all of a requirement: never where it has parts."""
    return (lambda record: False) if one.parts else predicate(one.match)


def _beside_places(prepared: Prepared, records: list[CourseRecord]) -> Iterator[Credits]:
    """What of the total courses in all places could leave open, whatever they are."""
    ruleset = prepared.ruleset
    places = sum(one.earn for one in ruleset.requirements if one.id not in prepared.exempt)
    yield max(0, ruleset.total - prepared.lowered - places)
    yield from prepared.excused.values()
    for one in ruleset.walk():
        yield from (max(0, one.earn - each.earn) for each in one.instead)
    for award in ruleset.awards:
        tests = [
            predicate(match) for match in (award.when, award.have and award.have.match) if match
        ]
        reached = any(test(record) for test in tests for record in records)
        if reached and not award.in_total:
            yield award.credits
    if ruleset.caps:  # could hold back anything
        yield ruleset.total
