"""Beyond grade 12 on its page: what counts, what it saves, who sees it, how it changes."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pathloom.portal.plans.actions import start_plan
from pathloom.portal.programs.actions.agreements import publish_agreements
from pathloom.portal.programs.models import CollegeAgreements, ProgramOfStudy
from pathloom.portal.programs.queries.agreements import seen_hash
from tests.portal.plans import desk
from tests.portal.records.cast import TODAY, Cast, set_the_stage

SOURCE = {"url": "https://fern.example/agreements", "read_on": "2026-09-01"}


def _agreement(course: str, code: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{course}-{code}".lower().replace(" ", "-"),
        "kind": "articulated",
        "course": course,
        "institution": "fern",
        "college_course": code,
        "valid_from": "2020-21",
        "source": SOURCE,
    } | more


CONTENT: dict[str, Any] = {
    "institutions": [
        {
            "id": "fern",
            "title": "Fern College",
            "courses": [
                {"code": "ENG 101", "title": "Writing", "hours": 3},
                {"code": "TEC 101", "title": "Tools", "hours": 4},
                {"code": "TEC 201", "title": "Machines", "hours": 4},
                {"code": "MAT 101", "title": "Numbers", "hours": 3},
            ],
            "tuition": {"per_hour": 100, "as_of": "2026-07-01", "source": SOURCE},
            "term_months": 4,
        }
    ],
    "agreements": [
        _agreement("ENG-2", "ENG 101", claim_months=18),
        _agreement("TEC-1", "TEC 101"),
        _agreement("ENG-1", "MAT 101", valid_to="2020-21"),
    ],
    "programs": [
        {
            "program": "tech",
            "institution": "fern",
            "credential": "Technology Certificate",
            "source": SOURCE,
            "terms": [
                {"year": 1, "part": "fall", "courses": ["TEC 101"]},
                {"year": 2, "part": "spring", "courses": ["TEC 201", "MAT 101"]},
            ],
        }
    ],
}


@pytest.fixture
def cast(db: None) -> Cast:
    return set_the_stage()


@pytest.fixture
def agreed(cast: Cast) -> Cast:
    version = CollegeAgreements.objects.create(
        district=cast.high.district,
        number=1,
        content=CONTENT,
        author=cast.user("tess"),
        submitted_at=timezone.now(),
    )
    publish_agreements(version, by=cast.user("dana"), seen=seen_hash(version))
    return cast


def opened(cast: Cast, name: str, page: str = "student_college") -> HttpResponse:
    client = Client()
    client.force_login(cast.user(name))
    return client.get(reverse(f"plans:{page}", args=[cast.students["mira"].pk]))


def words(response: HttpResponse) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_district_without_agreements_says_so(cast: Cast) -> None:
    desk.begin(cast)
    assert "There are no agreements with colleges yet." in words(opened(cast, "mira"))


def test_agreements_that_nobody_published_count_for_nothing(agreed: Cast) -> None:
    CollegeAgreements.objects.update(published_at=None, reviewer=None)
    assert "There are no agreements with colleges yet." in words(opened(agreed, "mira"))


def test_a_student_without_a_plan_sees_what_the_record_counts_for(agreed: Cast) -> None:
    page = words(opened(agreed, "mira"))
    assert "There is no plan yet." in page
    assert "Make a plan" in page


def test_a_planned_course_is_banked_with_its_hours_money_and_deadline(agreed: Cast) -> None:
    desk.begin(agreed)
    desk.add(agreed, "ENG-2", desk.SPRING)
    page = words(opened(agreed, "mira"))
    assert "You can start college with 3 college hours" in page
    assert "$300.00" in page
    assert "$100.00 an hour, as the college states it on July 1, 2026" in page
    assert "ENG 101 Writing" in page
    assert "Claim by" in page
    assert "Dec. 30, 2029" in page


def test_each_edit_changes_the_figures_and_the_page_says_how(agreed: Cast) -> None:
    desk.begin(agreed)
    desk.add(agreed, "ENG-2", desk.SPRING)
    client = Client()
    client.force_login(agreed.user("mira"))

    with_course = words(client.get(reverse("plans:builder")))
    assert "3 college hours banked at Fern College · $300.00 tuition avoided" in with_course
    assert "3 college hours more · $300.00 more tuition avoided" in with_course
    assert "ENG 101 Writing at Fern College: not there, then planned" in words(
        opened(agreed, "mira")
    )

    head = desk.head_of(agreed)
    client.post(
        reverse("plans:remove"),
        {"head": head.pk, "course": "ENG-2", "from_term": desk.SPRING},
    )
    without = words(client.get(reverse("plans:builder")))
    assert "no college hours banked" in without
    assert "3 college hours less · $300.00 less avoided" in without


def test_the_builder_is_silent_where_there_are_no_agreements(cast: Cast) -> None:
    desk.begin(cast)
    client = Client()
    client.force_login(cast.user("mira"))
    assert "college-line" not in words(client.get(reverse("plans:builder")))


def test_without_a_program_the_two_years_are_still_to_choose(agreed: Cast) -> None:
    desk.begin(agreed)
    assert "Choose a program of study to see the two years after grade 12." in words(
        opened(agreed, "mira")
    )


def test_a_program_goes_on_for_two_years_and_a_banked_term_falls_away(agreed: Cast) -> None:
    start_plan(
        student=agreed.student("mira"),
        program=ProgramOfStudy.objects.get(slug="tech", school=agreed.high),
        by=agreed.user("mira"),
        as_of=TODAY,
    )
    page = words(opened(agreed, "mira"))
    assert "Technology Certificate" in page
    assert "Year 1 after grade 12" in page
    assert "Year 2 after grade 12" in page
    assert "7 hours left" in page

    desk.add(agreed, "TEC-1", desk.SPRING)
    page = words(opened(agreed, "mira"))
    assert "falls away" in page
    assert "1 college term falls away" in page
    assert "TEC 101 · planned in high school" in page


def test_courses_that_could_count_are_named(agreed: Cast) -> None:
    desk.begin(agreed)
    page = words(opened(agreed, "mira"))
    assert "What else could count" in page
    assert "3 hours: ENG 101 Writing at Fern College" in page

    desk.add(agreed, "ENG-2", desk.SPRING)
    assert "3 hours: ENG 101 Writing at Fern College" not in words(opened(agreed, "mira"))


def test_what_is_lost_is_said_with_its_reason(agreed: Cast) -> None:
    page = words(opened(agreed, "mira"))
    assert "What does not count, and why" in page
    assert "Lost: MAT 101 Numbers: 3 hours at Fern College." in page


@pytest.mark.parametrize("name", ["gail", "carla", "pia"])
def test_those_around_the_student_see_it_by_name(agreed: Cast, name: str) -> None:
    desk.begin(agreed)
    desk.add(agreed, "ENG-2", desk.SPRING)
    assert "Mira can start college with 3 college hours" in words(opened(agreed, name))


@pytest.mark.parametrize("name", ["noah", "una", "bo", "ed", "sam", "otto", "tess", "dana", "paul"])
def test_nobody_else_sees_it(agreed: Cast, name: str) -> None:
    desk.begin(agreed)
    assert opened(agreed, name).status_code == 404
    assert opened(agreed, name, "student_college_csv").status_code == 404


def test_the_students_own_address_leads_to_the_page(agreed: Cast) -> None:
    client = Client()
    client.force_login(agreed.user("mira"))
    found = client.get(reverse("plans:college"))
    assert found.headers["Location"] == reverse(
        "plans:student_college", args=[agreed.students["mira"].pk]
    )


def test_claims_are_a_csv_file_with_every_claim(agreed: Cast) -> None:
    desk.begin(agreed)
    desk.add(agreed, "ENG-2", desk.SPRING)
    text = opened(agreed, "mira", "student_college_csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {(row["counts_as"], row["standing"], row["hours"]) for row in rows} == {
        ("ENG 101 Writing", "planned", "3"),
        ("MAT 101 Numbers", "lost", "3"),
    }
    assert all(row["college"] == "Fern College" and row["why"] for row in rows)
