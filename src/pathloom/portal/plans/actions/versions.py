"""Writing one new version: claim the plan first, then keep what was made."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.engine.units import Term
from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import Conflict
from pathloom.portal.core.events import record_event
from pathloom.portal.plans.checks import Assessment, Places
from pathloom.portal.plans.models import GraduationPlan, PlanVersion
from pathloom.portal.plans.queries import engine_version
from pathloom.portal.plans.snapshot import Basis, content_hash
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.records.snapshot import fingerprint, record_hash


@dataclass(frozen=True, slots=True)
class Planned:
    """What the planner says of a plan it made; see ``PlanVersion``."""

    inputs_hash: str
    goals: list[dict[str, Any]]
    proof: str
    still_open: list[str]


BY_HAND = Planned("", [], "", [])


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new version will say."""

    placements: Places
    program_version: ProgramVersion | None
    why: str
    restores: PlanVersion | None = None
    planned: Planned = BY_HAND


def claim(plan: GraduationPlan, *, expected_head: int | None) -> PlanVersion | None:
    """Take the plan for one change, if its newest version is still the expected one.

    The comparison and the write are one UPDATE: of two editors who saw the same version exactly
    one gets a row. On PostgreSQL the row stays locked until the transaction ends, on SQLite the
    transaction holds the write lock from its start.

    Raises:
        Conflict: the plan has moved on; ``changes`` says what the others did.
    """
    seen = {"head": expected_head} if expected_head is not None else {"head__isnull": True}
    if not GraduationPlan.objects.filter(pk=plan.pk, **seen).update(lock=F("lock") + 1):
        raise conflict(plan, expected_head=expected_head)
    if expected_head is None:
        return None
    return PlanVersion.objects.select_related(
        "plan__student__district", "program_version__program__school"
    ).get(pk=expected_head)


def conflict(plan: GraduationPlan, *, expected_head: int | None) -> Conflict:
    """The plan has moved on: what was done after the version that was expected."""
    seen = plan.versions.filter(pk=expected_head or 0).first()
    newer = plan.versions.filter(number__gt=seen.number if seen else 0)
    return Conflict(
        _("This plan has changed since you opened it. Your change was not saved."),
        _("Read what changed, then do yours again if you still want it."),
        changes=tuple(
            f"{version.made_by.get_full_name()}: {version.why}"
            for version in newer.select_related("made_by").order_by("number")
        ),
    )


def keep_version(
    plan: GraduationPlan,
    *,
    parent: PlanVersion | None,
    draft: Draft,
    basis: Basis,
    assessed: Assessment,
    by: User,
    action: str,
    data: dict[str, Any] | None = None,
) -> PlanVersion:
    """Write the next version, make it the head, and record the one event of the action.

    The plan is already claimed in this transaction.
    """
    version = PlanVersion(
        plan=plan,
        number=parent.number + 1 if parent else 1,
        parent=parent,
        restores=draft.restores,
        placements=in_order(draft.placements),
        program_version=draft.program_version,
        why=draft.why,
        made_by=by,
        made_at=timezone.now(),
        audit=assessed.audit,
        audit_status=assessed.status,
        findings=assessed.findings,
        ruleset=basis.ruleset.id,
        engine_version=engine_version(),
        catalog_hash=fingerprint(basis.catalog),
        record_hash=record_hash(basis.record),
        **asdict(draft.planned),
    )
    version.content_hash = content_hash(version)
    version.save(force_insert=True)
    program = draft.program_version.program if draft.program_version else None
    GraduationPlan.objects.filter(pk=plan.pk).update(head=version, program=program)
    record_event(
        by=by,
        action=f"plans.{action}",
        obj=version,
        student_id=plan.student_id,
        district_id=plan.student.district_id,
        data={"plan": plan.pk, "version": version.number, **(data or {})},
    )
    return version


def in_order(places: Places) -> Places:
    """Placements in calendar order, then by course."""
    return sorted(places, key=lambda place: (Term.parse(place[1]).order, place[1], place[0]))
