"""The plan as a solver model: its variables, and how it is solved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from math import ceil
from typing import TYPE_CHECKING

from pathloom.engine.catalog import Step
from pathloom.engine.planner.candidates import Candidate, Outlook, term_indexes
from pathloom.engine.planner.conflict import Cause
from pathloom.engine.planner.types import Placement
from pathloom.engine.rules.nodes import Requirement

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    Linear = cp_model.LinearExpr | int


@dataclass(slots=True)
class Draft:
    """A model under construction: ``takes[course, term index]`` is true when the course is there.

    ``open_in`` are, by term index, the courses of the pool that may stand in that term.
    ``taken`` says whether a course is in the plan at all (not for repeatable courses). ``steps``
    says of each required step of the program, per term index, whether it is taken then. With
    ``switches`` every demand holds only while its switch is on; without, it simply holds. ``short``
    says, in hundredths, what a requirement or the total misses; ``optional`` are choices that are
    fulfilled where courses can: what they miss, and what of it courses could do, 100 for each
    alternative.
    """

    outlook: Outlook
    pool: tuple[Candidate, ...]
    model: cp_model.CpModel
    explain: bool = False
    takes: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    open_in: dict[int, list[Candidate]] = field(default_factory=dict)
    taken: dict[str, cp_model.IntVar] = field(default_factory=dict)
    switches: dict[Cause, cp_model.IntVar] = field(default_factory=dict)
    steps: list[tuple[Step, dict[int, Linear]]] = field(default_factory=list)
    short: dict[Cause, Linear] = field(default_factory=dict)
    optional: dict[Requirement, tuple[Linear, Linear]] = field(default_factory=dict)

    def demand(self, condition: cp_model.BoundedLinearExpression | bool, cause: Cause) -> None:
        """Add a condition that belongs to one demand of the request."""
        constraint = self.model.add(condition)
        if self.explain:
            constraint.only_enforce_if(self.switch(cause))

    def switch(self, cause: Cause) -> cp_model.IntVar:
        if cause not in self.switches:
            self.switches[cause] = self.model.new_bool_var(f"{cause.kind} {cause.key}")
        return self.switches[cause]

    def sum_of(self, course_id: str, indexes: Iterable[int]) -> Linear:
        """How often a course stands in the given terms; 0 for a course that is no candidate."""
        found = [self.takes[course_id, i] for i in indexes if (course_id, i) in self.takes]
        return sum(found)

    def weighted(self, variables: Sequence[cp_model.IntVar], factors: Sequence[int]) -> Linear:
        """The sum of variables times whole numbers, made at once, which is much quicker."""
        from ortools.sat.python import cp_model

        if not variables:
            return 0
        return cp_model.LinearExpr.weighted_sum(variables, factors)

    def terms_of(self, course_id: str) -> tuple[int, ...]:
        return tuple(index for name, index in self.takes if name == course_id)

    @contextmanager
    def same_courses(self, values: Sequence[int]) -> Iterator[None]:
        """For a while, no course can be taken but those of a solution, in any of their terms."""
        there = {name for (name, _), taken in self.takes.items() if values[taken.index]}
        variables = self.model.proto.variables
        away = [taken.index for (name, _), taken in self.takes.items() if name not in there]
        for index in away:
            variables[index].domain[1] = 0
        try:
            yield
        finally:
            for index in away:
                variables[index].domain[1] = 1

    def try_first(self, places: Iterable[Placement]) -> None:
        """Let the next run begin with these courses in these terms, and with no others, if any."""
        indexes = term_indexes(self.outlook.request)
        there = {(one.course, indexes[one.term]) for one in places if one.term in indexes}
        for place, taken in self.takes.items() if there else ():
            self.model.add_hint(taken, place in there)

    def placements(self, values: Sequence[int]) -> tuple[Placement, ...]:
        """Read the plan out of a solution: in calendar order, then by course id."""
        terms = self.outlook.request.terms
        chosen = [
            Placement(course_id, terms[index].term)
            for (course_id, index), variable in self.takes.items()
            if values[variable.index]
        ]
        return tuple(sorted(chosen, key=lambda place: (place.term, place.course)))


def start(outlook: Outlook, pool: tuple[Candidate, ...], *, explain: bool = False) -> Draft:
    """Make the variables: course by term, each course at most once (repeatable: once a term)."""
    from ortools.sat.python import cp_model

    draft = Draft(outlook, pool, cp_model.CpModel(), explain)
    for candidate in pool:
        name = candidate.course.id
        for index in candidate.terms:
            draft.takes[name, index] = draft.model.new_bool_var(f"{name} {index}")
            draft.open_in.setdefault(index, []).append(candidate)
        if candidate.course.repeatable:
            continue
        draft.taken[name] = draft.model.new_bool_var(name)
        draft.model.add(draft.sum_of(name, candidate.terms) == draft.taken[name])
    return draft


ROUNDING = 1e-6  # bounds are whole numbers that the solver states as floats


def get_ready() -> None:
    """Load the solver now, in a process that is going to plan, not when somebody waits for it."""
    import_module("ortools.sat.python.cp_model")


class Answer(StrEnum):
    """What the solver knows after a run."""

    OPTIMAL = "optimal"
    FOUND = "found"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer with the values of all variables (only where there is a solution).

    ``bound``: no solution costs less. ``spent`` is deterministic time; ``core`` are assumptions of
    the model (indexes of variables) that together leave no solution, not always the fewest.
    """

    answer: Answer
    values: tuple[int, ...] = ()
    spent: float = 0.0
    core: tuple[int, ...] = ()
    bound: int = 0


class Way(StrEnum):
    """How the solver goes about it."""

    LOOK = "look"  # as the model stands, beginning anew often: most questions need no more
    QUICK = "quick"  # to any solution, without a thought for proofs
    USUAL = "usual"
    RELAXED = "relaxed"  # decides as the linear relaxation would: often quick where usual drags on


def solve(
    model: cp_model.CpModel,
    *,
    seed: int,
    effort: float,
    found: Callable[[Sequence[int]], None] | None = None,
    way: Way = Way.USUAL,
) -> Outcome:
    """Run the solver; the same model, seed and effort give the same outcome on every run.

    ``linearization_level=2`` is what proves a plan optimal, and little preparation what makes it
    quick: see decision 0035.

    Args:
        model: with or without an objective and hints.
        seed: of the solver's own choices.
        effort: deterministic time limit.
        found: told the values of each solution; what it raises stops the solver.
        way: how to go about it.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    solver.parameters.linearization_level = 0 if way in {Way.LOOK, Way.QUICK} else 2
    if way is Way.LOOK:
        solver.parameters.cp_model_presolve = False
        solver.parameters.search_branching = cp_model.PORTFOLIO_WITH_QUICK_RESTART_SEARCH
        # Courses are taken rather than not, because plans are full of them.
        polarity = solver.parameters.initial_polarity
        solver.parameters.initial_polarity = type(polarity).POLARITY_TRUE
    else:
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        solver.parameters.max_presolve_iterations = 1
    if way is Way.RELAXED:
        solver.parameters.search_branching = cp_model.LP_SEARCH
    status = solver.solve(model, _told(found) if found else None)
    return _outcome(model, status, solver)


def _told(found: Callable[[Sequence[int]], None]) -> cp_model.CpSolverSolutionCallback:
    from ortools.sat.python import cp_model

    class Told(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            found(tuple(self.response_proto.solution))

    return Told()


def _outcome(
    model: cp_model.CpModel, status: cp_model.CpSolverStatus, solver: cp_model.CpSolver
) -> Outcome:
    """Read an answer: values exist only where the status says that there is a solution."""
    from ortools.sat.python import cp_model

    response = solver.response_proto
    spent, values = float(response.deterministic_time), tuple(response.solution)
    match status:
        case cp_model.OPTIMAL:
            bound = round(response.objective_value)
            return Outcome(Answer.OPTIMAL, values, spent=spent, bound=bound)
        case cp_model.FEASIBLE:
            bound = ceil(response.best_objective_bound - ROUNDING)
            return Outcome(Answer.FOUND, values, spent=spent, bound=bound)
        case cp_model.INFEASIBLE:
            core = tuple(response.sufficient_assumptions_for_infeasibility)
            return Outcome(Answer.NONE, spent=spent, core=core)
        case cp_model.UNKNOWN:
            return Outcome(Answer.UNKNOWN, spent=spent)
        case cp_model.MODEL_INVALID:
            raise AssertionError(f"the plan's model is invalid: {model.validate()}")
        case _:
            raise AssertionError(f"unknown solver status {status}")
