"""Records that may count, the credit that rules award for them, and what of ``have`` is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.awards import is_same_course
from pathloom.engine.rules.conditions import ONE, course_key
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import AnyCourse, Award, Have, Matcher, RuleSet
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    Linear = cp_model.LinearExpr | int
    Literal = cp_model.IntVar | bool


@dataclass(frozen=True, slots=True)
class Item:
    """A record that may count; ``present`` is a literal, or True for what has happened."""

    record: CourseRecord
    present: Literal = True
    in_total: bool = True

    @property
    def key(self) -> str:
        return self.record.id


def values_of(record: CourseRecord, family: str) -> frozenset[str]:
    """The values of a family of tags on a record: of ``pathway:welding`` it is ``welding``."""
    prefix = f"{family}:"
    return frozenset(tag.removeprefix(prefix) for tag in record.tags if tag.startswith(prefix))


# -- have


@dataclass(frozen=True, slots=True)
class Ask:
    """One amount that ``have`` asks for, in hundredths; a course is 100 of them."""

    id: str
    need: Credits
    match: Matcher
    courses: bool


def asks(have: Have, name: str) -> Iterator[Ask]:
    """Everything that ``have`` asks for; ``name`` is the id of its requirement or award."""
    every: Matcher = AnyCourse()
    wanted = [(name, have.credits, have.courses, every)]
    wanted += [(one.id, one.credits, one.courses, one.match) for one in have.among]
    for part, credits, courses, match in wanted:
        if credits:
            yield Ask(part, credits, match, courses=False)
        if courses:
            extra = f"{part}-courses" if credits else part
            yield Ask(extra, courses * ONE, match, courses=True)


def supply(
    model: cp_model.CpModel, have: Have, items: Iterable[Item], *, name: str
) -> Mapping[str, Mapping[str, Linear]]:
    """What is there of each amount asked for, per value of the family (one, empty, without)."""
    counts = predicate(have.match)
    matching = [item for item in items if counts(item.record)]
    return {
        value: {ask.id: _there(model, ask, those) for ask in asks(have, name)}
        for value, those in _by_value(have.same, matching).items()
    }


def _by_value(family: str, items: list[Item]) -> dict[str, list[Item]]:
    if not family:
        return {"": items}
    found: dict[str, list[Item]] = {}
    for item in items:
        for value in values_of(item.record, family):
            found.setdefault(value, []).append(item)
    return {value: found[value] for value in sorted(found)}


def _there(model: cp_model.CpModel, ask: Ask, items: list[Item]) -> Linear:
    fits = predicate(ask.match)
    those = [item for item in items if fits(item.record)]
    if not ask.courses:
        return sum(item.record.credits * item.present for item in those)
    by_course: dict[str, list[Item]] = {}
    for item in those:
        by_course.setdefault(course_key(item.record), []).append(item)
    return sum(ONE * _any_of(model, alike) for alike in by_course.values())


def _any_of(model: cp_model.CpModel, alike: list[Item]) -> Literal:
    """A literal that is true only where one of several records of a course is present."""
    if any(item.present is True for item in alike):
        return True
    if len(alike) == 1:
        return alike[0].present
    there = model.new_bool_var("")
    model.add(there <= sum(item.present for item in alike))
    return there


# -- awards


def with_awards(
    model: cp_model.CpModel, items: tuple[Item, ...], ruleset: RuleSet
) -> tuple[Item, ...]:
    """Add what the rules award, in file order: each award once, and not beside the course itself.

    An award may build on one before it. The state of a completion award is planned, because what
    completes it is still open; nothing that uses it asks for states.
    """
    found = items
    for award in ruleset.awards:
        extras = tuple(_granted(model, award, found))
        if len(extras) > 1:
            model.add_at_most_one(extra.present for extra in extras)
        for extra in extras:
            for other in found:
                if is_same_course(extra.record, other.record):
                    model.add(extra.present + other.present <= 1)
        found += extras
    return found


def _granted(model: cp_model.CpModel, award: Award, items: tuple[Item, ...]) -> Iterator[Item]:
    if award.have is not None:
        present = model.new_bool_var(f"{award.id} is completed")
        model.add(present <= _completed(model, award.have, items, name=award.id))
        extra = _course(award, f"+{award.id}", state=State.PLANNED)
        yield Item(extra, present, award.in_total)
        return
    if award.when is None:
        return
    earns = predicate(award.when)
    for item in items:
        if item.record.credits >= award.at_least and earns(item.record):
            extra = _course(award, f"{item.key}+{award.id}", state=item.record.state)
            present = model.new_bool_var(f"{extra.id} is awarded")
            model.add(present <= item.present)
            yield Item(extra, present, award.in_total)


def _completed(
    model: cp_model.CpModel, have: Have, items: tuple[Item, ...], *, name: str
) -> Linear:
    """1 only where all of ``have`` is there, of one value of its family."""
    ways = []
    for there in supply(model, have, items, name=name).values():
        done = model.new_bool_var("")
        for ask in asks(have, name):
            model.add(there[ask.id] >= ask.need * done)
        ways.append(done)
    return sum(ways)


def _course(award: Award, record_id: str, *, state: State) -> CourseRecord:
    return CourseRecord(
        id=record_id,
        credits=award.credits,
        state=state,
        title=award.title,
        number=award.number,
        subject=award.subject,
        tags=award.tags,
    )
