"""A plain solver model of one student, straight from the nodes of the rules; for comparison only.

It shares no code with the encoding: a literal for every record in every place, nothing grouped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import Among, Requirement, RuleSet, Split, Substitute

STEP = 50
LEVELS = (
    (State.EARNED, State.IN_PROGRESS, State.PLANNED),
    (State.EARNED, State.IN_PROGRESS),
    (State.EARNED,),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """With all records, without the planned, with the earned: is anything short; what is open."""

    short: tuple[bool, ...]
    missing: tuple[int, ...]


def with_credit(rules: RuleSet) -> list[Requirement]:
    return [node for node in rules.requirements if node.earn > 0]


class Nodes:
    """Requirements with credit, by id, and the way down to each."""

    def __init__(self, rules: RuleSet) -> None:
        self.all: dict[str, Requirement] = {}
        self.paths: dict[str, tuple[str, ...]] = {}
        for node in with_credit(rules):
            self._collect(node, ())

    def _collect(self, node: Requirement, above: tuple[str, ...]) -> None:
        self.all[node.id] = node
        self.paths[node.id] = (*above, node.id)
        for part in (*node.include, *node.of):
            self._collect(part, self.paths[node.id])

    def way(self, name: str, substitute: str) -> Substitute:
        return next(way for way in self.all[name].instead if way.id == substitute)


def best(prepared: Prepared) -> Verdict:
    """The best verdict there is, proved."""
    return _Model(prepared).solve()


def can_be_complete(prepared: Prepared, states: tuple[State, ...]) -> bool:
    """Whether the records in some states can fulfil everything that asks for credit, proved."""
    records = tuple(each for each in prepared.records if each.state in states)
    return _Model(replace(prepared, records=records)).is_possible()


class _Model:
    def __init__(self, prepared: Prepared) -> None:
        self.rules = prepared.ruleset
        self.nodes = Nodes(self.rules)
        self.records = [each for each in prepared.records if each.credits]
        self.model = cp_model.CpModel()
        self.places = [node for node in self.nodes.all.values() if node.open_part > 0]
        self.taken = {
            part.id: self.model.new_bool_var(f"take {part.id}")
            for node in self.nodes.all.values()
            for part in node.of
        }
        self.used = {
            (node.id, way.id): self.model.new_bool_var(f"use {way.id}")
            for node in self.nodes.all.values()
            for way in node.instead
        }
        self.value = {
            (node.id, tag): self.model.new_bool_var(f"{node.id} {tag}")
            for node in self.nodes.all.values()
            if node.same
            for tag in sorted({tag for each in self.records for tag in each.tags})
            if tag.startswith(f"{node.same}:")
        }
        # record, place -> what counts first or overflows there; what counts a second time
        self.first: dict[tuple[str, str], cp_model.IntVar] = {}
        self.again: dict[tuple[str, str], cp_model.IntVar] = {}
        self.joins: dict[tuple[str, str, str], cp_model.IntVar] = {}
        self.done: dict[tuple[str, str, int], cp_model.IntVar] = {}

    def pose(self) -> None:
        self.decide_once()
        for record in self.records:
            self.place(record)
        self.hold_rules()

    def is_possible(self) -> bool:
        self.pose()
        self.model.add(self.open_amount(0, again=True) <= 0)
        solver = self.solver()
        solver.parameters.cp_model_presolve = False  # a small yes or no is faster without
        match solver.solve(self.model):
            case cp_model.OPTIMAL | cp_model.FEASIBLE:
                return True
            case cp_model.INFEASIBLE:
                return False
            case other:
                raise RuntimeError(f"not proved: {solver.status_name(other)}")

    def solver(self) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = 20.0
        return solver

    def solve(self) -> Verdict:
        self.pose()
        goals: list[cp_model.LinearExpr] = []
        for level in range(3):
            goals.append(self.missing(level))
        flags = [self.flag(level) for level in range(3)]
        most = 1 + sum(node.earn // STEP for node in with_credit(self.rules))
        most += sum((one.credits + 100 * one.courses) // STEP for _, one in self.amongs())
        cost: cp_model.LinearExpr | int = 0
        for flag in flags:
            cost = 2 * cost + flag
        for goal in goals:
            cost = most * cost + goal
        self.model.minimize(cost)
        solver = self.solver()
        status = solver.solve(self.model)
        if status != cp_model.OPTIMAL:
            raise RuntimeError(f"not proved: {solver.status_name(status)}")
        return Verdict(
            tuple(bool(solver.value(flag)) for flag in flags),
            tuple(STEP * solver.value(goal) for goal in goals),
        )

    # -- what is decided once

    def asked(self, name: str) -> cp_model.LinearExpr | int:
        """Whether the alternatives above are taken: 0 or 1; exact because choices are nested."""
        path = self.nodes.paths[name]
        literals = [self.taken[step] for step in path if step in self.taken]
        return literals[-1] if literals else 1

    def replaced(self, name: str, level: int = -1) -> cp_model.LinearExpr | int:
        """Whether a substitute at or above is used, or is there in full on a level: 0 or 1."""
        path = self.nodes.paths[name]
        source = [
            literal if level < 0 else self.done[at, way, level]
            for (at, way), literal in self.used.items()
            if at in path
        ]
        return sum(source)

    def decide_once(self) -> None:
        add = self.model.add
        for node in self.nodes.all.values():
            if node.of:
                add(
                    sum(self.taken[part.id] for part in node.of)
                    == node.choose * self.asked(node.id)
                )
            if node.same:
                add(sum(var for (at, _), var in self.value.items() if at == node.id) <= 1)
            add(self.replaced(node.id) <= 1)
            for way in node.instead:
                add(self.used[node.id, way.id] <= self.asked(node.id))

    # -- one record

    def place(self, record: CourseRecord) -> None:
        size = record.credits // STEP
        into = self.rules.overflow_into
        mains, counted = [], []
        fits = [node for node in self.places if matches(node.match, record)]
        starts: dict[str, cp_model.IntVar] = {}
        for node in fits:
            start = self.model.new_bool_var(f"{record.id} starts in {node.id}")
            starts[node.id] = start
            mains.append(start)
            room = min(size, node.open_part // STEP)
            amount = self.model.new_int_var(0, room, f"{record.id} in {node.id}")
            takes_rest = self.rules.split is Split.OVERFLOW and into in self.nodes.paths[node.id]
            if not takes_rest:  # the rest of a record goes there wherever it starts
                self.model.add(amount <= room * start)
            self.first[record.id, node.id] = amount
            counted.append(amount)
            self.allow(record, node, amount, size)
        for at, way in self.used:
            if matches(self.nodes.way(at, way).match, record):
                join = self.model.new_bool_var(f"{record.id} joins {way}")
                self.model.add(join <= self.used[at, way])
                self.joins[record.id, at, way] = join
                mains.append(join)
        joined = sum(join for (one, _, _), join in self.joins.items() if one == record.id)
        self.model.add(sum(mains) <= 1)
        self.model.add(sum(counted) <= size - size * joined)
        self.count_again(record, fits, starts)

    def allow(
        self, record: CourseRecord, node: Requirement, amount: cp_model.IntVar, size: int
    ) -> None:
        """Only in alternatives taken, nowhere below a substitute, only with the value chosen."""
        self.model.add(amount <= size * self.asked(node.id))
        self.model.add(amount <= size * (1 - self.replaced(node.id)))
        for name in self.nodes.paths[node.id]:
            if self.nodes.all[name].same:
                carried = [
                    var
                    for (at, tag), var in self.value.items()
                    if at == name and tag in record.tags
                ]
                self.model.add(amount <= size * sum(carried))

    def count_again(
        self, record: CourseRecord, fits: list[Requirement], starts: dict[str, cp_model.IntVar]
    ) -> None:
        size, targets = record.credits // STEP, []
        for target in fits:
            sources = [
                node
                for node in fits
                if node is not target
                and any(
                    name in self.nodes.paths[target.id]
                    for step in self.nodes.paths[node.id]
                    for name in self.nodes.all[step].also_counts
                )
            ]
            if not sources:
                continue
            amount = self.model.new_int_var(0, size, f"{record.id} again in {target.id}")
            chosen = self.model.new_bool_var(f"{record.id} chooses {target.id}")
            self.model.add(amount <= size * chosen)
            self.model.add(amount <= sum(self.first[record.id, node.id] for node in sources))
            self.model.add(amount <= size * sum(starts[node.id] for node in sources))
            self.again[record.id, target.id] = amount
            targets.append(chosen)
            self.allow(record, target, amount, size)
        self.model.add(sum(targets) <= 1)

    # -- all records

    def hold_rules(self) -> None:
        for node in self.places:
            self.model.add(self.amount([node.id], LEVELS[0]) <= node.open_part // STEP)
        for (at, way), used in self.used.items():
            need = self.nodes.way(at, way).earn // STEP
            for level, states in enumerate(LEVELS):
                done = self.model.new_bool_var(f"{way} done {level}")
                self.model.add(done <= used)
                self.model.add(self.joined(at, way, states) >= need * done)
                self.done[at, way, level] = done
            self.model.add(self.joined(at, way, LEVELS[0]) >= need * used)
        for cap in self.rules.caps:
            if cap.within != "total":
                self.hold_cap(cap.id)

    def joined(self, at: str, way: str, states: tuple[State, ...]) -> cp_model.LinearExpr | int:
        return sum(
            record.credits // STEP * self.joins[record.id, at, way]
            for record in self.records
            if record.state in states and (record.id, at, way) in self.joins
        )

    def hold_cap(self, name: str) -> None:
        """Substitutes are left aside: no packaged rule caps a course that a substitute takes."""
        cap = next(each for each in self.rules.caps if each.id == name)
        under = {record.id for record in self.records if matches(cap.match, record)}
        inside = [
            node.id
            for node in self.places
            if not cap.within or cap.within in self.nodes.paths[node.id]
        ]
        counted = [
            amount
            for found in ((self.first, self.again) if cap.within else (self.first,))
            for (record, at), amount in found.items()
            if record in under and at in inside
        ]
        self.model.add(sum(counted) <= cap.at_most // STEP)
        for record in self.records:
            if record.id in under:
                self.overflow_when_full(record)

    def overflow_when_full(self, record: CourseRecord) -> None:
        """Under a cap a record could leave its rest elsewhere although its place has room."""
        into = self.rules.overflow_into
        fits = [node for node in self.places if (record.id, node.id) in self.first]
        mains = [node for node in fits if into not in self.nodes.paths[node.id]]
        rests = [self.first[record.id, node.id] for node in fits if node not in mains]
        size = record.credits // STEP
        for node in mains:
            here = self.model.new_bool_var(f"{record.id} is in {node.id}")
            full = self.model.new_bool_var(f"{node.id} is full for {record.id}")
            self.model.add(self.first[record.id, node.id] <= size * here)
            capacity = node.open_part // STEP
            self.model.add(self.amount([node.id], LEVELS[0]) >= capacity * full)
            self.model.add(sum(rests) <= size * (1 - here + full))

    def amount(
        self, places: list[str], states: tuple[State, ...], *, again: bool = True, of: str = ""
    ) -> cp_model.LinearExpr | int:
        """What counts in some places of the records in some states (``of`` one record)."""
        there = [each.id for each in self.records if each.state in states and of in ("", each.id)]
        tables = (self.first, self.again) if again else (self.first,)
        return sum(
            table[record, at]
            for table in tables
            for at in places
            for record in there
            if (record, at) in table
        )

    # -- goals

    def amongs(self) -> list[tuple[Requirement, Among]]:
        return [(node, among) for node in self.nodes.all.values() for among in node.among]

    def missing(self, level: int) -> cp_model.LinearExpr:
        return self.open_amount(level, again=False)

    def open_amount(self, level: int, *, again: bool) -> cp_model.LinearExpr:
        states = LEVELS[level]
        parts: list[cp_model.LinearExpr | int] = []
        for node in self.places:
            room = node.open_part // STEP
            needed = self.asked(node.id) - self.replaced(node.id, level)
            parts.append(room * needed - self.amount([node.id], states, again=again))
        parts += [self.among_open(node, among, level) for node, among in self.amongs()]
        return sum(parts, start=cp_model.LinearExpr.sum([]))

    def among_open(self, node: Requirement, among: Among, level: int) -> cp_model.IntVar:
        states = LEVELS[level]
        inside = [each.id for each in self.places if node.id in self.nodes.paths[each.id]]
        fits = [each for each in self.records if matches(among.match, each)]
        asked = self.asked(node.id) - self.replaced(node.id)
        short = self.model.new_int_var(0, 1000, f"{among.id} short {level}")
        there = sum(self.amount(inside, states, of=each.id) for each in fits)
        credits = self.model.new_int_var(0, 1000, f"{among.id} credits {level}")
        need = min(among.credits, node.earn) // STEP
        self.model.add(credits >= need * asked - there)
        courses = self.model.new_int_var(0, 1000, f"{among.id} courses {level}")
        counted = []
        for each in fits:
            counts = self.model.new_bool_var(f"{each.id} counts for {among.id} {level}")
            self.model.add(counts <= self.amount(inside, states, of=each.id))
            counted.append(counts)
        self.model.add(courses >= among.courses * asked - sum(counted))
        self.model.add(short == credits + 100 // STEP * courses)
        return short

    def flag(self, level: int) -> cp_model.IntVar:
        short = self.model.new_bool_var(f"short {level}")
        self.model.add(self.open_amount(level, again=True) <= 1000 * short)
        return short
