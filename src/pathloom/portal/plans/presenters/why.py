"""Why a plan is as it is: each goal in words, how sure it is, and what stays open after it."""

from __future__ import annotations

from typing import TypedDict

from django.utils.translation import gettext as _

from pathloom.engine.planner.types import Proof
from pathloom.portal.plans.models import PlanVersion


class Goal(TypedDict):
    """``proved``: no plan does better in it that is as good in the goals before it."""

    words: str
    proved: bool
    proof: str


class WhyPlan(TypedDict):
    """``sentence`` says how sure the whole is; no goals where people made the plan."""

    sentence: str
    goals: list[Goal]
    open: list[str]


def why_plan(version: PlanVersion) -> WhyPlan | None:
    """What the planner said of the plan it made; None for a plan made or changed by hand."""
    if not version.inputs_hash:
        return None
    proved = version.proof == Proof.OPTIMAL
    return {
        "sentence": _("No plan is better for what you asked, in this order.")
        if proved
        else _("This is the best plan found so far."),
        "goals": [_goal(goal, all_proved=proved) for goal in version.goals],
        "open": list(version.still_open),
    }


def _goal(goal: dict[str, int | str], *, all_proved: bool) -> Goal:
    proved = all_proved or goal["value"] == goal["bound"]
    return {
        "words": str(goal["words"]),
        "proved": proved,
        "proof": _("proved best") if proved else _("best found so far"),
    }
