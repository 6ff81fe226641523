"""A student's plan turned into the engine's values, and what exactly is signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult
from pathloom.engine.catalog import Catalog
from pathloom.engine.errors import RuleError
from pathloom.engine.planner.outlook import with_plan
from pathloom.engine.planner.types import Placement, PlanRequest, PlanTerm
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import Term
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.queries import planning_of
from pathloom.portal.catalog.snapshot import limits_that_count, terms_of
from pathloom.portal.core.errors import UserError
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.queries import audit_of
from pathloom.portal.plans.queries.wishes import wished, wishes_of
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.snapshot import (
    agreements_for,
    catalog_with_families,
    engine_program,
)
from pathloom.portal.records.models import Enrollment, Student
from pathloom.portal.records.queries import present_enrollment
from pathloom.portal.records.snapshot import fingerprint, record_hash, record_of, ruleset_for


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything a plan is made from on one day; ``asked`` holds what the planner is asked."""

    student: Student
    day: date
    school: School
    grade: int
    asked: PlanRequest

    @property
    def record(self) -> StudentRecord:
        """The student's record."""
        return self.asked.record

    @property
    def ruleset(self) -> RuleSet:
        """The rules of the diploma."""
        return self.asked.ruleset

    @property
    def catalog(self) -> Catalog:
        """What the school offers, with the program of the plan."""
        return self.asked.catalog

    @property
    def terms(self) -> tuple[PlanTerm, ...]:
        """The terms still to come."""
        return self.asked.terms

    @property
    def program(self) -> str:
        """The program of the plan; empty for none."""
        return self.asked.program

    def open_terms(self) -> frozenset[str]:
        """The terms that may still be edited, written as in a version."""
        return frozenset(str(entry.term) for entry in self.terms)

    def ahead(self, placements: Iterable[Sequence[str]]) -> tuple[Placement, ...]:
        """The placements in terms still to come; the record says what became of the others."""
        open_terms = self.open_terms()
        return tuple(
            Placement(course, Term.parse(term)) for course, term in placements if term in open_terms
        )

    def request(self, *, previous: Iterable[Sequence[str]] = ()) -> PlanRequest:
        """What the planner and the checker are asked, with a plan to stay close to."""
        return replace(self.asked, previous=self.ahead(previous))

    def planned_record(self, placements: Iterable[Sequence[str]]) -> StudentRecord:
        """The record with the courses of a plan added as planned.

        A course that the catalog no longer has adds nothing; the check names it.
        """
        offered = {course.id for course in self.catalog.courses}
        known = [place for place in self.ahead(placements) if place.course in offered]
        return with_plan(self.record, known, self.catalog)


@dataclass(frozen=True, slots=True)
class Ground:
    """What an audit rests on: the record with the plan added, the rules, the courses offered."""

    student: Student
    day: date
    school: School
    record: StudentRecord
    ruleset: RuleSet
    catalog: Catalog

    def audit(
        self, *, record: StudentRecord | None = None, ruleset: RuleSet | None = None
    ) -> AuditResult:
        """The audit of today; of another record or under other rules where they are given."""
        return audit(
            record or self.record,
            ruleset or self.ruleset,
            catalog=self.catalog,
            as_of=self.day,
        )


def ground_of(student: Student, *, version: PlanVersion | None, on: date) -> Ground:
    """Read what an audit depends on, with the placements of a version; at most eleven queries.

    Raises:
        UserError: the student is not enrolled, or no rules hold.
    """
    if version is not None:
        basis = basis_of_version(version, on=on)
        return Ground(
            student=student,
            day=on,
            school=basis.school,
            record=basis.planned_record(version.placements),
            ruleset=basis.ruleset,
            catalog=basis.catalog,
        )
    school = _enrollment(student, on).school
    record = record_of(student, on=on)
    return Ground(
        student=student,
        day=on,
        school=school,
        record=record,
        ruleset=_ruleset(student, record, on),
        catalog=catalog_with_families(school),
    )


def basis_of(student: Student, *, program_version: ProgramVersion | None, on: date) -> Basis:
    """Read what a plan depends on, wishes and locks included; at most eleven queries.

    Raises:
        UserError: the student is not enrolled, no high school is chosen, or no rules hold.
    """
    enrollment = _enrollment(student, on)
    school = _high_school(enrollment, program_version)
    record = record_of(student, on=on)
    catalog = _catalog(school, program_version)
    planning, agreements = planning_of(school), agreements_for(student.district_id)
    asked = PlanRequest(
        record=record,
        ruleset=_ruleset(student, record, on),
        catalog=catalog,
        terms=terms_of(record, enrollment.grade, catalog, planning=planning, on=on),
        program=program_version.program.slug if program_version else "",
        limits=limits_that_count(planning, agreements=agreements is not None),
        agreements=agreements,
    )
    return Basis(
        student=student,
        day=on,
        school=school,
        grade=enrollment.grade,
        asked=wished(asked, wishes_of(student), as_of=on),
    )


def basis_of_version(version: PlanVersion, *, on: date) -> Basis:
    """The basis of a version's plan as it is on a day."""
    return basis_of(version.plan.student, program_version=version.program_version, on=on)


def audit_now(version: PlanVersion, basis: Basis) -> AuditResult:
    """The audit kept with a version; a new one where the record has changed since."""
    if version.record_hash == record_hash(basis.record):
        return audit_of(version)
    return audit(
        basis.planned_record(version.placements),
        basis.ruleset,
        catalog=basis.catalog,
        as_of=basis.day,
    )


def signed_content(version: PlanVersion) -> dict[str, Any]:
    """Exactly what is signed: change any of it and the hash is another."""
    return {
        "student": version.plan.student_id,
        "plan": version.plan_id,
        "version": version.number,
        "placements": [list(place) for place in version.placements],
        "program_version": version.program_version_id,
        "ruleset": version.ruleset,
        "audit_status": str(version.audit_status),
        "catalog_hash": version.catalog_hash,
        "record_hash": version.record_hash,
    }


def content_hash(version: PlanVersion) -> str:
    """SHA-256 of the canonical JSON of what is signed."""
    return fingerprint(signed_content(version))


def _enrollment(student: Student, on: date) -> Enrollment:
    enrollment = present_enrollment(student, on=on)
    if enrollment is None:
        raise UserError(
            _("{name} is not enrolled at a school now.").format(name=student.name),
            _("Ask the school office to enter the enrollment."),
        )
    return enrollment


def _high_school(enrollment: Enrollment, program_version: ProgramVersion | None) -> School:
    if enrollment.school.level == School.Level.HIGH:
        return enrollment.school
    if program_version is not None:
        return program_version.program.school
    raise UserError(
        _("No high school is chosen yet."), _("Choose a program of study of a high school first.")
    )


def _ruleset(student: Student, record: StudentRecord, on: date) -> RuleSet:
    try:
        return ruleset_for(student, entered=record.entered_grade_9, as_of=on)
    except RuleError as error:
        raise UserError(f"{error.what}.", error.fix) from error


def _catalog(school: School, program_version: ProgramVersion | None) -> Catalog:
    catalog = catalog_with_families(school)
    if program_version is None:
        return catalog
    return replace(catalog, programs=(engine_program(program_version),))
