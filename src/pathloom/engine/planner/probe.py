"""Which demands of a request can hold together: questions to the solver about one posed problem."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pathloom.engine.encoding.reading import value_of
from pathloom.engine.planner.candidates import Outlook, term_indexes
from pathloom.engine.planner.change import MORE_LOAD, apply, apply_all, possible_changes
from pathloom.engine.planner.conflict import Cause, Kind, lock_cause
from pathloom.engine.planner.constraints import build_with_switches
from pathloom.engine.planner.decide import decide
from pathloom.engine.planner.loads import load_of
from pathloom.engine.planner.model import Answer, Draft, Outcome, solve
from pathloom.engine.planner.room import too_full
from pathloom.engine.planner.types import Change, ChangeKind, Placement, PlanRequest
from pathloom.engine.units import Credits, Term

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

AT_ONCE = 0.6  # deterministic time for one question; most need less than 0.1
LEAST_AFTER = Cause(Kind.LEAST, "after")  # asked for once nobody finishes early any more
_ADDING = {ChangeKind.SUMMER, ChangeKind.ONLINE, ChangeKind.LATER}


@dataclass
class Probe:
    """A request in which every demand, and every change of it, is a switch.

    ``draft`` has all the terms that changes could add, each closed by a demand of its own.
    ``demands`` is what the request asks for; ``bounds`` is what changes could widen: terms that
    are not there, and more and more load. ``lifted`` says which of both each change takes away.
    ``left`` is the deterministic time that is left for questions.
    """

    request: PlanRequest
    draft: Draft
    demands: tuple[Cause, ...]
    bounds: tuple[Cause, ...]
    lifted: dict[Change, frozenset[Cause]]
    left: float

    @classmethod
    def of(cls, request: PlanRequest) -> Probe:
        """Pose the request with every change that there is."""
        changes = possible_changes(request)
        adding = (one for one in changes if one.kind in _ADDING)
        draft = build_with_switches(apply_all(request, adding))
        demands = tuple(draft.switches)
        _close_terms(draft, {entry.term for entry in request.terms})
        _bound_loads(draft)
        bounds = tuple(cause for cause in draft.switches if cause not in demands)
        _ask_after_finish(draft)
        every = (*demands, *bounds)
        lifted = {one: frozenset(_lifts(request, one, every)) for one in changes}
        return cls(request, draft, demands, bounds, lifted, request.effort)

    def asked(self, changes: Collection[Change] = ()) -> tuple[Cause, ...]:
        """What is demanded once changes are made."""
        lifted = {cause for change in changes for cause in self.lifted[change]}
        every = [*self.demands, *self.bounds]
        if any(change.kind is ChangeKind.NO_FINISH for change in changes):
            every += [one for one in self.draft.switches if one == LEAST_AFTER]
        return tuple(one for one in every if one not in lifted)

    def too_full(self, changes: Collection[Change] = ()) -> frozenset[Cause]:
        """Demands that do not leave room for the total, seen without a solver; else none."""
        kinds = too_full(Outlook(apply_all(self.request, changes)))
        bounds = {*kinds, Kind.CLOSED, Kind.FINISH, Kind.TOTAL} if kinds else set[Kind]()
        told = (one for one in self.asked(changes) if one.kind in bounds)
        return frozenset(one for one in told if one.kind is not Kind.TOTAL or not one.key)

    def together(self, causes: Collection[Cause], *, without: Placement | None = None) -> Outcome:
        """Look for a plan in which these demands hold, whatever the others; if so, without one."""
        model, held = self.draft.model.clone(), {*causes}
        if without is not None:
            index = term_indexes(self.draft.outlook.request)[without.term]
            variable = self.draft.takes[without.course, index]
            model.add(model.get_bool_var_from_proto_index(variable.index) == 0)
        for cause, switch in self.draft.switches.items():
            model.add(model.get_bool_var_from_proto_index(switch.index) == (cause in held))
        return self._spend(decide, model)

    def impossible(self, causes: Collection[Cause]) -> bool:
        """Whether it is proved that demands cannot hold together in the terms there are."""
        return self.together((*causes, *self._closed)).answer is Answer.NONE

    def assume(self, causes: Collection[Cause], *, given: Collection[Cause]) -> Outcome:
        """Look for a plan as ``together`` does, for causes and given; see ``core_of``."""
        model = self.draft.model.clone()
        for cause, switch in self.draft.switches.items():
            if cause not in causes:
                model.add(model.get_bool_var_from_proto_index(switch.index) == (cause in given))
        indexes = [self.draft.switches[cause].index for cause in causes]
        model.add_assumptions([model.get_bool_var_from_proto_index(one) for one in indexes])
        return self._spend(decide, model)

    def core_of(self, outcome: Outcome) -> tuple[Cause, ...]:
        """The assumed causes that together, with what was given, leave no plan."""
        return tuple(
            cause for cause, switch in self.draft.switches.items() if switch.index in outcome.core
        )

    def core_now(self, causes: Collection[Cause]) -> tuple[Cause, ...] | None:
        """Some of the demands that cannot hold together in the terms there are.

        Empty where all can hold together; None where that was not decided.
        """
        outcome = self.assume(causes, given=self._closed)
        if outcome.answer is Answer.UNKNOWN:
            return None
        return self.core_of(outcome)

    def least_short(
        self, asked: Collection[Cause], others: Collection[Cause], *, taking: bool
    ) -> Credits | None:
        """What is short of amounts asked for at the least, with or without courses to come."""
        model, held = self.draft.model.clone(), {*others, *self._closed}
        for cause, switch in self.draft.switches.items():
            model.add(model.get_bool_var_from_proto_index(switch.index) == (cause in held))
        for variable in () if taking else self.draft.takes.values():
            model.add(model.get_bool_var_from_proto_index(variable.index) == 0)
        model.minimize(sum(self.draft.short[cause] for cause in asked))
        outcome = self._spend(solve, model)
        if outcome.answer is not Answer.OPTIMAL:
            return None
        return sum(value_of(self.draft.short[cause], outcome.values) for cause in asked)

    def placements(self, outcome: Outcome) -> tuple[Placement, ...]:
        return self.draft.placements(outcome.values)

    @cached_property
    def liftable(self) -> frozenset[Cause]:
        """What some change takes away."""
        return frozenset[Cause]().union(*self.lifted.values())

    @property
    def _closed(self) -> tuple[Cause, ...]:
        return tuple(one for one in self.bounds if one.kind is Kind.CLOSED)

    def _spend(self, way: Callable[..., Outcome], model: CpModel) -> Outcome:
        effort = min(AT_ONCE, self.left)
        if effort <= 0:
            return Outcome(Answer.UNKNOWN)
        outcome = way(model, seed=self.request.seed, effort=effort)
        self.left -= outcome.spent
        return outcome


def closed(term: Term) -> Cause:
    return Cause(Kind.CLOSED, str(term))


def _close_terms(draft: Draft, there: set[Term]) -> None:
    for index, entry in enumerate(draft.outlook.request.terms):
        if entry.term not in there:
            found = [variable for place, variable in draft.takes.items() if place[1] == index]
            if found:
                draft.demand(sum(found) == 0, closed(entry.term))


def _bound_loads(draft: Draft) -> None:
    """More load than the terms hold, as much as changes could add, and no more."""
    for index, entry in enumerate(draft.outlook.request.terms):
        load = load_of(draft, index)
        for extra in MORE_LOAD if not isinstance(load, int) else ():
            draft.demand(load <= entry.most + extra, Cause(Kind.MOST, str(extra)))


def _ask_after_finish(draft: Draft) -> None:
    outlook = draft.outlook
    for index, entry in enumerate(outlook.request.terms):
        if entry.least and outlook.is_after(index, outlook.request.finish):
            draft.demand(load_of(draft, index) >= entry.least, LEAST_AFTER)


def _lifts(request: PlanRequest, change: Change, causes: Collection[Cause]) -> Iterator[Cause]:
    """The demands that do not hold any more once a change is made."""
    match change.kind:
        case ChangeKind.UNLOCK if change.term is not None:
            yield lock_cause(Placement(change.course, change.term))
        case ChangeKind.ALLOW:
            yield Cause(Kind.BAN, change.course)
        case ChangeKind.LIGHTER:
            yield from (Cause(Kind.LEAST), LEAST_AFTER)
        case ChangeKind.FULLER:
            smaller = [str(extra) for extra in MORE_LOAD if extra < change.amount]
            yield from (Cause(Kind.MOST, key) for key in ("", *smaller))
        case ChangeKind.NO_FINISH:
            yield Cause(Kind.FINISH)
        case ChangeKind.NO_PROGRAM:
            yield from (one for one in causes if one.kind is Kind.PROGRAM)
        case ChangeKind.NO_LIMIT:
            yield Cause(Kind.LIMIT, change.course)
        case ChangeKind.WITHOUT:
            for one in causes:
                whole = one.kind is Kind.TOTAL and one.key == change.course
                part = one.kind is Kind.REQUIREMENT and one.key.startswith(f"{change.course}/")
                if whole or part:
                    yield one
        case _:
            added = {entry.term for entry in apply(request, change).terms}
            yield from (one for one in map(closed, sorted(added)) if one in causes)
