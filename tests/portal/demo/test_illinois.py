"""The second demo district: courses by the year, clusters of Illinois, beside the first one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from pathloom.engine.catalog import Catalog
from pathloom.engine.planner import plan
from pathloom.engine.planner.types import Plan, PlanRequest, PlanTerm
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import PACKAGED, load_rulebook
from pathloom.engine.taxonomy import load_framework
from pathloom.engine.units import Part, SchoolYear, Term
from pathloom.portal.accounts.models import District, User
from pathloom.portal.accounts.roles import ROLES
from pathloom.portal.demo.actions.district import (
    DEMOS,
    ILLINOIS,
    ProgramData,
    agreements,
    as_engine,
    catalog,
    demo,
    habits,
    offered_at,
    programs,
)
from pathloom.portal.demo.actions.load import load_demo
from pathloom.portal.demo.actions.people import generate
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.programs import checks
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.authoring import written_programs
from pathloom.portal.programs.queries.frameworks import framework_of_district
from pathloom.portal.programs.snapshot import agreements_for
from pathloom.portal.records.models import Student

TODAY = date(2026, 11, 20)
PERIODS = {Part.YEAR: 700, Part.FALL: 350, Part.SPRING: 350}  # seven, and a year fills both terms
# Requirements that no course meets: the school writes down that they are done.
NO_COURSES = {"physical-education", "constitution", "state-assessment", "financial-aid"}


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[District]:
    """Both demo districts in one database; taken back after the tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", district=ILLINOIS)
        yield District.objects.get(slug=demo(ILLINOIS).district.slug)
        transaction.set_rollback(True)


def test_programs_cover_every_cluster_of_the_illinois_framework() -> None:
    framework = load_framework(PACKAGED / "frameworks/illinois.yaml")
    clusters = {cluster.id: {p.id for p in cluster.pathways} for cluster in framework.clusters}
    assert {program.cluster for program in programs(ILLINOIS)} == set(clusters)
    for program in programs(ILLINOIS):
        assert program.pathway in clusters[program.cluster] | {""}, program.slug


def test_courses_are_counted_in_years() -> None:
    for course in catalog(ILLINOIS).courses:
        assert (course.credits, course.parts) in (
            (100, (Part.YEAR,)),
            (50, (Part.FALL, Part.SPRING)),
        ), course.id


def test_no_course_has_a_number_and_local_ones_say_so() -> None:
    for course in catalog(ILLINOIS).courses:
        assert not course.number
        assert course.title.endswith("(Kettle Prairie local course)") == ("local" in course.tags)


def test_nobody_is_in_two_demo_districts() -> None:
    seen: list[set[str]] = []
    for of in DEMOS:
        people, data = generate(of=of), demo(of)
        seen.append(
            {each.user for each in (*people.students, *data.staff) if each.user}
            | {each.user for each in people.guardians}
            | {school.slug for school in data.schools}
            | {each.number for each in people.students}
        )
    assert seen[0].isdisjoint(seen[1])


def test_a_sign_in_is_printed_for_every_role() -> None:
    assert [each.role for each in demo(ILLINOIS).sign_ins] == list(ROLES)


def test_students_take_no_more_than_a_year_holds() -> None:
    for learner in generate(of=ILLINOIS).students:
        held: dict[Any, int] = {}
        for line in learner.records:
            held[line.term] = held.get(line.term, 0) + line.credits
        for term, load in held.items():
            assert load <= habits(ILLINOIS).loads[term.part], learner.user


@pytest.mark.parametrize("program", programs(ILLINOIS), ids=lambda each: each.slug)
def test_student_entering_grade_9_can_finish_the_program_and_the_diploma(
    program: ProgramData,
) -> None:
    entered = SchoolYear.parse("2027-28")
    school = demo(ILLINOIS).school(program.school)
    answer = plan(
        PlanRequest(
            record=StudentRecord("new", entered),
            ruleset=choose(load_rulebook(), "us-il/diploma", entered_grade_9=entered, as_of=TODAY),
            catalog=Catalog(
                "demo", tuple(offered_at(school, ILLINOIS).values()), (as_engine(program),)
            ),
            terms=tuple(
                PlanTerm(Term(entered.plus(year), part), 9 + year, most=most)
                for year in range(4)
                for part, most in PERIODS.items()
            ),
            program=program.slug,
            effort=1.0,
        ),
        as_of=TODAY,
    )
    assert isinstance(answer, Plan), answer
    placed = {placement.course for placement in answer.placements}
    assert placed >= {code for step in program.content["steps"] for code in step["courses"]}


@pytest.mark.django_db
def test_every_program_is_published_in_the_illinois_framework(loaded: District) -> None:
    versions = ProgramVersion.objects.filter(program__school__district=loaded, state="published")
    assert versions.count() == len(programs(ILLINOIS))
    assert {each.program.framework for each in versions} == {"illinois"}
    chosen = framework_of_district(loaded)
    assert chosen is not None
    assert chosen.id == "illinois"


@pytest.mark.django_db
def test_each_state_of_writing_is_there_with_what_a_partner_says(loaded: District) -> None:
    written = written_programs(User.objects.get(username="ida.strom"))
    assert {each.newest.state for each in written} == {"draft", "in_review", "published"}
    assert [each.program.slug for each in written if each.stale] == ["film-and-media"]
    draft = ProgramVersion.objects.get(program__school__district=loaded, state="draft")
    assert draft.remarks.count() == draft.proposals.count() == draft.invitations.count() == 1


@pytest.mark.django_db
def test_every_program_is_without_a_finding(loaded: District) -> None:
    for version in ProgramVersion.objects.filter(program__school__district=loaded):
        assert [str(finding) for finding in checks.run(version)] == [], version.title


@pytest.mark.django_db
def test_agreements_are_read_back_as_written(loaded: District) -> None:
    assert agreements_for(loaded.pk) == agreements(ILLINOIS)


@pytest.mark.django_db
def test_plans_handed_in_hold_every_course_of_the_illinois_diploma(loaded: District) -> None:
    plans = PlanVersion.objects.filter(plan__student__district=loaded).exclude(state="draft")
    assert plans.filter(plan__student__user__username="lily.brandt").exists()
    assert plans.count() >= 10
    for each in plans:
        assert each.ruleset.startswith("us-il/diploma/")
        short = {area["id"] for area in each.audit["requirements"] if area["short"]}
        assert short <= NO_COURSES, each


@pytest.mark.django_db
def test_both_districts_stand_side_by_side(loaded: District) -> None:
    mine = Student.objects.filter(district=loaded).count()
    assert mine < 100
    assert load_demo()
    assert Student.objects.filter(district=loaded).count() == mine
    assert not load_demo(ILLINOIS)
