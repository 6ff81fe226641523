"""Other plans, the repair and another program through Django's client, as the people around."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pathloom.engine.planner.request import plan_document
from pathloom.engine.planner.types import Fix, Infeasible
from pathloom.portal.accounts.models import District
from pathloom.portal.catalog.models import Offering
from pathloom.portal.core.events import Event
from pathloom.portal.plans import actions
from pathloom.portal.plans.checks import trouble_of
from pathloom.portal.plans.models import PlanJob, PlanVersion
from pathloom.portal.plans.snapshot import basis_of_version
from pathloom.portal.programs.models import ProgramOfStudy
from pathloom.portal.records.models import CourseRecord
from tests.portal.plans.visits import FALL, SPRING, edit, head, plan, visitor, words
from tests.portal.world import TODAY, World

PAGES = ("alternatives", "repair", "change")


@pytest.fixture
def maya(world: World) -> Client:
    """Maya, with a plan that the planner made for her program."""
    made = actions.generate_plan(
        student=world.student("maya"), program=world.program, by=world["maya"], as_of=TODAY
    )
    assert isinstance(made, PlanVersion)
    return visitor(world, "maya")


def url(world: World, page: str, name: str = "maya") -> str:
    return f"/students/{world.student(name).pk}/plan/{page}"


def work_out(world: World, client: Client, page: str) -> Any:
    """Press the button and follow to the page of the answer."""
    answer = client.post(url(world, f"{page}/start/"), follow=True)
    assert answer.redirect_chain[-1][0] == url(world, f"{page}/")
    return answer


@pytest.mark.parametrize("page", PAGES)
def test_the_short_address_leads_the_student_to_the_own_page(
    world: World, maya: Client, page: str
) -> None:
    answer = maya.get(f"/plan/{page}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, url(world, f"{page}/"))


@pytest.mark.parametrize("page", ["alternatives", "repair"])
def test_without_a_plan_the_page_leads_to_making_one(world: World, page: str) -> None:
    theo = visitor(world, "theo")
    said = words(theo.get(url(world, f"{page}/", "theo")))
    assert "There is no plan yet." in said
    assert "Make a plan" in said
    sent = theo.post(url(world, f"{page}/start/", "theo"))
    assert sent.headers["Location"] == url(world, f"{page}/", "theo")
    assert not PlanJob.objects.exists()


def test_other_plans_stand_beside_the_plan_with_what_is_better_and_worse(
    world: World, maya: Client
) -> None:
    before = words(maya.get(url(world, "alternatives/")))
    assert "Look for other plans" in before
    said = words(work_out(world, maya, "alternatives"))
    assert "other plans fit you too." in said
    assert "Your plan now" in said
    assert "More college credit" in said
    assert "better" in said
    assert "worse" in said


def test_the_answer_to_the_same_question_is_shown_at_once(world: World, maya: Client) -> None:
    work_out(world, maya, "alternatives")
    work_out(world, maya, "alternatives")
    assert PlanJob.objects.filter(kind="alternatives").count() == 1
    assert "fit you too." in words(maya.get(url(world, "alternatives/")))


def test_using_another_plan_makes_a_version_that_undo_takes_back(
    world: World, maya: Client
) -> None:
    work_out(world, maya, "alternatives")
    before = head(world)
    answer = maya.post(url(world, "alternatives/use/"), {"head": before.pk, "index": 0})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/plan/")
    after = head(world)
    assert after.number == before.number + 1
    assert after.why.startswith("Another plan was chosen: ")
    assert after.placements != before.placements
    assert after.audit_status == "planned"
    assert not [each for each in after.findings if each["level"] == "stop"]
    event = Event.objects.filter(action="plans.take_plan").get()
    assert event.data["inputs_hash"] == PlanJob.objects.get(kind="alternatives").inputs_hash
    edit(world, maya, "undo")
    assert head(world).placements == before.placements


@pytest.mark.parametrize("index", ["", "7", "-1", "x"])
def test_a_plan_that_is_not_there_is_refused_in_words(
    world: World, maya: Client, index: str
) -> None:
    work_out(world, maya, "alternatives")
    sent = {"head": head(world).pk, "index": index}
    answer = maya.post(url(world, "alternatives/use/"), sent)
    assert answer.status_code == 422
    assert "This plan is not here any more." in words(answer)
    assert head(world).number == 1


def test_what_was_worked_out_before_the_last_change_says_so_and_is_not_taken(
    world: World, maya: Client
) -> None:
    work_out(world, maya, "alternatives")
    course, term = next(place for place in head(world).placements if place[1] == FALL)
    edit(world, maya, "remove", course=course, from_term=term)
    page = maya.get(url(world, "alternatives/"))
    assert "This was made before the last change." in words(page)
    assert "Use this plan" not in words(page)
    assert "Work it out again" in words(page)
    refused = maya.post(url(world, "alternatives/use/"), {"head": head(world).pk, "index": 0})
    assert refused.status_code == 422
    assert "This was worked out before the last change." in words(refused)
    assert head(world).number == 2


def test_a_plan_that_changed_meanwhile_is_a_conflict(world: World, maya: Client) -> None:
    work_out(world, maya, "alternatives")
    seen = head(world)
    course, term = next(place for place in seen.placements if place[1] == FALL)
    edit(world, maya, "remove", course=course, from_term=term)
    answer = maya.post(url(world, "alternatives/use/"), {"head": seen.pk, "index": 0})
    assert answer.status_code == 409
    assert "This plan has changed since you opened it." in words(answer)


def test_plans_side_by_side_go_out_as_csv(world: World, maya: Client) -> None:
    work_out(world, maya, "alternatives")
    answer = maya.get(url(world, "alternatives.csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert rows[0][:2] == ["goal", "Your plan now"]
    assert len({len(row) for row in rows}) == 1
    assert rows[-1][0] == "changes"


def fail(world: World, code: str) -> None:
    """The course of this fall is failed."""
    CourseRecord.objects.filter(student=world.student("maya"), course__code=code).update(
        state="failed", mark="52"
    )


def test_a_plan_that_works_needs_no_repair(world: World, maya: Client) -> None:
    said = words(work_out(world, maya, "repair"))
    assert "Your plan works. There is nothing to repair." in said
    assert "Take this repair" not in said


def test_a_failed_course_is_said_at_home_and_in_the_builder(world: World, maya: Client) -> None:
    for page in ("/home/", "/plan/"):
        assert "Something changed" not in words(maya.get(page))
    fail(world, "AALG")
    home, builder = words(maya.get("/home/")), words(maya.get("/plan/"))
    assert "Something changed: your plan needs a repair." in home
    assert "Repair your plan" in home
    assert "Something changed. The plan does not work any more." in builder
    assert "See how to repair it" in builder
    staff = words(visitor(world, "ortiz").get(f"/students/{world.student('maya').pk}/"))
    assert "Something changed: Maya’s plan needs a repair." in staff


def test_a_gap_that_the_student_made_is_no_news(world: World, maya: Client) -> None:
    course, term = next(place for place in head(world).placements if place[1] == FALL)
    edit(world, maya, "remove", course=course, from_term=term)
    assert "Something changed" not in words(maya.get("/home/"))
    assert "Something changed" not in words(maya.get("/plan/"))
    fail(world, "AALG")
    assert "Something changed" in words(maya.get("/plan/"))


def test_a_course_that_is_not_offered_any_more_is_news(world: World, maya: Client) -> None:
    course, _term = head(world).placements[0]
    Offering.objects.filter(school=world.school, course__code=course).delete()
    assert "Something changed. The plan does not work any more." in words(maya.get("/plan/"))
    version = head(world)
    trouble = trouble_of(version, basis_of_version(version, on=TODAY))
    assert any(course in news for news in trouble.news)


def test_a_repair_leaves_terms_that_have_begun_as_they_are(world: World, maya: Client) -> None:
    before = [place for place in head(world).placements if place[1] == SPRING]
    assert before
    District.objects.filter(pk=world.district.pk).update(demo_today=date(2027, 2, 10))
    work_out(world, maya, "repair")
    sent = maya.post(url(world, "repair/take/"), {"head": head(world).pk})
    assert sent.status_code == 302
    assert [place for place in head(world).placements if place[1] == SPRING] == before


def test_a_repair_lists_its_changes_with_reasons_and_becomes_a_version(
    world: World, maya: Client
) -> None:
    fail(world, "AALG")
    said = words(work_out(world, maya, "repair"))
    assert "make your plan work again." in said or "makes your plan work again." in said
    assert "What broke" in said
    before = head(world)
    answer = maya.post(url(world, "repair/take/"), {"head": before.pk})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/plan/")
    after = head(world)
    assert after.why.startswith("The plan was repaired: ")
    assert after.audit_status == "planned"
    assert [course for course, _term in after.placements if course == "AALG"] == ["AALG"]
    assert "Something changed" not in words(maya.get("/plan/"))
    assert "There is nothing to repair." in words(work_out(world, maya, "repair"))


@pytest.mark.parametrize(("page", "kind"), [("alternatives", "alternatives"), ("repair", "repair")])
def test_where_no_plan_exists_the_page_says_why_and_what_would_help(
    world: World, maya: Client, page: str, kind: str
) -> None:
    work_out(world, maya, page)
    never = plan_document(Infeasible(("Chemistry is full.",), (Fix("Allow a summer term.", ()),)))
    PlanJob.objects.filter(kind=kind).update(result=never)
    said = words(maya.get(url(world, f"{page}/")))
    assert "There is no plan that fits all of this." in said
    assert "Chemistry is full." in said
    assert "This would help One step is enough. Each can be undone. Allow a summer term." in said
    sent = maya.post(url(world, "repair/take/"), {"head": head(world).pk})
    assert sent.status_code == 422


def test_work_that_is_under_way_leads_to_how_far_it_is(world: World, maya: Client) -> None:
    job = PlanJob.objects.create(
        student=world.student("maya"),
        kind="repair",
        inputs_hash="a" * 64,
        asked_by=world["maya"],
        asked_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
    )
    page = maya.get(url(world, "repair/"))
    assert "This is being worked out now." in words(page)
    assert f"/plan/jobs/{job.pk}/" in page.content.decode()
    assert "Check and repair" not in words(page)


def test_nothing_to_repair_cannot_be_taken(world: World, maya: Client) -> None:
    work_out(world, maya, "repair")
    answer = maya.post(url(world, "repair/take/"), {"head": head(world).pk})
    assert answer.status_code == 422
    assert head(world).number == 1


@pytest.fixture
def welding(world: World) -> ProgramOfStudy:
    """A second program at Maya's school, in another cluster."""
    ProgramOfStudy.objects.filter(slug="welding").update(school=world.school)
    for code in ("IFOS", "INTMET", "WELD1"):
        Offering.objects.get_or_create(school=world.school, course=world.courses[code])
    return world.programs["welding"]


def test_every_program_says_what_it_would_cost(
    world: World, maya: Client, welding: ProgramOfStudy
) -> None:
    said = words(work_out(world, maya, "change"))
    assert "Engineering and Technology" in said
    assert "the program now" in said
    assert "Welding" in said
    assert "kept" in said
    filtered = words(maya.get(url(world, "change/") + "?q=weld"))
    assert "Engineering and Technology" not in filtered
    assert "Welding" in filtered
    none = words(maya.get(url(world, "change/") + "?q=nothing-fits-this"))
    assert "No program fits." in none
    backward = maya.get(url(world, "change/") + "?sort=-program").content.decode()
    assert backward.index(">Welding</a>") < backward.index(">Engineering and Technology</a>")


def test_the_programs_go_out_as_csv_the_own_one_first(
    world: World, maya: Client, welding: ProgramOfStudy
) -> None:
    work_out(world, maya, "change")
    rows = list(csv.reader(io.StringIO(maya.get(url(world, "change.csv")).content.decode())))
    assert rows[0][0] == "program"
    assert [row[0] for row in rows[1:]] == ["Engineering and Technology", "Welding"]


def test_one_program_lists_its_courses_and_begins_a_plan(
    world: World, maya: Client, welding: ProgramOfStudy
) -> None:
    assert maya.get(url(world, "change/welding/")).status_code == 404
    work_out(world, maya, "change")
    assert maya.get(url(world, "change/no-such-program/")).status_code == 404
    own = words(maya.get(url(world, "change/engineering-and-technology/")))
    assert "Engineering and Technology is the program now." in own
    assert "Plan with this program" not in own
    page = maya.get(url(world, "change/welding/"))
    said = words(page)
    assert "Courses to add" in said
    assert "Courses that stop counting" in said
    assert "Courses that still count" in said
    assert f'name="program" value="{welding.pk}"' in page.content.decode()
    assert "Plan with this program" not in words(
        visitor(world, "ortiz").get(url(world, "change/welding/"))
    )


def test_a_student_without_a_plan_can_look_at_every_program(
    world: World, welding: ProgramOfStudy
) -> None:
    theo = visitor(world, "theo")
    answer = theo.post(url(world, "change/start/", "theo"), follow=True)
    said = words(answer)
    assert "You can change to" in said
    assert "Welding" in said


@pytest.mark.parametrize("name", ["dana", "ortiz", "halvorsen"])
def test_those_near_the_student_look_and_do_not_take(world: World, maya: Client, name: str) -> None:
    other = visitor(world, name)
    said = words(work_out(world, other, "alternatives"))
    assert "fit Maya too." in said
    assert "Use this plan" not in said
    sent = other.post(url(world, "alternatives/use/"), {"head": head(world).pk, "index": 0})
    assert sent.status_code == 422
    assert "You may not do this for Maya" in words(sent)
    assert head(world).number == 1


@pytest.mark.parametrize("name", ["noor", "karim", "rick", "hale", "lind", "tate", "whitcomb"])
@pytest.mark.parametrize("page", PAGES)
def test_others_do_not_find_the_pages(world: World, maya: Client, name: str, page: str) -> None:
    other = visitor(world, name)
    assert other.get(url(world, f"{page}/")).status_code == 404
    assert other.post(url(world, f"{page}/start/")).status_code == 404
    assert not PlanJob.objects.exists()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_the_database_as_often_whatever_it_shows(
    world: World, maya: Client, page: str
) -> None:
    with CaptureQueriesContext(connection) as empty:
        maya.get(url(world, f"{page}/"))
    work_out(world, maya, page)
    with CaptureQueriesContext(connection) as full:
        maya.get(url(world, f"{page}/"))
    assert len(full) <= len(empty) + 2
    assert len(full) <= 40


def test_looking_at_a_page_writes_nothing(world: World, maya: Client) -> None:
    for page in PAGES:
        maya.get(url(world, f"{page}/"))
    assert not PlanJob.objects.exists()
    assert plan(world).head.number == 1
