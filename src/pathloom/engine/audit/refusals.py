"""Refuses a certificate that breaks a rule, as the rules are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from pathloom.engine.audit.result import Counted
from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.matchers import Predicate, matches, predicate
from pathloom.engine.rules.nodes import Cap, Requirement, RuleSet, Split, Substitute
from pathloom.engine.units import Credits, format_credits


class CertificateError(Exception):
    """A certificate breaks the rules: a defect of the program, never of an input."""


@dataclass(frozen=True, slots=True)
class Written:
    """A rule set by the ids of its requirements: nodes, the ids around each, what matches, and
    what is open beside the parts.

    ``across`` are the requirements whose rules concern several places at once.
    """

    ruleset: RuleSet
    nodes: dict[str, Requirement]
    paths: dict[str, tuple[str, ...]]
    tests: dict[str, Predicate]
    open: dict[str, Credits]
    across: tuple[Requirement, ...]


_KEPT = 256
_written: dict[int, Written] = {}


def as_written(ruleset: RuleSet) -> Written:
    """Look a rule set up by id; kept per object."""
    found = _written.get(id(ruleset))
    if found is None or found.ruleset is not ruleset:
        if len(_written) >= _KEPT:
            _written.clear()
        nodes = {node.id: node for node in ruleset.walk()}
        found = _written[id(ruleset)] = Written(
            ruleset,
            nodes,
            paths=dict(_paths(ruleset.requirements, ())),
            tests={name: predicate(node.match) for name, node in nodes.items()},
            open={name: node.open_part for name, node in nodes.items()},
            across=tuple(each for each in nodes.values() if each.same or (each.of and each.earn)),
        )
    return found


def _paths(
    nodes: Iterable[Requirement], above: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in nodes:
        path = (*above, node.id)
        yield node.id, path
        yield from _paths(node.parts, path)


class Certificate:
    """A certificate beside the rules that it has to keep, looked up by record and by place."""

    def __init__(
        self,
        prepared: Prepared,
        certificate: Iterable[Counted],
        *,
        chosen: Mapping[str, tuple[str, ...]],
        values: Mapping[str, str],
    ) -> None:
        self.prepared = prepared
        self.ruleset = prepared.ruleset
        self.records = {record.id: record for record in prepared.records}
        self.certificate = tuple(certificate)
        self.chosen = chosen
        self.values = values
        written = as_written(prepared.ruleset)
        self.nodes = written.nodes
        self.paths = written.paths
        self.tests = written.tests
        self.open = written.open
        self.across = written.across
        self.by_record: dict[str, list[Counted]] = {}
        self.by_place: dict[str, list[Counted]] = {}
        for entry in self.certificate:
            self.by_record.setdefault(entry.record, []).append(entry)
            self.by_place.setdefault(entry.requirement, []).append(entry)
        self.replaced = {each.requirement for each in self.certificate if each.substitute}

    def room(self, node: Requirement) -> Credits:
        """What courses have to fill of a requirement, beside its parts."""
        if node.id in self.prepared.exempt:
            return 0
        return self.open[node.id] - self.prepared.excused.get(node.id, 0)

    def is_replaced(self, node_id: str) -> bool:
        return node_id in self.replaced

    # -- entry by entry, record by record, place by place

    def check(self) -> None:
        """Raise CertificateError for the first rule that is broken."""
        for entry in self.certificate:
            self.check_entry(entry)
        for record_id, entries in self.by_record.items():
            self.check_record(self.records[record_id], entries)
        for requirement_id, entries in self.by_place.items():
            self.check_place(self.nodes[requirement_id], entries)
        for cap in self.ruleset.caps:
            self.check_cap(cap)
        for node in self.across:
            if node.of:
                self.check_choice(node)
            if node.same:
                self.check_same(node)

    def check_entry(self, entry: Counted) -> None:
        record = self.records.get(entry.record)
        node = self.nodes.get(entry.requirement)
        if record is None:
            raise _refused(entry, "no such record can count")
        if node is None:
            raise _refused(entry, "there is no such requirement")
        _require(record.state is entry.state, entry, f"the record is {record.state}")
        _require(0 < entry.amount <= record.credits, entry, "more than the record has, or nothing")
        _require(node.id not in self.prepared.exempt, entry, "the student is exempt there")
        if entry.substitute:
            way = self.substitute(node, entry)
            _require(matches(way.match, record), entry, "the record does not match the substitute")
            _require(not (entry.second or entry.overflow), entry, "a substitute takes first counts")
        else:
            _require(self.counts(node, record), entry, "the record does not match")
        _require(not (entry.second and entry.overflow), entry, "second count and overflow at once")

    def counts(self, node: Requirement, record: CourseRecord) -> bool:
        """Whether a record matches, or staff let it count all the same."""
        return self.tests[node.id](record) or record.id in self.prepared.admitted.get(node.id, ())

    def substitute(self, node: Requirement, entry: Counted) -> Substitute:
        for way in node.instead:
            if way.id == entry.substitute:
                return way
        raise _refused(entry, "there is no such substitute")

    def check_record(self, record: CourseRecord, entries: list[Counted]) -> None:
        if len(entries) == 1 and not (entries[0].second or entries[0].overflow):
            return  # one first count: all is said in ``check_entry``
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
            full = taken == self.room(self.nodes[first.requirement])
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
            _require(taken <= self.room(node), entries[0], "more than the requirement needs")
        else:
            need = self.substitute(node, entries[0]).earn
            _require(taken == need, entries[0], f"the substitute needs {format_credits(need)}")
        if not self.replaced:
            return
        for above in self.paths[node.id][:-1]:
            _require(
                not self.is_replaced(above), entries[0], f"'{above}' is fulfilled by a substitute"
            )

    # -- across places

    def inside(self, node_id: str) -> list[Counted]:
        """What counts in a requirement and its parts, second counts and overflow included."""
        return [
            each
            for place, entries in self.by_place.items()
            if node_id in self.paths[place]
            for each in entries
        ]

    def check_cap(self, cap: Cap) -> None:
        """``total`` is no place: that cap is kept where the total is added up."""
        if cap.within == "total":
            return
        entries = self.inside(cap.within) if cap.within else self.certificate
        under = [
            each
            for each in entries
            if (cap.within or not each.second) and matches(cap.match, self.records[each.record])
        ]
        taken = sum(each.amount for each in under)
        if taken > cap.at_most:
            raise _refused(under[-1], f"more than the cap '{cap.id}' lets count")

    def check_choice(self, node: Requirement) -> None:
        """``choose`` different alternatives are taken, and nothing counts in the others."""
        every = [each.id for each in node.of]
        chosen = self.chosen.get(node.id)
        if chosen is None and self.is_decided(node):
            return
        if chosen is None or len(set(chosen)) != node.choose or not set(chosen) <= set(every):
            raise CertificateError(f"'{node.id}': not {node.choose} of its alternatives")
        for other in set(every) - set(chosen):
            for entry in self.inside(other):
                raise _refused(entry, f"'{other}' is not among the alternatives taken")

    def is_decided(self, node: Requirement) -> bool:
        """Whether a choice does not matter: exempt, replaced, or in an alternative not taken."""
        path = self.paths[node.id]
        if node.id in self.prepared.exempt or any(self.is_replaced(name) for name in path):
            return True
        return any(
            self.nodes[above].of and below not in self.chosen.get(above, ())
            for above, below in pairwise(path)
        )

    def check_same(self, node: Requirement) -> None:
        """Everything that counts here carries the tag of one value; staff may let others in."""
        for entry in self.inside(node.id):
            if entry.substitute:
                continue
            if entry.record in self.prepared.admitted.get(entry.requirement, ()):
                continue
            value = self.values.get(node.id, "")
            tags = self.records[entry.record].tags
            _require(f"{node.same}:{value}" in tags, entry, f"not of the {node.same} '{value}'")


def _require(holds: bool, entry: Counted, what: str) -> None:
    if not holds:
        raise _refused(entry, what)


def _refused(entry: Counted, what: str) -> CertificateError:
    return CertificateError(f"record '{entry.record}' in '{entry.requirement}': {what}")
