"""The people of these tests: Alder County, and Birch County as the stranger in every test."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from pathloom.portal.accounts.models import District, RoleGrant, School, User
from pathloom.portal.catalog.models import Course, Offering
from pathloom.portal.programs.models import ProgramOfStudy, ProgramVersion, Publication
from pathloom.portal.records.models import (
    CaseloadAssignment,
    CourseRecord,
    Enrollment,
    Guardianship,
    Student,
)

TODAY = date(2026, 9, 15)  # fall 2026 has begun; spring 2027 is the first term still to come
YESTERDAY = TODAY - timedelta(days=1)
LONG_AGO = date(2024, 8, 1)

COURSES: tuple[tuple[str, str, str, int, tuple[str, ...], dict[str, object] | None], ...] = (
    ("ENG-1", "English 1", "english", 100, (), None),
    ("ENG-2", "Literature", "english", 100, ("literature",), {"course": "ENG-1"}),
    ("SCI-1", "Science", "science", 100, (), None),
    ("SCI-2", "Laboratory", "science", 100, ("laboratory",), {"course": "SCI-1"}),
    ("TEC-1", "Technology 1", "technology", 100, (), None),
    ("TEC-2", "Technology 2", "technology", 100, (), {"course": "TEC-1"}),
    ("FIT-1", "Fitness", "fitness", 50, (), None),
    ("ART-1", "Drawing", "arts", 100, (), None),
    ("ART-2", "Painting", "arts", 100, (), None),
    ("BAND", "Band", "arts", 50, (), None),
)


@dataclass(slots=True)
class Cast:
    """Everybody by first name; see ``set_the_stage`` for who they are."""

    district: District
    other_district: District
    high: School
    other_high: School
    primary: School
    stranger_high: School
    users: dict[str, User] = field(default_factory=dict)
    students: dict[str, Student] = field(default_factory=dict)
    program: ProgramOfStudy | None = None

    def user(self, name: str) -> User:
        return User.objects.get(pk=self.users[name].pk)

    def student(self, name: str) -> Student:
        return Student.objects.select_related("district").get(pk=self.students[name].pk)


def set_the_stage() -> Cast:
    """Two districts with every kind of person around Mira, who is 16 and in grade 11."""
    cast = _places()
    for district, high in ((cast.district, cast.high), (cast.other_district, cast.stranger_high)):
        _catalog(district, high)
    _staff(cast)
    _students(cast)
    _links(cast)
    _records(cast)
    cast.program = _program(cast)
    return cast


def _places() -> Cast:
    alder, birch = (
        District.objects.create(slug=slug, name=name, jurisdiction="us-demo", demo_today=TODAY)
        for slug, name in (("alder", "Alder County"), ("birch", "Birch County"))
    )
    schools = [
        School.objects.create(district=district, slug=slug, name=name, level=level, monogram="X")
        for district, slug, name, level in (
            (alder, "juniper-high", "Juniper High", School.Level.HIGH),
            (alder, "maple-high", "Maple High", School.Level.HIGH),
            (alder, "willow", "Willow Elementary", School.Level.ELEMENTARY),
            (birch, "birch-high", "Birch High", School.Level.HIGH),
        )
    ]
    return Cast(alder, birch, *schools)


def _catalog(district: District, school: School) -> None:
    for code, title, subject, units, tags, prerequisite in COURSES:
        course = Course.objects.create(
            district=district,
            code=code,
            title=title,
            subject=subject,
            credits=units,
            tags=list(tags),
            grades=[9, 10, 11, 12],
            parts=["fall", "spring"],
            prerequisite=prerequisite,
            repeatable=code == "BAND",
        )
        Offering.objects.create(school=school, course=course)


def person(cast: Cast, name: str, role: str, *, school: School | None = None) -> User:
    """Make a person with one role at a school, or in the district where no school is given."""
    district = school.district if school else cast.district
    user = User.objects.create(username=name, display_name=name.title(), district=district)
    RoleGrant.objects.create(
        user=user,
        role=role,
        school=school,
        district=None if school else district,
        starts_on=LONG_AGO,
    )
    cast.users[name] = user
    return user


def _staff(cast: Cast) -> None:
    for name, role, school in (
        ("carla", "counselor", cast.high),
        ("sam", "counselor", cast.high),  # nobody of these on the caseload
        ("finn", "counselor", cast.high),  # had Mira until yesterday
        ("olga", "counselor", cast.other_high),  # assigned to Mira, yet at another school
        ("tess", "teacher", cast.high),
        ("pia", "school_admin", cast.high),
        ("otto", "school_admin", cast.other_high),
        ("paul", "partner", cast.high),
        ("gail", "guardian", cast.high),
        ("greg", "guardian", cast.high),
        ("bo", "guardian", cast.high),  # barred by a recorded order
        ("ed", "guardian", cast.high),  # the link has ended
        ("una", "guardian", cast.high),  # of another student
        ("zack", "counselor", cast.stranger_high),
        ("zora", "school_admin", cast.stranger_high),
        ("zoe", "guardian", cast.stranger_high),
    ):
        person(cast, name, role, school=school)
    person(cast, "dana", "district_admin")
    zia = person(cast, "zia", "district_admin")
    zia.district = cast.other_district
    zia.save(update_fields=["district"])
    RoleGrant.objects.filter(user=zia).update(district=cast.other_district)


def enroll(cast: Cast, name: str, *, school: School, grade: int, born_on: date) -> Student:
    """Make a student with a sign-in who is enrolled since the first of August."""
    user = person(cast, name, "student", school=school)
    student = Student.objects.create(
        user=user,
        district=school.district,
        number=f"N-{name}",
        first_name=name.title(),
        last_name="Rivers",
        born_on=born_on,
        entered_grade_9=f"{2035 - grade}-{(36 - grade) % 100:02d}" if grade >= 9 else "",
    )
    Enrollment.objects.create(
        student=student,
        school=school,
        grade=grade,
        school_year="2026-27",
        starts_on=date(2026, 8, 1),
    )
    cast.students[name] = student
    return student


def _students(cast: Cast) -> None:
    enroll(cast, "mira", school=cast.high, grade=11, born_on=date(2010, 2, 1))
    enroll(cast, "noah", school=cast.high, grade=11, born_on=date(2010, 5, 1))
    enroll(cast, "ada", school=cast.high, grade=12, born_on=date(2008, 9, 15))  # 18 today
    enroll(cast, "kit", school=cast.primary, grade=3, born_on=date(2018, 5, 1))
    enroll(cast, "zed", school=cast.stranger_high, grade=11, born_on=date(2010, 2, 1))


def _links(cast: Cast) -> None:
    for guardian, student, barred, ends_on in (
        ("gail", "mira", False, None),
        ("greg", "mira", False, None),
        ("gail", "ada", False, None),
        ("bo", "mira", True, None),
        ("ed", "mira", False, TODAY),
        ("una", "noah", False, None),
        ("zoe", "zed", False, None),
    ):
        Guardianship.objects.create(
            guardian=cast.users[guardian],
            student=cast.students[student],
            relation="parent",
            barred_by_order=barred,
            ends_on=ends_on,
        )
    for counselor, student, ends_on in (
        ("carla", "mira", None),
        ("carla", "ada", None),
        ("finn", "mira", TODAY),
        ("olga", "mira", None),
        ("zack", "zed", None),
    ):
        CaseloadAssignment.objects.create(
            counselor=cast.users[counselor],
            student=cast.students[student],
            starts_on=LONG_AGO,
            ends_on=ends_on,
        )


def _records(cast: Cast) -> None:
    for name in ("mira", "noah", "ada", "zed"):
        student = cast.students[name]
        for code, term, state in (
            ("ENG-1", "2024-25 fall", "earned"),
            ("SCI-1", "2025-26 fall", "earned"),
            ("ART-1", "2026-27 fall", "in_progress"),
        ):
            give(student, code, term=term, state=state)


def give(student: Student, code: str, *, term: str, state: str = "earned") -> CourseRecord:
    """Put a course of the catalog on a student's record."""
    course = Course.objects.get(district=student.district, code=code)
    return CourseRecord.objects.create(
        student=student,
        course=course,
        title=course.title,
        credits=course.credits,
        state=state,
        term=term,
        mark="B" if state == "earned" else "",
    )


def _program(cast: Cast) -> ProgramOfStudy:
    program = ProgramOfStudy.objects.create(
        school=cast.high, slug="tech", framework="national-2008", cluster="x", pathway="y"
    )
    version = ProgramVersion.objects.create(
        program=program,
        number=1,
        title="Technology",
        content={
            "steps": [{"courses": ["TEC-1"], "grade": 11}, {"courses": ["TEC-2"], "grade": 12}]
        },
        author=cast.users["tess"],
    )
    ProgramVersion.objects.filter(pk=version.pk).update(
        state="published", reviewer=cast.users["pia"], published_at="2026-08-01T12:00:00Z"
    )
    Publication.objects.create(program=program, version=version)
    return program
