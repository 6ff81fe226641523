"""Where a student stands by the record, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.metadata import version as version_of

from pydantic import TypeAdapter

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult, Measure, RequirementResult, Status
from pathloom.engine.errors import RuleError
from pathloom.engine.planner.types import Finding, Level
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.nodes import RuleSet
from pathloom.portal.core.queries import today
from pathloom.portal.plans.models import GraduationPlan, PlanVersion, StudentAudit
from pathloom.portal.plans.queries.versions import plan_of
from pathloom.portal.programs.snapshot import catalog_with_families
from pathloom.portal.records.models import Enrollment, Student
from pathloom.portal.records.queries import present_enrollment
from pathloom.portal.records.snapshot import (
    fingerprint,
    record_hash,
    record_of,
    ruleset_for,
)

AUDITED_FROM = 8  # the grade in which planning begins

_AUDIT = TypeAdapter(AuditResult)
_FINDINGS = TypeAdapter(tuple[Finding, ...])


@dataclass(frozen=True, slots=True)
class Area:
    """One requirement area in short, the total last; amounts in hundredths of a unit."""

    id: str
    title: str
    status: str
    need: int
    earned: int
    in_progress: int
    planned: int
    short: int


class NextStep(StrEnum):
    """The one thing a student can do next."""

    NOT_YET = "not_yet"  # planning begins in a later grade
    START = "start"  # no plan yet
    FINISH = "finish"  # the draft has a stop finding, or something is still missing
    SUBMIT = "submit"  # the draft is ready to hand in
    WAIT = "wait"  # handed in, others sign next
    REVISE = "revise"  # sent back with words
    DONE = "done"  # signed


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a student stands: ``audit`` by the record alone.

    It is None before planning begins, and where no rules hold for the cohort; then ``no_rules``
    says so in words.
    """

    student: Student
    enrollment: Enrollment | None
    as_of: date
    record: StudentRecord
    audit: AuditResult | None
    areas: tuple[Area, ...]
    first_missing: str
    no_rules: str
    plan: GraduationPlan | None
    next_step: NextStep


def audit_of(version: PlanVersion) -> AuditResult:
    """The audit kept with a version: the record together with what the plan adds."""
    return _AUDIT.validate_python(version.audit)


def findings_of(version: PlanVersion) -> tuple[Finding, ...]:
    """The findings kept with a version, in the order of the plan."""
    return _FINDINGS.validate_python(version.findings)


def areas_of(result: AuditResult) -> tuple[Area, ...]:
    """The areas that ask for credit, in the order of the rule file, the total last."""
    areas = (each for each in result.requirements if each.measure is Measure.CREDIT)
    return tuple(_area(each) for each in (*areas, result.total))


def first_missing(result: AuditResult) -> str:
    """The first thing still missing, in the words of the audit; empty when nothing is."""
    everything = (*result.walk(), result.total)
    short = (each for each in everything if each.status is Status.SHORT and each.needed)
    return next((each.fixes[0] if each.fixes else each.why for each in short), "")


def input_hash(record: StudentRecord, ruleset: RuleSet) -> str:
    """What an audit of the record depends on, apart from the catalog's hints."""
    return fingerprint((record_hash(record), ruleset_hash(ruleset), engine_version()))


@cache
def ruleset_hash(ruleset: RuleSet) -> str:
    """The content of a rule set: an edited rule file makes kept audits stale."""
    return fingerprint(ruleset)


@cache
def engine_version() -> str:
    """The version of the engine that made an audit or a plan."""
    return version_of("pathloom")


def where_i_stand(student: Student) -> Standing:
    """Where the student stands today, by the kept audit; by a fresh one where that is stale.

    Nothing is written: ``actions.refresh_audits`` keeps audits. At most twelve queries.
    """
    day = today(student.district)
    enrollment = present_enrollment(student, on=day)
    record = record_of(student, on=day)
    result, no_rules = _audit(student, enrollment, record, day)
    plan = plan_of(student)
    return Standing(
        student=student,
        enrollment=enrollment,
        as_of=day,
        record=record,
        audit=result,
        areas=areas_of(result) if result else (),
        first_missing=first_missing(result) if result else "",
        no_rules=no_rules,
        plan=plan,
        next_step=next_step(enrollment, plan),
    )


def _audit(
    student: Student, enrollment: Enrollment | None, record: StudentRecord, day: date
) -> tuple[AuditResult | None, str]:
    if enrollment is None or enrollment.grade < AUDITED_FROM:
        return None, ""
    try:
        ruleset = ruleset_for(student, entered=record.entered_grade_9, as_of=day)
    except RuleError as error:
        return None, f"{error.what}. {error.fix}"
    kept = StudentAudit.objects.filter(student=student).first()
    if kept is not None and kept.input_hash == input_hash(record, ruleset):
        return _AUDIT.validate_python(kept.result), ""
    return audit(record, ruleset, catalog=catalog_with_families(enrollment.school), as_of=day), ""


def next_step(enrollment: Enrollment | None, plan: GraduationPlan | None) -> NextStep:
    """What the student does next, from the newest version of the plan."""
    if enrollment is None or enrollment.grade < AUDITED_FROM:
        return NextStep.NOT_YET
    if plan is None or plan.head is None:
        return NextStep.START
    match plan.head.state:
        case PlanVersion.State.SUBMITTED:
            return NextStep.WAIT
        case PlanVersion.State.RETURNED:
            return NextStep.REVISE
        case PlanVersion.State.SIGNED:
            return NextStep.DONE
        case _:
            ready = plan.head.audit_status != Status.SHORT and not stops(plan.head.findings)
            return NextStep.SUBMIT if ready else NextStep.FINISH


def stops(findings: list[Mapping[str, str]]) -> bool:
    """Whether a kept finding says that the plan cannot be carried out."""
    return any(finding["level"] == Level.STOP for finding in findings)


def _area(each: RequirementResult) -> Area:
    return Area(
        id=each.id,
        title=each.title,
        status=each.status,
        need=each.need,
        earned=each.earned,
        in_progress=each.in_progress,
        planned=each.planned,
        short=each.short,
    )
