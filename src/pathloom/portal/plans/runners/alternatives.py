"""Other plans beside the one a student has, worked out and kept in short."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from pathloom.engine.planner.alternatives import Alternative, Alternatives, alternatives
from pathloom.engine.planner.figures import Figure, figures
from pathloom.engine.planner.moves import PlanChange, changes_between
from pathloom.engine.planner.repair import plan_before
from pathloom.engine.planner.types import Infeasible, Placement, PlanRequest, Proof, Undecided
from pathloom.engine.planner.watch import Watch
from pathloom.portal.plans.actions.versions import Planned
from pathloom.portal.plans.runners.answers import Answers, keeps
from pathloom.portal.plans.runners.question import Question, about_the_plan


@dataclass(frozen=True, slots=True)
class Other:
    """Another plan: what it reaches of each goal, and what differs from the plan that is there."""

    title: str
    figures: tuple[Figure, ...]
    changes: tuple[PlanChange, ...]
    placements: tuple[Placement, ...]
    proved: bool
    left: tuple[str, ...]

    def planned(self, inputs_hash: str) -> Planned:
        """What the version says that comes of it: it was made for other goals than are stated."""
        return Planned(inputs_hash, goals=[], proof="", still_open=list(self.left))


@dataclass(frozen=True, slots=True)
class Compared:
    """The plan that is there, and up to three others.

    ``wrong`` says what is wrong with the plan that is there; ``missing`` why there are not three.
    """

    present: tuple[Figure, ...]
    wrong: tuple[str, ...]
    others: tuple[Other, ...]
    missing: tuple[str, ...]


def compare_plans(question: Question, *, watch: Watch) -> Compared | Infeasible | Undecided:
    """Find plans that differ from the one that is there, and from each other."""
    basis, request = question.basis, question.request
    found = alternatives(request, as_of=basis.day, watch=watch)
    if not isinstance(found, Alternatives):
        return found
    present = plan_before(request, as_of=basis.day)
    others = (_other(present.request, present.placements, each) for each in found.others)
    return Compared(
        present=figures(present.request, present.placements),
        wrong=present.broke,
        others=tuple(each for each in others if each.changes),
        missing=found.missing,
    )


def _other(request: PlanRequest, present: tuple[Placement, ...], found: Alternative) -> Other:
    return Other(
        title=found.title,
        figures=figures(request, found.plan.placements),
        changes=changes_between(request, present, found.plan.placements),
        placements=found.plan.placements,
        proved=found.plan.proof is Proof.OPTIMAL,
        left=found.plan.left,
    )


OTHER_PLANS = keeps(
    Answers(
        "alternatives",
        status="compared",
        form=TypeAdapter(Compared),
        about=about_the_plan,
        find=compare_plans,
        page="plans:student_alternatives",
    )
)
