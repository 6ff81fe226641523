"""The builder through Django's client: edits, findings, conflicts, search, versions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pathloom.engine.planner.types import Fix, Infeasible
from pathloom.portal.plans.actions import generation
from pathloom.portal.plans.models import PlanVersion
from tests.portal.plans.visits import (
    FALL,
    LAST,
    SPRING,
    begin,
    edit,
    head,
    visitor,
    words,
)
from tests.portal.world import World

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def maya(world: World) -> Client:
    begin(world, "maya", ("USHIST", FALL))
    return visitor(world, "maya")


def test_student_without_a_plan_is_led_to_choosing_a_program(world: World) -> None:
    answer = visitor(world, "theo").get("/plan/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/plan/start/")


def test_choosing_shows_published_programs_of_the_own_school_only(world: World) -> None:
    page = words(visitor(world, "maya").get("/plan/start/"))
    assert "Engineering and Technology" in page
    assert "Welding" not in page  # published at the other high school
    assert "No program yet" in page


def test_the_program_one_came_from_is_chosen_already(world: World) -> None:
    client, program = visitor(world, "maya"), world.program.pk
    chosen = f'name="program" value="{program}" checked'
    assert chosen in client.get(f"/plan/start/?program={program}").content.decode()
    assert chosen not in client.get("/plan/start/").content.decode()


@pytest.mark.parametrize("asked", ["", "x", "0", "9999999999999", "1%00", "-1"])
def test_a_program_that_is_not_offered_leaves_the_choice_open(world: World, asked: str) -> None:
    page = visitor(world, "maya").get(f"/plan/start/?program={asked}").content.decode()
    assert page.count(" checked") == 1
    assert 'name="program" value="" checked' in page


def test_a_program_of_another_school_is_not_chosen(world: World) -> None:
    other = world.programs["welding"].pk
    page = visitor(world, "maya").get(f"/plan/start/?program={other}").content.decode()
    assert 'name="program" value="" checked' in page


def test_generating_makes_a_plan_and_shows_it(world: World) -> None:
    client = visitor(world, "maya")
    answer = client.post("/plan/generate/", {"program": world.program.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == "/plan/"
    assert "Version 1, saved" in words(answer)
    assert "23.0 of 23 credits" in words(answer)


def test_program_of_another_school_is_refused_in_words(world: World) -> None:
    other = world.programs["welding"]
    answer = visitor(world, "maya").post("/plan/generate/", {"program": other.pk})
    assert answer.status_code == 422
    assert "This program belongs to another school." in words(answer)
    assert not PlanVersion.objects.exists()


def test_when_no_plan_exists_the_page_says_why_and_what_would_help(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> Infeasible:
        return Infeasible(
            reasons=("Chemistry is offered only in fall.",),
            fixes=(Fix("Allow a summer term.", ()),),
        )

    monkeypatch.setattr(generation, "find_plan", never)
    client = visitor(world, "maya")
    answer = client.post("/plan/generate/", {"program": world.program.pk}, follow=True)
    said = words(answer)
    assert "There is no plan that fits all of this." in said
    assert "Chemistry is offered only in fall." in said
    assert "This would help One step is enough. Each can be undone. Allow a summer term." in said
    by_hand = client.post("/plan/generate/", {"program": world.program.pk, "by_hand": "on"})
    assert by_hand.headers["Location"] == "/plan/"
    assert head(world).placements == []


def test_a_course_can_be_moved_by_a_plain_form(world: World, maya: Client) -> None:
    answer = edit(world, maya, "move", course="USHIST", term=LAST, grade=12)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("#card-USHIST")
    assert head(world).placements == [["USHIST", LAST]]
    page = words(maya.get(answer.headers["Location"].partition("#")[0]))
    assert "United States History moved from Fall 2027 to Spring 2028." in page


def test_with_htmx_the_same_form_gives_only_the_board(world: World, maya: Client) -> None:
    answer = maya.post(
        "/plan/move/", {"head": head(world).pk, "course": "USHIST", "term": LAST}, **HTMX
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.lstrip().startswith('<div id="plan"')
    assert "<html" not in page
    assert "is-moved" in page


def test_add_swap_take_out_and_undo_are_one_version_each(world: World, maya: Client) -> None:
    edit(world, maya, "add", course="ECON", term=SPRING)
    edit(world, maya, "swap", course="USHIST", instead="APUSH")
    edit(world, maya, "remove", course="ECON")
    edit(world, maya, "undo")
    assert head(world).number == 6
    assert head(world).placements == [["ECON", SPRING], ["APUSH", FALL]]


def test_a_refused_edit_says_why_and_changes_nothing(world: World, maya: Client) -> None:
    before = head(world).pk
    answer = edit(world, maya, "move", course="USHIST", term="2024-25 fall")
    assert answer.status_code == 422
    assert "cannot be changed" in words(answer)
    assert head(world).pk == before


def test_an_edit_without_its_version_changes_nothing(world: World, maya: Client) -> None:
    before = head(world).pk
    answer = maya.post("/plan/move/", {"course": "USHIST", "term": LAST})
    assert answer.status_code == 422
    assert head(world).pk == before


def test_a_stale_edit_shows_what_changed_and_keeps_the_own_request(
    world: World, maya: Client
) -> None:
    seen = head(world).pk
    edit(world, maya, "add", course="ECON", term=SPRING)
    answer = maya.post("/plan/move/", {"head": seen, "course": "USHIST", "term": LAST})
    page = words(answer)
    assert answer.status_code == 409
    assert "Maya Ellison: Economics was added in Spring 2027." in page
    assert "You asked for: Move United States History to Spring 2028." in page
    assert head(world).placements == [["ECON", SPRING], ["USHIST", FALL]]


def test_my_request_can_be_applied_on_top_after_a_conflict(world: World, maya: Client) -> None:
    seen = head(world).pk
    edit(world, maya, "add", course="ECON", term=SPRING)
    answer = maya.post("/plan/move/", {"head": seen, "course": "USHIST", "term": LAST})
    form = answer.context["said"]["form"]
    again = {name: "" if value is None else value for name, value in form.initial.items()}
    assert maya.post(answer.context["said"]["url"], again).status_code == 302
    assert head(world).placements == [["ECON", SPRING], ["USHIST", LAST]]


def test_past_terms_cannot_be_edited_and_open_ones_have_a_button_per_term(
    world: World, maya: Client
) -> None:
    board = maya.get("/plan/").context["page"]["board"]
    cards = [card for grade in board["grades"] for term in grade["terms"] for card in term["cards"]]
    past = [card for card in cards if card["state"] != "planned"]
    planned = [card for card in cards if card["state"] == "planned"]
    assert past
    assert not any(card["moves"] for card in past)
    assert [move["term"] for move in planned[0]["moves"]] == [SPRING, FALL, LAST]
    assert [move["here"] for move in planned[0]["moves"]] == [False, True, False]


def test_only_the_chosen_grade_is_marked_for_phones(maya: Client) -> None:
    grades = maya.get("/plan/?grade=10").context["page"]["board"]["grades"]
    assert [grade["grade"] for grade in grades if grade["shown"]] == [10]


def test_a_finding_stands_beside_its_card_and_in_the_list(world: World, maya: Client) -> None:
    edit(world, maya, "add", course="APCALBC", term=SPRING)
    page = maya.get("/plan/").context["page"]["board"]
    about = [item for item in page["advice"] if item["anchor"] == "card-APCALBC"]
    cards = [
        card
        for grade in page["grades"]
        for term in grade["terms"]
        for card in term["cards"]
        if card["id"] == "card-APCALBC"
    ]
    assert about
    assert cards[0]["advice"] == about


def test_what_is_missing_leads_to_courses_that_fit(maya: Client) -> None:
    page = maya.get("/plan/search/?area=mathematics")
    courses = page.context["page"]["found"]["courses"]
    assert courses
    assert all("Mathematics" in course["counts"] for course in courses)


def test_search_leaves_out_what_is_planned_or_taken(maya: Client) -> None:
    found = maya.get("/plan/search/?q=history").context["page"]["found"]["courses"]
    titles = {course["title"] for course in found}
    assert "AP United States History" in titles
    assert not titles & {"United States History", "World History"}


def test_search_without_a_result_says_so(maya: Client) -> None:
    assert "No course fits." in words(maya.get("/plan/search/?q=zzz"))


def test_versions_are_listed_compared_and_read(world: World, maya: Client) -> None:
    edit(world, maya, "move", course="USHIST", term=LAST)
    listed = words(maya.get("/plan/versions/"))
    compared = words(maya.get("/plan/compare/?a=2&b=3"))
    assert "Your plan has 3 versions." in listed
    assert "One thing changed from version 2 to version 3." in compared
    assert "United States History moved from Fall 2027 to Spring 2028." in compared
    assert "Version 2 of your plan: draft." in words(maya.get("/plan/versions/2/"))


@pytest.mark.parametrize("query", ["", "?a=x&b=2", "?a=1"])
def test_comparing_without_two_numbers_leads_back_to_the_list(maya: Client, query: str) -> None:
    assert maya.get(f"/plan/compare/{query}").headers["Location"] == "/plan/versions/"


@pytest.mark.parametrize("address", ["/plan/versions/9/", "/plan/compare/?a=1&b=9"])
def test_a_version_that_does_not_exist_is_404(maya: Client, address: str) -> None:
    assert maya.get(address).status_code == 404


@pytest.mark.parametrize("kind", ["move", "add", "remove", "swap", "undo"])
def test_edits_are_posts_only(maya: Client, kind: str) -> None:
    assert maya.get(f"/plan/{kind}/").status_code == 405
