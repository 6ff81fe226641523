"""Loading the demo district into an empty database, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from pathloom.engine.units import SchoolYear
from pathloom.portal.accounts.models import District, RoleCode, RoleGrant, School, User
from pathloom.portal.catalog.models import Course, SchoolPlanning
from pathloom.portal.catalog.snapshot import LIMITS
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.demo.actions.courses import add_courses, add_offerings
from pathloom.portal.demo.actions.district import (
    GEORGIA,
    PASSWORD,
    Demo,
    about,
    agreements,
    catalog,
    demo,
    programs,
)
from pathloom.portal.demo.actions.people import Learner, Population, generate
from pathloom.portal.demo.actions.plans import make_plan
from pathloom.portal.demo.actions.writing import go_on_writing
from pathloom.portal.plans.actions import refresh_audits
from pathloom.portal.programs.actions.agreements import publish_agreements
from pathloom.portal.programs.actions.publish import publish_program
from pathloom.portal.programs.models import CollegeAgreements, ProgramOfStudy, ProgramVersion
from pathloom.portal.programs.queries.agreements import seen_hash
from pathloom.portal.programs.queries.frameworks import OF_STATES
from pathloom.portal.programs.snapshot import AGREEMENTS
from pathloom.portal.records.actions import add_exception
from pathloom.portal.records.models import (
    CaseloadAssignment,
    CourseRecord,
    Enrollment,
    Guardianship,
    StaffException,
    Student,
)

Say = Callable[[str], None]


@dataclass(slots=True)
class _Rows:
    """What is in the database so far, by the names of the data files."""

    data: Demo
    district: District
    schools: dict[str, School] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    students: dict[str, Student] = field(default_factory=dict)  # by number and by user name

    @property
    def began(self) -> date:
        """The first day of the school year."""
        return date(SchoolYear.of(self.data.district.today).start, 8, 3)


@transaction.atomic
def load_demo(of: str = GEORGIA, *, seed: int | None = None, say: Say = lambda line: None) -> bool:
    """Put a demo district into the database; one event, besides those of its plans.

    Several may stand side by side: no two share a person, a school or a student number.

    Args:
        of: one of ``DEMOS``.
        seed: another seed than the district's own gives other people.
        say: is told the progress, one line at a time.
    Returns:
        False when the district is there already; then nothing is changed.
    Raises:
        UserError: this is not a demonstration.
    """
    data = demo(of)
    if not settings.PATHLOOM_DEMO:
        raise UserError(
            "Demo people may not be loaded here.", "Set PATHLOOM_DEMO=true in a demonstration."
        )
    if District.objects.filter(slug=data.district.slug).exists():
        return False
    people = generate(seed, of=of)
    rows = _add_schools(data)
    _add_staff(rows)
    _add_courses_and_programs(rows)
    say(f"{len(rows.schools)} schools, {len(rows.courses)} courses, {len(programs(of))} programs")
    _add_students(rows, people.students)
    _add_guardians(rows, people)
    say(f"{len(people.students)} students, {len(rows.users)} people who can sign in")
    _add_exceptions(rows)
    audited = refresh_audits(students=_in_order(rows, people.students))
    say(f"{audited} audits")
    planned = [learner for learner in people.students if learner.plan]
    for learner in planned:
        make_plan(
            rows.students[learner.number],
            program=_program(rows, learner),
            state=learner.plan,
            as_of=data.district.today,
            ahead=learner.ahead,
        )
    say(f"{len(planned)} graduation plans")
    record_event(
        by=None,
        action="demo.load_demo",
        obj=rows.district,
        district_id=rows.district.pk,
        data={"students": len(people.students), "plans": len(planned)},
    )
    return True


def _add_schools(data: Demo) -> _Rows:
    district = District.objects.create(
        slug=data.district.slug,
        name=data.district.name,
        jurisdiction=data.district.jurisdiction,
        demo_today=data.district.today,
        counselors_grant=data.district.counselors_grant,
    )
    schools = School.objects.bulk_create(
        School(
            district=district,
            slug=school.slug,
            name=school.name,
            level=school.level,
            monogram=school.monogram,
            logo=school.logo,
            brand_color=school.brand_color,
            address_line=school.address_line,
            counselor_office=school.counselor_office,
        )
        for school in data.schools
    )
    SchoolPlanning.objects.bulk_create(
        SchoolPlanning(
            school=school,
            periods=about_it.periods,
            limits=LIMITS.dump_python(about_it.limits, mode="json"),
        )
        for school, about_it in zip(schools, data.schools, strict=True)
        if about_it.periods is not None
    )
    return _Rows(data, district, {school.slug: school for school in schools})


def _add_staff(rows: _Rows) -> None:
    _add_users(rows, ((person.user, f"{person.first} {person.last}") for person in rows.data.staff))
    _grant(rows, ((person.user, person.role, person.school) for person in rows.data.staff))


def _add_users(rows: _Rows, people: Iterable[tuple[str, str]]) -> None:
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(username=name, display_name=shown, district=rows.district, password=password)
        for name, shown in people
    )
    rows.users.update({user.username: user for user in users})


def _grant(rows: _Rows, grants: Iterable[tuple[str, str, str]]) -> None:
    """Grant roles: user name, role, school or empty for the whole district."""
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=rows.users[name],
            role=role,
            school=rows.schools[school] if school else None,
            district=None if school else rows.district,
            starts_on=rows.began,
        )
        for name, role, school in grants
    )


def _add_courses_and_programs(rows: _Rows) -> None:
    rows.courses = add_courses(
        district=rows.district, catalog=catalog(rows.data.id), about=about(rows.data.id)
    )
    add_offerings(
        {
            rows.schools[school.slug]: [code for code in rows.courses if school.offers(code)]
            for school in rows.data.schools
        },
        courses=rows.courses,
    )
    _add_programs(rows)
    _add_agreements(rows)


def _add_programs(rows: _Rows) -> None:
    """Programs that are published, each with an owner, and what goes on about some of them."""
    going_on = {each.program: each for each in rows.data.writing}
    for data in programs(rows.data.id):
        author = _first(rows, RoleCode.TEACHER, data.school)
        program = ProgramOfStudy.objects.create(
            school=rows.schools[data.school],
            owner=author,
            slug=data.slug,
            framework=OF_STATES[rows.district.jurisdiction],
            cluster=data.cluster,
            pathway=data.pathway,
        )
        version = ProgramVersion.objects.create(
            program=program,
            number=1,
            title=data.title,
            summary=data.summary,
            content=data.content,
            author=author,
            state=ProgramVersion.State.IN_REVIEW,
            submitted_at=timezone.now(),
        )
        publish_program(version, by=_first(rows, RoleCode.SCHOOL_ADMIN, data.school))
        if data.slug in going_on:
            go_on_writing(program, going_on[data.slug], people=rows.users)


def _add_agreements(rows: _Rows) -> None:
    agreed = CollegeAgreements.objects.create(
        district=rows.district,
        number=1,
        content=AGREEMENTS.dump_python(agreements(rows.data.id), mode="json"),
        author=_first(rows, RoleCode.SCHOOL_ADMIN, rows.data.schools[0].slug),
        submitted_at=timezone.now(),
    )
    publish_agreements(agreed, by=_first(rows, RoleCode.DISTRICT_ADMIN, ""), seen=seen_hash(agreed))


def _first(rows: _Rows, role: str, school: str) -> User:
    who = next(p for p in rows.data.staff if (p.role, p.school) == (role, school))
    return rows.users[who.user]


def _add_students(rows: _Rows, learners: tuple[Learner, ...]) -> None:
    _add_users(rows, ((each.user, f"{each.first} {each.last}") for each in learners if each.user))
    _grant(rows, ((each.user, RoleCode.STUDENT, each.school) for each in learners if each.user))
    students = Student.objects.bulk_create(
        Student(
            user=rows.users.get(each.user),
            district=rows.district,
            number=each.number,
            first_name=each.first,
            last_name=each.last,
            born_on=each.born_on,
            entered_grade_9=each.entered_grade_9,
        )
        for each in learners
    )
    rows.students.update({student.number: student for student in students})
    rows.students.update({each.user: rows.students[each.number] for each in learners if each.user})
    Enrollment.objects.bulk_create(
        Enrollment(
            student=rows.students[each.number],
            school=rows.schools[each.school],
            grade=each.grade,
            school_year=str(SchoolYear.of(rows.data.district.today)),
            starts_on=rows.began,
        )
        for each in learners
    )
    CaseloadAssignment.objects.bulk_create(
        CaseloadAssignment(
            counselor=rows.users[each.counselor],
            student=rows.students[each.number],
            starts_on=rows.began,
        )
        for each in learners
    )
    _add_course_records(rows, learners)


def _add_course_records(rows: _Rows, learners: tuple[Learner, ...]) -> None:
    CourseRecord.objects.bulk_create(
        [
            CourseRecord(
                student=rows.students[each.number],
                course=rows.courses[line.code] if line.code else None,
                title=line.title,
                number=line.number,
                subject=line.subject,
                tags=list(line.tags),
                credits=line.credits,
                state=line.state.value,
                term=str(line.term),
                mark=line.mark,
            )
            for each in learners
            for line in each.records
        ],
        batch_size=1000,
    )


def _add_guardians(rows: _Rows, people: Population) -> None:
    _add_users(rows, ((each.user, f"{each.first} {each.last}") for each in people.guardians))
    _grant(rows, ((each.user, RoleCode.GUARDIAN, "") for each in people.guardians))
    Guardianship.objects.bulk_create(
        Guardianship(
            guardian=rows.users[each.user],
            student=rows.students[child],
            relation=each.relation,
            barred_by_order=each.barred,
        )
        for each in people.guardians
        for child in each.children
    )


def _add_exceptions(rows: _Rows) -> None:
    """Let staff decide what the data files say, where the student has such a course."""
    for each in rows.data.exceptions:
        student = rows.students[each.student]
        taken = student.course_records.filter(course=None, subject=each.subject)
        record = taken.order_by("term", "title").first()
        if record is not None:
            add_exception(
                student=student,
                by=rows.users[each.by],
                kind=StaffException.Kind.SUBSTITUTE,
                requirement=each.requirement,
                record=record,
                why=each.why,
            )


def _in_order(rows: _Rows, learners: tuple[Learner, ...]) -> list[Student]:
    return [rows.students[each.number] for each in learners]


def _program(rows: _Rows, learner: Learner) -> ProgramOfStudy | None:
    if not learner.program:
        return None
    return ProgramOfStudy.objects.get(school=rows.schools[learner.school], slug=learner.program)
