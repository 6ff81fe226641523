"""Checks a certificate against the rules and adds it up, independently of how it was found.

Uses neither the solver, nor the encoding, nor the allocation: it reads the rule set as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from pathloom.engine.audit.result import Counted, Status
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import Requirement, RuleSet, Split, Substitute
from pathloom.engine.units import Credits, format_credits


class CertificateError(Exception):
    """A certificate breaks the rules: a defect of the program, never of an input."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """What counts toward one requirement, by state; the four parts add up to ``need``."""

    need: Credits
    earned: Credits
    in_progress: Credits
    planned: Credits

    @property
    def short(self) -> Credits:
        return self.need - self.earned - self.in_progress - self.planned

    @property
    def status(self) -> Status:
        if self.earned == self.need:
            return Status.MET
        if self.earned + self.in_progress == self.need:
            return Status.IN_PROGRESS
        return Status.SHORT if self.short else Status.PLANNED


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Amounts per requirement id (parts included), of the total, and the status of the whole."""

    requirements: Mapping[str, Amounts]
    total: Amounts
    status: Status


_GRADES = (Status.MET, Status.IN_PROGRESS, Status.PLANNED, Status.SHORT)


def evaluate(
    records: Iterable[CourseRecord], ruleset: RuleSet, certificate: Iterable[Counted]
) -> Evaluation:
    """Recompute every amount and status from a certificate.

    Args:
        records: every countable record, awarded ones included (``rules.facts.countable``).
        ruleset: the rules as written.
        certificate: which record counts toward which requirement.
    Raises:
        CertificateError: the certificate breaks a rule; the message names record and requirement.
    """
    case = _Case(records, ruleset, certificate)
    case.check()
    amounts: dict[str, Amounts] = {}
    for requirement in ruleset.requirements:
        case.add_up(requirement, amounts)
    total = case.total()
    every = [total, *(amounts[requirement.id] for requirement in ruleset.requirements)]
    status = max((each.status for each in every), key=_GRADES.index)
    return Evaluation(amounts, total, status)


class _Case:
    def __init__(
        self, records: Iterable[CourseRecord], ruleset: RuleSet, certificate: Iterable[Counted]
    ) -> None:
        self.records = {record.id: record for record in records}
        self.ruleset = ruleset
        self.certificate = tuple(certificate)
        self.nodes: dict[str, Requirement] = {}
        self.paths: dict[str, tuple[str, ...]] = {}
        for requirement in ruleset.requirements:
            self._index(requirement, ())
        self.by_record: dict[str, list[Counted]] = {}
        self.by_place: dict[str, list[Counted]] = {}
        for entry in self.certificate:
            self.by_record.setdefault(entry.record, []).append(entry)
            self.by_place.setdefault(entry.requirement, []).append(entry)

    def _index(self, node: Requirement, above: tuple[str, ...]) -> None:
        self.nodes[node.id] = node
        self.paths[node.id] = (*above, node.id)
        for part in node.include:
            self._index(part, self.paths[node.id])

    # -- is it allowed?

    def check(self) -> None:
        for entry in self.certificate:
            self.check_entry(entry)
        for record_id, entries in self.by_record.items():
            self.check_record(self.records[record_id], entries)
        for requirement_id, entries in self.by_place.items():
            self.check_place(self.nodes[requirement_id], entries)

    def check_entry(self, entry: Counted) -> None:
        record = self.records.get(entry.record)
        node = self.nodes.get(entry.requirement)
        if record is None:
            raise _refused(entry, "no such record can count")
        if node is None:
            raise _refused(entry, "there is no such requirement")
        _require(record.state is entry.state, entry, f"the record is {record.state}")
        _require(0 < entry.amount <= record.credits, entry, "more than the record has, or nothing")
        if entry.substitute:
            way = self.substitute(node, entry)
            _require(matches(way.match, record), entry, "the record does not match the substitute")
            _require(not (entry.second or entry.overflow), entry, "a substitute takes first counts")
        else:
            _require(matches(node.match, record), entry, "the record does not match")
        _require(not (entry.second and entry.overflow), entry, "second count and overflow at once")

    def substitute(self, node: Requirement, entry: Counted) -> Substitute:
        for way in node.instead:
            if way.id == entry.substitute:
                return way
        raise _refused(entry, "there is no such substitute")

    def check_record(self, record: CourseRecord, entries: list[Counted]) -> None:
        first = [each for each in entries if not each.second and not each.overflow]
        overflow = [each for each in entries if each.overflow]
        second = [each for each in entries if each.second]
        used = sum(each.amount for each in (*first, *overflow))
        _require(used <= record.credits, entries[0], "counts for more than its credit")
        places = [each.requirement for each in (*first, *overflow)]
        _require(len(set(places)) == len(places), entries[0], "counts twice in one place")
        _require(bool(first), entries[0], "overflow or second count without a first count")
        if any(each.substitute for each in entries):
            _require(len(entries) == 1, entries[0], "used in a substitute and elsewhere")
        if self.ruleset.split is not Split.FREE:
            _require(len(first) == 1, entries[0], "divided, or counted twice")
            _require(len(second) <= 1, entries[0], "counts a third time")
        for each in overflow:
            self.check_overflow(each, first[0])
        self.check_second(first, second)

    def check_overflow(self, entry: Counted, first: Counted) -> None:
        _require(self.ruleset.split is Split.OVERFLOW, entry, "the rules know no overflow")
        into = self.ruleset.overflow_into
        _require(into in self.paths[entry.requirement], entry, "overflow does not go there")
        if into not in self.paths[first.requirement]:
            taken = sum(each.amount for each in self.by_place[first.requirement])
            full = taken == self.nodes[first.requirement].open_part
            _require(full, entry, f"overflow, but '{first.requirement}' still has room")

    def check_second(self, first: list[Counted], second: list[Counted]) -> None:
        """Every group of second counts needs first counts, large enough, that allow them."""
        for size in range(1, len(second) + 1):
            for group in combinations(second, size):
                allowed = sum(
                    each.amount
                    for each in first
                    if any(self.allows(each.requirement, again.requirement) for again in group)
                )
                wanted = sum(each.amount for each in group)
                _require(wanted <= allowed, group[0], "a second count that nothing allows")

    def allows(self, first: str, second: str) -> bool:
        if first == second:
            return False
        return any(
            target in self.paths[second]
            for name in self.paths[first]
            for target in self.nodes[name].also_counts
        )

    def check_place(self, node: Requirement, entries: list[Counted]) -> None:
        ways = {each.substitute for each in entries}
        _require(len(ways) == 1, entries[0], "a substitute and something else at once")
        taken = sum(each.amount for each in entries)
        if ways == {""}:
            _require(taken <= node.open_part, entries[0], "more than the requirement needs")
        else:
            need = self.substitute(node, entries[0]).earn
            _require(taken == need, entries[0], f"the substitute needs {format_credits(need)}")
        for above in self.paths[node.id][:-1]:
            replaced = any(each.substitute for each in self.by_place.get(above, ()))
            _require(not replaced, entries[0], f"'{above}' is fulfilled by a substitute")

    # -- what does it add up to?

    def add_up(self, node: Requirement, found: dict[str, Amounts]) -> Amounts:
        parts = [self.add_up(part, found) for part in node.include]
        entries = self.by_place.get(node.id, [])
        if any(each.substitute for each in entries):
            found[node.id] = self.replaced(node, entries)
            for part in node.include:
                self.mark_replaced(part, found[node.id], found)
            return found[node.id]
        by_state = dict.fromkeys(State, 0)
        for each in entries:
            by_state[each.state] += each.amount
        found[node.id] = Amounts(
            need=node.earn,
            earned=by_state[State.EARNED] + sum(part.earned for part in parts),
            in_progress=by_state[State.IN_PROGRESS] + sum(part.in_progress for part in parts),
            planned=by_state[State.PLANNED] + sum(part.planned for part in parts),
        )
        return found[node.id]

    def replaced(self, node: Requirement, entries: list[Counted]) -> Amounts:
        """All or nothing: the requirement stands where the last record of the substitute stands."""
        states = {each.state for each in entries}
        if State.PLANNED in states:
            return Amounts(node.earn, 0, 0, node.earn)
        if State.IN_PROGRESS in states:
            return Amounts(node.earn, 0, node.earn, 0)
        return Amounts(node.earn, node.earn, 0, 0)

    def mark_replaced(self, node: Requirement, whole: Amounts, found: dict[str, Amounts]) -> None:
        for each in node.walk():
            share = (each.earn if amount else 0 for amount in _by_state(whole))
            found[each.id] = Amounts(each.earn, *share)

    def total(self) -> Amounts:
        """Every countable record adds once; what is over the need is cut off, planned first."""
        need = self.ruleset.total
        left = need
        parts = []
        for state in (State.EARNED, State.IN_PROGRESS, State.PLANNED):
            there = sum(record.credits for record in self.records.values() if record.state is state)
            parts.append(min(left, there))
            left -= parts[-1]
        return Amounts(need, *parts)


def _by_state(amounts: Amounts) -> Iterator[Credits]:
    yield from (amounts.earned, amounts.in_progress, amounts.planned)


def _require(holds: bool, entry: Counted, what: str) -> None:
    if not holds:
        raise _refused(entry, what)


def _refused(entry: Counted, what: str) -> CertificateError:
    return CertificateError(f"record '{entry.record}' in '{entry.requirement}': {what}")
