"""Two small districts for every portal test: the one the test is about, and the strangers'.

``world["maya"]`` is a user, ``world.student("maya")`` a student. In Magnolia County Schools:

- students ``maya`` (grade 11, Engineering), ``theo`` (grade 9, her brother), ``noor`` (grade 11,
  same school, another counselor), ``ivy`` (grade 10, the other high school)
- guardians ``dana`` (of maya and theo), ``karim`` (of noor), ``rick`` (of maya, barred by order)
- counselors ``ortiz`` (maya and theo), ``hale`` (noor), ``raman`` (ivy, the other school)
- ``lind`` (teacher), ``halvorsen`` (school administrator), ``tate`` (of the other school),
  ``whitcomb`` (district administrator), ``kessler`` (business partner)

The strangers of Cypress Bend Schools: student ``zed``, guardian ``zara``, counselor ``quill``,
district administrator ``yates``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from pathloom.portal.accounts.models import District, RoleGrant, School, User
from pathloom.portal.catalog.models import Course
from pathloom.portal.demo.actions.courses import add_courses, add_offerings
from pathloom.portal.demo.actions.district import catalog, demo, programs
from pathloom.portal.programs.models import ProgramOfStudy, ProgramVersion, Publication
from pathloom.portal.records.models import (
    CaseloadAssignment,
    CourseRecord,
    Enrollment,
    Guardianship,
    Student,
)

TODAY = date(2026, 11, 20)
STARTED = date(2026, 8, 3)
MAYA = (
    ("2024-25 fall", "LIT9 ALG1 FET HEALTH PERSFIT"),
    ("2024-25 spring", "PHYSCI SPAN1 ORCH1 WGEO"),
    ("2025-26 fall", "LIT10 GEO BIO ORCH2"),
    ("2025-26 spring", "WHIST ENGCON SPAN2 SPEECH CIVICS"),
    ("2026-27 fall", "AMLIT AALG CHEM ENGAPP"),
)
NINTH = (("2026-27 fall", "LIT9 ALG1 BIO FET"),)
NOW = "2026-27 fall"


@dataclass(slots=True)
class World:
    """What the districts hold; ``school`` is Maya's, ``other_school`` is of the same district."""

    district: District
    school: School
    other_school: School
    stranger_district: District
    stranger_school: School
    people: dict[str, User] = field(default_factory=dict)
    students: dict[str, Student] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    programs: dict[str, ProgramOfStudy] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    def student(self, name: str) -> Student:
        return self.students[name]

    @property
    def program(self) -> ProgramOfStudy:
        """Engineering and Technology, published at Maya's school."""
        return self.programs["engineering-and-technology"]


def build_world() -> World:
    """Make both districts; about fifteen statements."""
    districts = [
        District.objects.create(slug=slug, name=name, jurisdiction="us-ga", demo_today=TODAY)
        for slug, name in (
            ("magnolia", "Magnolia County Schools"),
            ("cypress-bend", "Cypress Bend Schools"),
        )
    ]
    schools = [
        School.objects.create(
            district=district, slug=slug, name=name, level=School.Level.HIGH, monogram=name[0]
        )
        for district, slug, name in (
            (districts[0], "magnolia-high", "Magnolia High School"),
            (districts[0], "pine-hollow-high", "Pine Hollow High School"),
            (districts[1], "cypress-bend-high", "Cypress Bend High School"),
        )
    ]
    world = World(districts[0], schools[0], schools[1], districts[1], schools[2])
    _add_people(world)
    _add_courses(world)
    _add_students(world)
    _add_program(world)
    return world


def _add_people(world: World) -> None:
    home, away = world.district, world.stranger_district
    rows = (
        ("maya", "Maya Ellison", home, "student", world.school),
        ("theo", "Theo Ellison", home, "student", world.school),
        ("noor", "Noor Haddad", home, "student", world.school),
        ("ivy", "Ivy Sloan", home, "student", world.other_school),
        ("dana", "Dana Ellison", home, "guardian", None),
        ("karim", "Karim Haddad", home, "guardian", None),
        ("rick", "Rick Ellison", home, "guardian", None),
        ("ortiz", "Rosa Ortiz", home, "counselor", world.school),
        ("hale", "Samuel Hale", home, "counselor", world.school),
        ("raman", "Priya Raman", home, "counselor", world.other_school),
        ("lind", "Devon Lind", home, "teacher", world.school),
        ("halvorsen", "Mark Halvorsen", home, "school_admin", world.school),
        ("tate", "Yvonne Tate", home, "school_admin", world.other_school),
        ("whitcomb", "Helen Whitcomb", home, "district_admin", None),
        ("kessler", "Ben Kessler", home, "partner", None),
        ("zed", "Zed Quarry", away, "student", world.stranger_school),
        ("zara", "Zara Quarry", away, "guardian", None),
        ("quill", "Ada Quill", away, "counselor", world.stranger_school),
        ("yates", "Roy Yates", away, "district_admin", None),
    )
    users = User.objects.bulk_create(
        User(username=name, display_name=shown, district=district, password="!")
        for name, shown, district, _role, _school in rows
    )
    world.people = {user.username: user for user in users}
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=world.people[name],
            role=role,
            school=school,
            district=None if school else district,
            starts_on=STARTED,
        )
        for name, _shown, district, role, school in rows
    )


def _add_courses(world: World) -> None:
    world.courses = add_courses(district=world.district, catalog=catalog(), about={})
    strange = add_courses(district=world.stranger_district, catalog=catalog(), about={})
    at_home = {school.slug: school for school in demo().schools}
    add_offerings(
        {
            school: [code for code in world.courses if at_home[school.slug].offers(code)]
            for school in (world.school, world.other_school)
        },
        courses=world.courses,
    )
    add_offerings({world.stranger_school: list(strange)}, courses=strange)


def _add_students(world: World) -> None:
    rows = (
        ("maya", world.school, 11, "2024-25"),
        ("theo", world.school, 9, "2026-27"),
        ("noor", world.school, 11, "2024-25"),
        ("ivy", world.other_school, 10, "2025-26"),
        ("zed", world.stranger_school, 11, "2024-25"),
    )
    students = Student.objects.bulk_create(
        Student(
            user=world[name],
            district=school.district,
            number=str(1001 + place),
            first_name=world[name].display_name.split()[0],
            last_name=world[name].display_name.split()[1],
            born_on=date(2020 - grade, 3, 1),
            entered_grade_9=entered,
        )
        for place, (name, school, grade, entered) in enumerate(rows)
    )
    world.students = {row[0]: student for row, student in zip(rows, students, strict=True)}
    Enrollment.objects.bulk_create(
        Enrollment(
            student=world.student(name),
            school=school,
            grade=grade,
            school_year="2026-27",
            starts_on=STARTED,
        )
        for name, school, grade, _entered in rows
    )
    _add_relations(world)
    add_records(world, "maya", MAYA)
    add_records(world, "noor", MAYA[:3])
    for name in ("theo", "ivy"):
        add_records(world, name, NINTH)


def _add_relations(world: World) -> None:
    Guardianship.objects.bulk_create(
        Guardianship(
            guardian=world[guardian],
            student=world.student(child),
            relation="parent",
            barred_by_order=guardian == "rick",
        )
        for guardian, child in (
            ("dana", "maya"),
            ("dana", "theo"),
            ("karim", "noor"),
            ("rick", "maya"),
            ("zara", "zed"),
        )
    )
    CaseloadAssignment.objects.bulk_create(
        CaseloadAssignment(
            counselor=world[counselor], student=world.student(name), starts_on=STARTED
        )
        for counselor, name in (
            ("ortiz", "maya"),
            ("ortiz", "theo"),
            ("hale", "noor"),
            ("raman", "ivy"),
            ("quill", "zed"),
        )
    )


def add_records(world: World, name: str, terms: Iterable[tuple[str, str]]) -> None:
    """Give a student courses by code: ``("2025-26 fall", "LIT10 GEO")``; the present term runs."""
    CourseRecord.objects.bulk_create(
        CourseRecord(
            student=world.student(name),
            course=world.courses[code],
            title=world.courses[code].title,
            number=world.courses[code].number,
            subject=world.courses[code].subject,
            tags=world.courses[code].tags,
            credits=world.courses[code].credits,
            state="in_progress" if term == NOW else "earned",
            term=term,
            mark="" if term == NOW else "84",
        )
        for term, codes in terms
        for code in codes.split()
    )


def _add_program(world: World) -> None:
    for data in programs():
        if data.slug not in ("engineering-and-technology", "welding"):
            continue
        school = world.school if data.school == world.school.slug else world.other_school
        program = ProgramOfStudy.objects.create(
            school=school,
            slug=data.slug,
            framework="georgia",
            cluster=data.cluster,
            pathway=data.pathway,
        )
        version = ProgramVersion.objects.create(
            program=program,
            number=1,
            title=data.title,
            summary=data.summary,
            content=data.content,
            author=world["lind"],
            state=ProgramVersion.State.PUBLISHED,
            reviewer=world["halvorsen"],
            published_at=datetime(2026, 8, 1, 12, tzinfo=UTC),
        )
        Publication.objects.create(program=program, version=version)
        world.programs[data.slug] = program
