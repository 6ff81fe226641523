"""Why there is no plan, and what would make one possible."""

from __future__ import annotations

from typing import TypedDict

from django.utils.translation import gettext as _

from pathloom.portal.plans.models import PlanJob


class FixButton(TypedDict):
    """A change that would help; ``usable`` by the reader with one click, or to ``ask`` for."""

    number: int
    sentence: str
    usable: bool
    ask: bool


class NoPlan(TypedDict):
    """Why there is no plan; ``current``: whether the same would be answered today.

    ``do`` is what the button beside each change says.
    """

    pk: int
    message: str
    reasons: list[str]
    fixes: list[FixButton]
    do: str
    program: int | None
    current: bool


def no_plan(job: PlanJob, *, mine: bool, staff: bool, current: bool) -> NoPlan:
    """Why a job found no plan, with a button for each change that would help.

    Args:
        mine: whether the reader is the student, who decides all but what is for staff.
        staff: whether the reader decides that.
        current: whether the question of the job is that of today.
    """
    answer = job.result or {}
    fixes: list[FixButton] = [
        {
            "number": number,
            "sentence": fix["sentence"],
            "usable": bool(fix["changes"]) and current and (staff if fix["staff"] else mine),
            "ask": mine and fix["staff"],
        }
        for number, fix in enumerate(answer.get("fixes", []))
    ]
    return {
        "pk": job.pk,
        "message": answer.get("sentence", ""),
        "reasons": answer.get("reasons", []),
        "fixes": fixes,
        "do": _do(job) if mine else _("Do this"),
        "program": job.options.get("program"),
        "current": current,
    }


def _do(job: PlanJob) -> str:
    match job.kind:
        case PlanJob.Kind.REPAIR:
            return _("Do this and repair again")
        case PlanJob.Kind.ALTERNATIVES:
            return _("Do this and look again")
    return _("Do this and plan again")
