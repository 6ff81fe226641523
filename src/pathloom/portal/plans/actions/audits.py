"""Keeping where each student stands, so that no page audits a whole caseload."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from pydantic import TypeAdapter

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult
from pathloom.engine.catalog import Catalog
from pathloom.engine.errors import RuleError
from pathloom.portal.accounts.models import User
from pathloom.portal.core.events import record_event
from pathloom.portal.core.queries import today
from pathloom.portal.plans.models import GraduationPlan, PlanVersion, StudentAudit
from pathloom.portal.plans.queries import AUDITED_FROM, areas_of, first_missing, input_hash
from pathloom.portal.plans.snapshot import ground_of
from pathloom.portal.programs.snapshot import catalog_with_families
from pathloom.portal.records.models import Enrollment, Student
from pathloom.portal.records.queries import present_enrollments
from pathloom.portal.records.snapshot import fingerprint, record_hash, records_of, ruleset_for

_AUDIT = TypeAdapter(AuditResult)
_UPDATED = (
    "input_hash",
    "catalog_hash",
    "result",
    "status",
    "short",
    "sentence",
    "first_missing",
    "areas",
    "plan_version",
    "plan_status",
    "plan_areas",
    "computed_at",
)


@dataclass(frozen=True, slots=True)
class _Made:
    student: Student
    input_hash: str
    catalog_hash: str
    result: AuditResult
    head: PlanVersion | None  # where the record has changed since it was made
    planned: AuditResult | None


def refresh_audits(*, students: Iterable[Student], by: User | None = None) -> int:
    """Audit the students whose kept audit is missing or stale and keep the results.

    The engine works before the transaction, so nobody waits for it. Records are read in a
    constant number of queries, catalogs in one per school; a plan is only audited again, in a few
    queries of its own, where the record has changed since its newest version.

    Args:
        students: of one district; those before planning begins or without rules are passed over.
        by: who asked for it; None is the system.
    Returns:
        How many audits were made; none, and no event, where nothing they depend on has changed.
    """
    wanted = list(students)
    if not wanted:
        return 0
    made = _stale(wanted, day=today(wanted[0].district))
    if made:
        _keep(made, by=by)
    return len(made)


@transaction.atomic
def _keep(made: list[_Made], *, by: User | None) -> None:
    now = timezone.now()
    StudentAudit.objects.bulk_create(
        [
            StudentAudit(
                student=each.student,
                input_hash=each.input_hash,
                catalog_hash=each.catalog_hash,
                result=_AUDIT.dump_python(each.result, mode="json"),
                status=each.result.status,
                short=_short(each.result),
                sentence=each.result.sentence,
                first_missing=first_missing(each.result),
                areas=[asdict(area) for area in areas_of(each.result)],
                plan_version=each.head,
                plan_status=each.planned.status if each.planned else "",
                plan_areas=_areas(each.planned),
                computed_at=now,
            )
            for each in made
        ],
        update_conflicts=True,
        unique_fields=("student",),
        update_fields=_UPDATED,
    )
    district = made[0].student.district
    record_event(
        by=by,
        action="plans.refresh_audits",
        obj=district,
        student_id=made[0].student.pk if len(made) == 1 else None,
        district_id=district.pk,
        data={"audits": len(made)},
    )


def _stale(students: list[Student], *, day: date) -> list[_Made]:
    enrollments = present_enrollments(students, on=day)
    records = records_of(students, on=day)
    catalogs = _catalogs(enrollments.values())
    kept = {
        audit.student_id: (audit.input_hash, audit.catalog_hash)
        for audit in StudentAudit.objects.filter(student__in=list(records)).defer("result")
    }
    heads = _heads(records)
    made = []
    for student in students:
        enrollment = enrollments.get(student.pk)
        if enrollment is None or enrollment.grade < AUDITED_FROM:
            continue
        record = records[student.pk]
        try:
            ruleset = ruleset_for(student, entered=record.entered_grade_9, as_of=day)
        except RuleError:
            continue  # no rules for this cohort: the student's own page says so
        catalog, catalog_hash = catalogs[enrollment.school_id]
        hashes = (input_hash(record, ruleset), catalog_hash)
        if kept.get(student.pk) != hashes:
            result = audit(record, ruleset, catalog=catalog, as_of=day)
            head = heads.get(student.pk)
            if head is None or head.record_hash == record_hash(record):
                made.append(_Made(student, *hashes, result, None, None))
            else:
                planned = ground_of(student, version=head, on=day).audit()
                made.append(_Made(student, *hashes, result, head, planned))
    return made


def _heads(students: Iterable[int]) -> dict[int, PlanVersion]:
    """Student id -> the newest version of the plan; one query."""
    plans = GraduationPlan.objects.filter(student__in=list(students), head__isnull=False)
    loaded = plans.select_related(
        "head__plan__student__district", "head__program_version__program__school__district"
    ).defer("head__audit")
    return {plan.student_id: plan.head for plan in loaded if plan.head is not None}


def _areas(planned: AuditResult | None) -> list[dict[str, Any]]:
    """The areas without the total, as lists show them."""
    return [asdict(area) for area in areas_of(planned)[:-1]] if planned else []


def _short(result: AuditResult) -> int:
    *areas, total = areas_of(result)
    return max(total.short, sum(area.short for area in areas))


def _catalogs(enrollments: Iterable[Enrollment]) -> dict[int, tuple[Catalog, str]]:
    schools = {
        enrollment.school_id: enrollment.school
        for enrollment in enrollments
        if enrollment.grade >= AUDITED_FROM
    }
    catalogs = {pk: catalog_with_families(school) for pk, school in schools.items()}
    return {pk: (catalog, fingerprint(catalog)) for pk, catalog in catalogs.items()}
