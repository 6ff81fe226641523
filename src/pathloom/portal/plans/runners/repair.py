"""The nearest plan that works again, worked out and kept in short."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from pydantic import TypeAdapter

from pathloom.engine.planner.moves import PlanChange
from pathloom.engine.planner.repair import Repaired, repair
from pathloom.engine.planner.types import GoalValue, Infeasible, Placement, Proof, Undecided
from pathloom.engine.planner.watch import Watch
from pathloom.portal.plans.actions.versions import Planned
from pathloom.portal.plans.runners.answers import Answers, keeps
from pathloom.portal.plans.runners.question import Question, about_the_plan


@dataclass(frozen=True, slots=True)
class Mended:
    """What changes, why it has to, and the plan that comes of it; no changes: the plan holds."""

    changes: tuple[PlanChange, ...]
    because: tuple[str, ...]
    placements: tuple[Placement, ...]
    goals: tuple[GoalValue, ...]
    proof: Proof
    left: tuple[str, ...]

    def planned(self, inputs_hash: str) -> Planned:
        """What the version says that comes of it."""
        goals = [asdict(each) for each in self.goals]
        return Planned(inputs_hash, goals, self.proof, list(self.left))


def mend(question: Question, *, watch: Watch) -> Mended | Infeasible | Undecided:
    """Find the valid plan that changes least of the one that is there.

    A plan with nothing wrong stays as it is, even where another would be a little better.
    """
    found = repair(question.request, as_of=question.basis.day, watch=watch)
    if not isinstance(found, Repaired):
        return found
    return Mended(
        changes=found.changes if found.because else (),
        because=found.because,
        placements=found.plan.placements,
        goals=found.plan.goals,
        proof=found.plan.proof,
        left=found.plan.left,
    )


REPAIRS = keeps(
    Answers(
        "repair",
        status="mended",
        form=TypeAdapter(Mended),
        about=about_the_plan,
        find=mend,
        page="plans:student_repair",
    )
)
