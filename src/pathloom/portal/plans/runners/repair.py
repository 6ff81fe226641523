"""The nearest plan that works again, worked out and kept in short."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.urls import reverse
from pydantic import TypeAdapter

from pathloom.engine.planner.moves import PlanChange
from pathloom.engine.planner.repair import Repaired, repair
from pathloom.engine.planner.request import plan_document
from pathloom.engine.planner.types import GoalValue, Infeasible, Placement, Proof, Undecided
from pathloom.engine.planner.watch import Watch
from pathloom.portal.plans.actions.versions import Planned
from pathloom.portal.plans.jobs import Kind, Result, register
from pathloom.portal.plans.models import PlanJob
from pathloom.portal.plans.runners.question import Question, about_the_plan
from pathloom.portal.records.models import Student


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


_MENDED = TypeAdapter(Mended)


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


def read_mended(result: Result | None) -> Mended | None:
    """Read back what a job kept; None where it kept why there is none."""
    if result is None or result["status"] != "mended":
        return None
    return _MENDED.validate_python(result)


def _work(job: PlanJob, watch: Watch) -> Result:
    answer = mend(about_the_plan(job.student), watch=watch)
    if isinstance(answer, Mended):
        return {"status": "mended", **_MENDED.dump_python(answer, mode="json")}
    return plan_document(answer)


def _inputs(student: Student, options: Result) -> str:
    return about_the_plan(student).hash


def _leads_to(job: PlanJob) -> str:
    return reverse("plans:student_repair", args=[job.student_id])


register(
    Kind(
        "repair",
        inputs=_inputs,
        work=_work,
        leads_to=_leads_to,
        starts_at=_leads_to,
        permission="plan.read",
    )
)
