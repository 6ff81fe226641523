"""Solves a posed plan goal by goal: a first valid plan, then the best one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pathloom.engine.encoding.reading import value_of
from pathloom.engine.planner.cost import Cost, Pack, packed
from pathloom.engine.planner.goals import Goal
from pathloom.engine.planner.model import Answer, Draft, Outcome, Way, solve
from pathloom.engine.planner.types import GoalValue, Placement, Proof
from pathloom.engine.planner.view import View
from pathloom.engine.planner.watch import Progress, Watch, nobody

# Deterministic time of the runs for all goals of a pack; most need less than 0.1, and one that
# drags on is often quick when it starts again from a better plan.
AT_ONCE = (
    (Way.RELAXED, 0.2),
    (Way.USUAL, 0.2),
    (Way.RELAXED, 0.4),
    (Way.USUAL, 0.4),
    (Way.RELAXED, 0.6),
)
PLACES = 0.1  # to find better terms for the courses that are there, before others are tried
FIRST = 0.2  # deterministic time to look for any plan, before goals are posed


@dataclass(frozen=True, slots=True)
class Found:
    """A solution read out of the model, with how far each goal was reached."""

    placements: tuple[Placement, ...]
    goals: tuple[GoalValue, ...]
    proof: Proof


def first_plan(draft: Draft, *, seed: int, effort: float) -> Outcome:
    """Find any plan, quickly: most people's is there long before the best one is proved.

    Returns:
        A solution of the posed rules; or ``none``; or ``unknown``, which says nothing.
    """
    return solve(draft.model, seed=seed, effort=min(effort, FIRST), way=Way.QUICK)


def search(
    draft: Draft,
    goals: Sequence[Goal],
    *,
    seed: int,
    effort: float,
    start: Sequence[int] = (),
    watch: Watch = nobody,
) -> Found | Answer:
    """Find the best plan, goal by goal.

    Goals that together weigh little are reached in one run of the solver; where that drags on, one
    after another. Each run keeps what those before it reached, and starts from their plan; the
    first one, without any, from the places of the plan before.

    Args:
        draft: everything posed but goals.
        goals: in their order.
        seed, effort: of the solver; ``effort`` is deterministic time for all runs together.
        start: the values of any plan, of the variables that were posed before the goals.
        watch: is told before each run and of each plan, and may raise ``Cancelled``.
    Returns:
        A plan; or, without one, ``none`` (there is no plan) or ``unknown`` (not found in time).
    """
    packs = packed(Cost.of(goal, draft.model) for goal in goals)
    runs = Runs(draft, seed, effort, watch, tuple(start))
    for number, pack in enumerate(packs):
        runs.done = 10 + 80 * number // len(packs)
        answer = runs.reach(pack)
        if not runs.values:
            return answer
    placements = draft.placements(runs.values)
    view = View.of(draft.outlook.request, placements)
    reached = tuple(
        GoalValue(cost.goal.name, value, cost.goal.words(value, view), bound)
        for cost, bound in runs.bounds
        for value in (value_of(cost.goal.cost, runs.values),)
    )
    proved = all(goal.value == goal.bound for goal in reached)
    return Found(placements, reached, Proof.OPTIMAL if proved else Proof.BEST_FOUND)


@dataclass(slots=True)
class Runs:
    """The best values so far, what is proved of each cost, and the effort that is left."""

    draft: Draft
    seed: int
    left: float
    watch: Watch
    start: tuple[int, ...]  # of a plan without goals
    done: int = 0  # of a hundred
    values: tuple[int, ...] = ()
    bounds: list[tuple[Cost, int]] = field(default_factory=list)

    def reach(self, pack: Pack) -> Answer:
        """Make the costs of a pack as small as can be, each before the next."""
        if self.values and any(self._steps(pack)):
            with self.draft.same_courses(self.values):
                self._run(pack, PLACES)
        for way, effort in AT_ONCE:
            pack = self._without_least(pack)
            if not pack.costs:
                return Answer.FOUND
            outcome = self._run(pack, effort, way)
            answer = outcome.answer
            if not self.values and answer is Answer.UNKNOWN:
                answer = self._any_plan()
            if not self.values:
                return answer
            if outcome.answer is Answer.OPTIMAL or self.left <= 0:
                return self._hold(pack, outcome.bound)
        for cost in pack.costs:
            alone = Pack((cost,))
            self._hold(alone, self._run(alone, self.left).bound)
        return Answer.FOUND

    def _without_least(self, pack: Pack) -> Pack:
        """Hold the first costs as far as they are at their least; what is left of the pack."""
        if not self.values:
            return pack
        steps = self._steps(pack)
        least = next((at for at, value in enumerate(steps) if value), len(steps))
        self._hold(Pack(pack.costs[:least]), 0)
        return Pack(pack.costs[least:])

    def _any_plan(self) -> Answer:
        """Find a plan without goals; with one to start from this only reads off its values."""
        if self.start:
            self.left = max(self.left, FIRST)
        return self._run(Pack(()), self.left).answer

    def _run(self, pack: Pack, effort: float, way: Way = Way.USUAL) -> Outcome:
        """Minimize from the best values so far; they stay where nothing better is found."""
        effort = min(effort, self.left)
        if effort <= 0:
            return Outcome(Answer.UNKNOWN)
        model = self.draft.model
        model.proto.clear_objective()
        if pack.costs:
            model.minimize(pack.sum)
        self._begin_from(self.values or self.start)
        self.watch(Progress(self.done, 100, self._doing()))
        outcome = solve(model, seed=self.seed, effort=effort, found=self._tell, way=way)
        self.left -= outcome.spent
        if outcome.values and (
            not self.values or value_of(pack.sum, outcome.values) < value_of(pack.sum, self.values)
        ):
            self.values = outcome.values
        return outcome

    def _begin_from(self, values: Sequence[int]) -> None:
        proto = self.draft.model.proto
        proto.clear_solution_hint()
        proto.solution_hint.vars.extend(range(len(values)))
        proto.solution_hint.values.extend(values)
        if not values:
            self.draft.try_first(self.draft.outlook.request.previous)

    def _tell(self, _: Sequence[int]) -> None:
        self.watch(Progress(self.done, 100, "A plan is found; making it better"))

    def _doing(self) -> str:
        return "Making the plan better" if self.values else "Finding a plan"

    def _hold(self, pack: Pack, bound: int) -> Answer:
        """Hold on to what is reached, and keep what is proved."""
        steps = self._steps(pack)
        for cost, reached in zip(pack.costs, steps, strict=True):
            self.draft.model.add(cost.steps <= reached)
        bounds = pack.bounds(bound, steps)
        self.bounds += [(c, c.value(b)) for c, b in zip(pack.costs, bounds, strict=True)]
        return Answer.FOUND

    def _steps(self, pack: Pack) -> tuple[int, ...]:
        return tuple(value_of(cost.steps, self.values) for cost in pack.costs)
