"""Which decisions of staff about a student are in effect, and what they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from pathloom.engine.record import (
    CourseRecord,
    ExceptionKind,
    StaffException,
    StudentRecord,
)
from pathloom.engine.rules.conditions import COUNTABLE
from pathloom.engine.rules.nodes import Requirement, RuleSet
from pathloom.engine.units import Credits, format_credits


@dataclass(frozen=True, slots=True)
class Decided:
    """A staff exception and whether it is in effect; ``note`` says why not, or what it does.

    The note is a clause: no capital in front, no period at the end.
    """

    exception: StaffException
    in_effect: bool
    note: str


@dataclass(slots=True)
class Decisions:
    """What exceptions change: see ``Prepared``; ``decided`` in order of their days."""

    decided: list[Decided] = field(default_factory=list)
    admitted: dict[str, frozenset[str]] = field(default_factory=dict)
    excused: dict[str, Credits] = field(default_factory=dict)
    lowered: Credits = 0


def left_out(each: StaffException) -> Iterator[tuple[str, str]]:
    """Yield what a decision fails to say, and what to do about it."""
    if not each.by.strip():
        yield "nobody is named who decided this", "Add 'by'."
    if not each.why.strip():
        yield "no reason is given", "Add 'why'."
    if not each.requirement and each.kind is not ExceptionKind.CREDIT_OVERRIDE:
        yield "no requirement is named", "Add 'requirement', the id of a requirement."
    if not each.record and each.kind is not ExceptionKind.EXCUSE:
        yield "no course is named", "Add 'record', the id of a course record."
    if each.until is not None and each.until < each.on:
        yield f"it ends on {each.until}, before it starts", "Correct 'on' or 'until'."


def in_order(exceptions: Iterable[StaffException]) -> list[StaffException]:
    """Older decisions first, so that the order of input decides nothing."""
    return sorted(exceptions, key=lambda each: (each.on, each.id))


def out_of_time(each: StaffException, as_of: date) -> str:
    """Say why an exception is not in effect on a day; empty where it is."""
    if as_of < each.on:
        return f"it starts on {each.on}"
    if each.until is not None and as_of > each.until:
        return f"it ended on {each.until}"
    return ""


def overridden(record: StudentRecord, as_of: date) -> tuple[dict[str, Credits], list[Decided]]:
    """Return the credit that staff set, by record id, and the decisions about it.

    The last decision about a record holds.
    """
    found: dict[str, Credits] = {}
    decided: list[Decided] = []
    had = {each.id: each for each in record.courses}
    for each in reversed(in_order(record.exceptions)):
        if each.kind is not ExceptionKind.CREDIT_OVERRIDE:
            continue
        reason = out_of_time(each, as_of)
        if not reason and each.record not in had:
            reason = f"there is no course record '{each.record}'"
        if not reason and each.record in found:
            reason = "a later decision sets the credit of this course"
        if not reason:
            found[each.record] = each.credits
            before = format_credits(had[each.record].credits)
            note = f"{_name(had[each.record])} has {format_credits(each.credits)} credit, "
            decided.append(Decided(each, True, f"{note}not {before}"))
        else:
            decided.append(Decided(each, False, reason))
    return found, decided[::-1]


def decide(
    record: StudentRecord,
    ruleset: RuleSet,
    *,
    records: Iterable[CourseRecord],
    exempt: frozenset[str],
    as_of: date,
) -> Decisions:
    """Decide every exception but credit overrides, older ones first.

    Args:
        record: the student, with the exceptions.
        ruleset: the rules, in the reading of the student's tracks.
        records: every record that can count, awarded ones included.
        exempt: ids of requirements that the student need not fulfil.
        as_of: the day for which the answer is given.
    """
    if not record.exceptions:
        return Decisions()
    decider = _Decider(ruleset, {each.id: each for each in records}, exempt)
    failed = {each.id: each for each in record.courses if each.state not in COUNTABLE}
    for each in in_order(record.exceptions):
        if each.kind is ExceptionKind.CREDIT_OVERRIDE:
            continue
        reason = out_of_time(each, as_of)
        note = ""
        if not reason:
            try:
                if each.kind is ExceptionKind.EXCUSE:
                    note = decider.excuse(each)
                else:
                    note = decider.substitute(each, failed)
            except _RefusedError as refused:
                reason = str(refused)
        decider.found.decided.append(Decided(each, not reason, reason or note))
    return decider.found


class _RefusedError(Exception):
    """Why one exception changes nothing."""


class _Decider:
    def __init__(
        self, ruleset: RuleSet, records: dict[str, CourseRecord], exempt: frozenset[str]
    ) -> None:
        self.ruleset = ruleset
        self.records = records
        self.exempt = exempt
        self.found = Decisions()
        self.waived: Credits = 0
        self.nodes: dict[str, Requirement] = {}
        self.paths: dict[str, tuple[str, ...]] = {}
        for requirement in ruleset.requirements:
            self.index(requirement, ())
        for node in tuple(self.nodes.values()):
            for former in node.was:
                self.nodes.setdefault(former, node)

    def index(self, node: Requirement, above: tuple[str, ...]) -> None:
        self.nodes[node.id] = node
        self.paths[node.id] = (*above, node.id)
        for part in node.parts:
            self.index(part, self.paths[node.id])

    def node(self, each: StaffException) -> Requirement:
        node = self.nodes.get(each.requirement)
        if node is None:
            near = get_close_matches(each.requirement, self.nodes, n=1)
            hint = f"; '{near[0]}' is the nearest name" if near else ""
            raise _RefusedError(f"these rules have no requirement '{each.requirement}'{hint}")
        if node.id in self.exempt:
            raise _RefusedError(f"the student is exempt from {node.title} anyway")
        return node

    # -- a course in another place

    def substitute(self, each: StaffException, failed: dict[str, CourseRecord]) -> str:
        node = self.node(each)
        if not node.earn:
            raise _RefusedError(f"no course counts toward {node.title}")
        if each.record in failed:
            name, state = _name(failed[each.record]), failed[each.record].state
            raise _RefusedError(f"{name} is {state}, so it cannot count")
        if each.record not in self.records:
            raise _RefusedError(f"there is no course record '{each.record}'")
        for place in (node,) if node.open_part > 0 else places(node):
            before = self.found.admitted.get(place.id, frozenset())
            self.found.admitted[place.id] = before | {each.record}
        return f"{_name(self.records[each.record])} may count toward {node.title}"

    # -- what need not be fulfilled

    def excuse(self, each: StaffException) -> str:
        node = self.node(each)
        self.check_waivers(node)
        whole = not each.credits
        amounts = self.amounts(node, each.credits)
        credit = self.still_asked(node) if whole and node.earn else each.credits
        self.check_most(credit)
        self.waived += credit
        for name, amount in amounts.items():
            self.found.excused[name] = self.found.excused.get(name, 0) + amount
        if each.lowers_total:
            self.found.lowered += credit
        return self.said(node, credit, whole=whole, lowers=each.lowers_total and credit > 0)

    def amounts(self, node: Requirement, credit: Credits) -> dict[str, Credits]:
        """What is excused of each place; a condition, or a choice without credit, whole."""
        excused = self.found.excused
        if not node.earn:
            if credit:
                raise _RefusedError(f"{node.title} can only be excused whole, without an amount")
            if node.id in excused:
                raise _RefusedError(f"{node.title} is excused already")
            return {node.id: 1}
        if not credit:
            left = {one.id: one.open_part - excused.get(one.id, 0) for one in places(node)}
            if not any(left.values()):
                raise _RefusedError(f"{node.title} is excused already")
            return {name: amount for name, amount in left.items() if amount}
        room = node.open_part - excused.get(node.id, 0)
        if credit > room:
            left_open = f"{format_credits(room)} credit of {node.title}"
            named = " Name one of its parts instead" if node.parts else ""
            raise _RefusedError(f"only {left_open} can be excused here.{named}".rstrip("."))
        return {node.id: credit}

    def still_asked(self, node: Requirement) -> Credits:
        """What a requirement needs after all that is excused of it already."""
        if node.of:
            needs = sorted((self.still_asked(one) for one in node.of), reverse=True)
            return sum(needs[-node.choose :])
        own = node.open_part - self.found.excused.get(node.id, 0)
        return own + sum(self.still_asked(part) for part in node.include)

    def check_waivers(self, node: Requirement) -> None:
        waivers = self.ruleset.waivers
        if waivers is not None and not set(self.paths[node.id]) & set(waivers.of):
            raise _RefusedError(f"the rules do not let staff excuse {node.title}")

    def check_most(self, credit: Credits) -> None:
        waivers = self.ruleset.waivers
        if waivers is not None and self.waived + credit > waivers.at_most:
            most = format_credits(waivers.at_most)
            raise _RefusedError(f"the rules let staff excuse at most {most} credit in all")

    def said(self, node: Requirement, credit: Credits, *, whole: bool, lowers: bool) -> str:
        what = node.title if whole else f"{format_credits(credit)} credit of {node.title}"
        total = ", and the total falls by as much" if lowers else ""
        return f"{what} need not be fulfilled{total}"


def places(node: Requirement) -> tuple[Requirement, ...]:
    """Where courses count in a requirement: its own open part, or else those of its parts."""
    return tuple(each for each in node.walk() if each.open_part > 0)


def _name(record: CourseRecord) -> str:
    return record.title or record.course or record.id
