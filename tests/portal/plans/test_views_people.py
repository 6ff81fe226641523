"""Homes of student, guardian and counselor, and the page of one student."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathloom.portal.accounts.models import School
from pathloom.portal.records.models import Enrollment
from tests.portal.plans.visits import FALL, SPRING, begin, submit, visitor, words
from tests.portal.world import World

FULL = (
    ("ECON", SPRING),
    ("AFALG", SPRING),
    ("USHIST", FALL),
)


def queries_of(client: Any, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def enroll(world: World, name: str, *, level: str, grade: int) -> None:
    school = School.objects.create(
        district=world.district,
        slug=f"magnolia-{level}",
        name=f"Magnolia {level.title()} School",
        level=level,
        monogram="M",
    )
    student = world.student(name)
    Enrollment.objects.filter(student=student).delete()
    student.course_records.all().delete()
    student.entered_grade_9 = ""
    student.save()
    Enrollment.objects.create(
        student=student,
        school=school,
        grade=grade,
        school_year="2026-27",
        starts_on=date(2026, 8, 3),
    )


def test_home_without_a_plan_answers_and_offers_to_make_one(world: World) -> None:
    page = visitor(world, "maya").get("/home/")
    said = words(page)
    assert "You have earned 16.0 of 23 credits. Next: make your plan." in said
    assert "Checked against the Georgia High School Diploma (students entering 2024-25)" in said
    assert "unofficial" in said
    assert [step["url"] for step in page.context["page"]["steps"]] == ["/plan/start/"]


def test_home_with_a_plan_names_what_is_to_decide(world: World) -> None:
    begin(world, "maya", *FULL)
    page = visitor(world, "maya").get("/home/")
    said = words(page)
    assert "You can graduate in May 2028. " in said
    assert "things to decide: " in said or "One thing to decide: " in said
    assert all(step["label"] for step in page.context["page"]["steps"])
    assert len(page.context["page"]["steps"]) <= 3


def test_home_shows_program_and_people_who_help(world: World) -> None:
    begin(world, "maya")
    said = words(visitor(world, "maya").get("/home/"))
    assert "Engineering and Technology" in said
    assert "Where this leads" in said
    assert "Rosa Ortiz" in said
    assert "Dana Ellison" in said
    assert "Rick Ellison" not in said  # barred by order


def test_every_thread_opens_to_rule_and_source(world: World) -> None:
    page = visitor(world, "maya").get("/home/")
    rows = page.context["page"]["loom"]["rows"]
    body = page.content.decode()
    for row in rows:
        assert f'id="{row["anchor"].lstrip("#")}"' in body
    whys = page.context["page"]["whys"]
    assert all(why["rule"] and why["source"] for why in whys)


def test_the_loom_says_the_same_in_words_as_in_knots(world: World) -> None:
    page = visitor(world, "maya").get("/home/")
    row = page.context["page"]["loom"]["rows"][0]
    said = words(page)
    for cell in row["cells"]:
        assert cell["words"] in said


@pytest.mark.parametrize(
    ("level", "grade", "sentence"),
    [
        ("middle", 7, "You make your high school plan in grade 8."),
        ("elementary", 4, "A high school plan comes later."),
    ],
)
def test_younger_students_get_a_page_of_their_own(
    world: World, level: str, grade: int, sentence: str
) -> None:
    enroll(world, "theo", level=level, grade=grade)
    said = words(visitor(world, "theo").get("/home/"))
    assert sentence in said
    assert "Look at careers" in said
    assert "credits" not in said


def test_grade_8_can_start_a_plan(world: World) -> None:
    enroll(world, "theo", level="middle", grade=8)
    client = visitor(world, "theo")
    assert "Your way to 23 credits starts here." in words(client.get("/home/"))
    page = words(client.get("/plan/start/"))
    assert "Engineering and Technology" in page
    assert "Welding" in page  # every high school of the district comes into question
    assert "No program yet" not in page


def test_home_needs_few_queries_with_any_number_of_courses(world: World) -> None:
    begin(world, "maya", ("USHIST", FALL))
    client = visitor(world, "maya")
    few = queries_of(client, "/home/")
    begin(world, "maya", ("ECON", SPRING), ("AFALG", SPRING))
    assert queries_of(client, "/home/") == few
    assert few <= 31


@pytest.mark.parametrize("name", ["dana", "ortiz", "lind", "halvorsen", "whitcomb", "kessler"])
def test_pages_of_the_own_plan_are_for_students(world: World, name: str) -> None:
    client = visitor(world, name)
    for address in ("/home/", "/plan/", "/plan/start/", "/plan/search/", "/plan/versions/"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("name", ["dana", "ortiz", "halvorsen", "whitcomb", "maya"])
def test_those_around_a_student_see_where_the_student_stands(world: World, name: str) -> None:
    begin(world, "maya", ("USHIST", FALL))
    answer = visitor(world, name).get(f"/students/{world.student('maya').pk}/")
    assert answer.status_code == 200
    assert "Maya can graduate in May 2028." in words(answer) or name == "whitcomb"


def test_district_sees_the_record_but_not_the_draft(world: World) -> None:
    begin(world, "maya", ("USHIST", FALL))
    address = f"/students/{world.student('maya').pk}/"
    client = visitor(world, "whitcomb")
    assert "There is no plan to see yet." in words(client.get(address))
    submit(world)
    assert "Newest version: 2" in words(client.get(address))


@pytest.mark.parametrize("name", ["karim", "rick", "hale", "raman", "lind", "tate", "zed", "yates"])
def test_strangers_get_404_for_a_student(world: World, name: str) -> None:
    address = f"/students/{world.student('maya').pk}/"
    assert visitor(world, name).get(address).status_code == 404


def test_guardian_sees_exactly_the_linked_children(world: World) -> None:
    said = words(visitor(world, "dana").get("/children/"))
    assert "Maya Ellison" in said
    assert "Theo Ellison" in said
    assert "Noor" not in said
    assert "Nothing waits for you now." in said


def test_guardian_barred_by_order_sees_no_child(world: World) -> None:
    assert "No child is linked to your sign-in." in words(visitor(world, "rick").get("/children/"))


def test_guardian_is_asked_to_sign_what_was_handed_in(world: World) -> None:
    begin(world, "maya", ("USHIST", FALL))
    submit(world)
    page = visitor(world, "dana").get("/children/")
    assert "Maya’s plan is ready for you to sign." in words(page)
    assert "Read and sign version 2" in words(page)


def test_caseload_lists_own_students_who_need_a_person_first(world: World) -> None:
    begin(world, "maya", ("USHIST", FALL))
    page = visitor(world, "ortiz").get("/caseload/?show=all")
    assert [row["name"] for row in page.context["rows"]] == ["Maya Ellison", "Theo Ellison"]
    said = words(page)
    assert "missing" in said
    assert "No plan yet" in said
    assert "Noor" not in said


def test_caseload_filters_count_and_search_by_name(world: World) -> None:
    begin(world, "maya", ("USHIST", FALL))
    client = visitor(world, "ortiz")
    page = client.get("/caseload/?show=no-plan")
    assert [row["name"] for row in page.context["rows"]] == ["Theo Ellison"]
    counts = {each["key"]: each["count"] for each in page.context["filters"]}
    assert (counts["all"], counts["no-plan"]) == (2, 1)
    found = client.get("/caseload/?q=maya").context["rows"]
    assert [row["name"] for row in found] == ["Maya Ellison"]
    assert "No student fits." in words(client.get("/caseload/?q=noor"))


def test_caseload_as_csv_has_the_same_rows(world: World) -> None:
    answer = visitor(world, "ortiz").get("/caseload.csv?show=all")
    rows = list(csv.reader(answer.content.decode().splitlines()))
    assert rows[0] == ["student", "grade", "standing", "reason", "plan"]
    assert {row[0] for row in rows[1:]} == {"Maya Ellison", "Theo Ellison"}


def test_caseload_query_count_does_not_grow_with_students(world: World) -> None:
    begin(world, "maya", ("USHIST", FALL))
    client = visitor(world, "ortiz")
    one = queries_of(client, "/caseload/?show=all")
    begin(world, "theo", ("GEO", SPRING))
    assert queries_of(client, "/caseload/?show=all") == one


@pytest.mark.parametrize("name", ["maya", "dana", "lind", "kessler", "whitcomb"])
def test_caseload_is_for_counselors_and_school_administrators(world: World, name: str) -> None:
    assert visitor(world, name).get("/caseload/").status_code == 403
