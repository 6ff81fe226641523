"""The public course list of a school, its search, and its file."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pathloom.engine.catalog import AllOf, AnyOf, CourseNeed
from pathloom.engine.units import Mark
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.exports import courses_csv
from pathloom.portal.catalog.models import Course, Offering
from pathloom.portal.catalog.presenters import grades_text, need_words
from pathloom.portal.catalog.queries import CourseSearch, course_of, courses_of, found_courses
from pathloom.portal.catalog.snapshot import catalog_for
from tests.portal.world import World


def add_course(world: World, code: str, **fields: object) -> Course:
    values: dict[str, object] = {
        "title": code.capitalize(),
        "subject": "elective",
        "credits": 100,
        "grades": [9, 10, 11, 12],
        "parts": ["fall"],
    }
    return Course.objects.create(district=world.district, code=code, **(values | fields))


def codes(found: list[Course]) -> list[str]:
    return [course.code for course in found]


def test_a_stranger_sees_the_course_list_without_signing_in(world: World, client: Client) -> None:
    answer = client.get(f"/schools/{world.school.slug}/courses/")
    assert answer.status_code == 200
    assert "Biology" in answer.content.decode()
    assert not answer.cookies
    assert "public" in answer.headers["Cache-Control"]


def test_a_page_seen_with_a_session_is_that_of_everybody(world: World, client: Client) -> None:
    address = f"/schools/{world.school.slug}/courses/"
    of_a_stranger = client.get(address)
    client.force_login(world["maya"])
    answer = client.get(address)
    assert answer.content == of_a_stranger.content
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_list_holds_only_what_this_school_offers(world: World) -> None:
    add_course(world, "HIDDEN")
    stranger = Course.objects.create(
        district=world.stranger_district,
        code="STRANGE",
        title="Strange",
        subject="elective",
        credits=100,
    )
    Offering.objects.create(school=world.stranger_school, course=stranger)
    listed = codes(list(courses_of(world.school)))
    assert "BIO" in listed
    assert "HIDDEN" not in listed
    assert "STRANGE" not in listed
    assert course_of(world.school, "STRANGE") is None
    assert course_of(world.school, "HIDDEN") is None


def test_every_word_of_a_search_has_to_fit(world: World) -> None:
    assert codes(found_courses(world.school, CourseSearch(words="engineering concepts"))) == [
        "ENGCON"
    ]
    assert codes(found_courses(world.school, CourseSearch(words="engineering spanish"))) == []


def test_a_state_number_finds_its_course(world: World) -> None:
    assert codes(found_courses(world.school, CourseSearch(words="21.42500"))) == ["FET"]


def test_subject_grade_and_tag_narrow_the_list_together(world: World) -> None:
    for code, subject, grade, tag in (
        ("A", "science", 9, "ap"),
        ("B", "science", 12, "ap"),
        ("C", "science", 9, ""),
        ("D", "english", 9, "ap"),
    ):
        course = add_course(
            world, f"ONLY{code}", subject=subject, grades=[grade], tags=[tag] if tag else []
        )
        Offering.objects.create(school=world.school, course=course)
    search = CourseSearch(words="only", subject="science", grade=9, tag="ap")
    assert codes(found_courses(world.school, search)) == ["ONLYA"]


def test_the_order_is_the_one_asked_for_and_can_be_turned_round(world: World) -> None:
    for code, credits in (("ZED", 50), ("ANT", 100), ("bee", 200)):
        course = add_course(world, f"ORD{code}", title=f"Ord {code}", credits=credits)
        Offering.objects.create(school=world.school, course=course)

    def asked(sort: str, *, descending: bool = False) -> list[str]:
        search = CourseSearch(words="ord", sort=sort, descending=descending)
        found = codes(found_courses(world.school, search))
        return [code for code in found if code.startswith("ORD")]

    assert asked("title") == ["ORDANT", "ORDbee", "ORDZED"]
    assert asked("credits") == ["ORDZED", "ORDANT", "ORDbee"]
    assert asked("credits", descending=True) == ["ORDbee", "ORDANT", "ORDZED"]


@pytest.mark.parametrize("query", ["grade=seven", "sort=password", "subject='", "q=" + "x" * 500])
def test_a_senseless_search_is_answered_with_a_page(
    world: World, client: Client, query: str
) -> None:
    assert client.get(f"/schools/{world.school.slug}/courses/?{query}").status_code == 200


def test_a_search_without_result_says_so_and_offers_a_way_back(
    world: World, client: Client
) -> None:
    text = client.get(f"/schools/{world.school.slug}/courses/?q=zzzz").content.decode()
    assert "No course fits your search." in text
    assert "Clear the search" in text


def test_a_school_without_courses_says_so(world: World, client: Client) -> None:
    empty = School.objects.create(
        district=world.district, slug="new-school", name="New School", level="high", monogram="N"
    )
    text = client.get(f"/schools/{empty.slug}/courses/").content.decode()
    assert "This school has listed no course yet." in text


def test_the_file_holds_the_same_courses_as_the_page(world: World, client: Client) -> None:
    answer = client.get(f"/schools/{world.school.slug}/courses.csv?subject=science&sort=-title")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    search = CourseSearch(subject="science", sort="title", descending=True)
    assert [row["code"] for row in rows] == codes(found_courses(world.school, search))
    assert rows[0]["credits"] == "1.0"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert not answer.cookies


def test_a_title_that_looks_like_a_formula_stays_text_in_the_file(world: World) -> None:
    evil = add_course(world, "EVIL", title="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in courses_csv([evil])


def test_a_school_that_does_not_exist_is_not_found(world: World, client: Client) -> None:
    assert client.get("/schools/nowhere/courses/").status_code == 404
    assert client.get("/schools/nowhere/courses.csv").status_code == 404


def test_the_catalog_of_a_school_is_what_it_offers(world: World) -> None:
    catalog = catalog_for(world.school)
    assert catalog.id == "magnolia/magnolia-high"
    assert [course.id for course in catalog.courses] == sorted(
        courses_of(world.school).values_list("code", flat=True)
    )
    engineering = catalog.course("ENGCON")
    assert engineering is not None
    assert engineering.credits == 100
    assert engineering.prerequisite == CourseNeed("FET")
    assert engineering.number == "21.47100"


def test_the_catalog_takes_one_query_however_many_courses(world: World) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        catalog_for(world.school)
    for number in range(50):
        course = add_course(world, f"MORE{number}")
        Offering.objects.create(school=world.school, course=course)
    with CaptureQueriesContext(connection) as many:
        catalog_for(world.school)
    assert len(few) == len(many) == 1


def test_the_page_takes_as_many_queries_for_5_as_for_500_courses(
    world: World, client: Client
) -> None:
    address = f"/schools/{world.school.slug}/courses/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    made = Course.objects.bulk_create(
        Course(
            district=world.district,
            code=f"M{number}",
            title=f"More {number}",
            subject="elective",
            credits=100,
            grades=[9],
            parts=["fall"],
        )
        for number in range(400)
    )
    Offering.objects.bulk_create(Offering(school=world.school, course=course) for course in made)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many)


@pytest.mark.parametrize(
    ("grades", "text"),
    [
        ([9, 10, 11, 12], "9 to 12"),
        ([12], "12"),
        ([11, 12], "11, 12"),
        ([8, 10, 11, 12], "8, 10 to 12"),
        ([0, 1, 2], "K to 2"),
        ([], ""),
    ],
)
def test_grades_are_said_as_runs(grades: list[int], text: str) -> None:
    assert grades_text(grades) == text


def test_a_prerequisite_is_said_in_words_with_links(world: World) -> None:
    need = AllOf(
        (
            CourseNeed("BIO", minimum=Mark.parse("C")),
            AnyOf((CourseNeed("CHEM"), CourseNeed("GONE", concurrent=True))),
        )
    )
    pieces = need_words(need, school=world.school, known=world.courses)
    assert "".join(piece["text"] for piece in pieces) == (
        "Biology with at least C and (Chemistry or GONE (before, or at the same time))"
    )
    assert [piece["url"] for piece in pieces if "url" in piece] == [
        "/schools/magnolia-high/courses/BIO/",
        "/schools/magnolia-high/courses/CHEM/",
    ]
