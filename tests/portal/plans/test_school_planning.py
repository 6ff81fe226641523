"""How a school plans: who says it, what is refused, and what plans then keep to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pathloom.engine.planner import plan as find_plan
from pathloom.engine.planner.types import Counted, Infeasible, Limit, Plan, Within
from pathloom.portal.catalog.models import SchoolPlanning
from pathloom.portal.catalog.queries import planning_of
from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.core.models import Event
from pathloom.portal.plans.actions import add_course, save_school_planning
from pathloom.portal.plans.actions.school import Rules
from pathloom.portal.plans.models import PlanWishes
from pathloom.portal.plans.presenters.school import limits_in_plan
from pathloom.portal.plans.queries.school import fingerprint_of
from pathloom.portal.plans.snapshot import Basis, basis_of
from pathloom.portal.records.models import CourseRecord
from tests.portal.plans import desk
from tests.portal.plans.visits import words
from tests.portal.records.cast import TODAY, Cast, give

USUAL = Rules(periods=8, most=400, least=0, target=None, limits=())
ARTS = Limit("Arts courses", "literature", 100, Counted.COURSES, Within.YEAR)


def save(cast: Cast, rules: Rules = USUAL, *, who: str = "pia", seen: str = "") -> SchoolPlanning:
    return save_school_planning(
        school=cast.high,
        rules=rules,
        seen=seen or fingerprint_of(planning_of(cast.high)),
        by=cast.user(who),
    )


def basis(cast: Cast) -> Basis:
    return basis_of(cast.student("mira"), program_version=None, on=TODAY)


def test_a_school_that_says_nothing_plans_as_usual(cast: Cast) -> None:
    terms = basis(cast).terms
    assert {(one.most, one.least, one.target, one.slots) for one in terms} == {(400, 0, None, None)}
    assert basis(cast).asked.limits == ()


def test_what_the_school_says_is_what_the_planner_is_asked(cast: Cast) -> None:
    save(cast, Rules(periods=6, most=350, least=100, target=250, limits=(ARTS,)))
    asked = basis(cast).asked
    assert {(one.most, one.least, one.target, one.slots) for one in asked.terms} == {
        (350, 100, 250, 6)
    }
    assert asked.limits == (ARTS,)


def test_the_event_keeps_what_was_said_in_whole_numbers(cast: Cast) -> None:
    save(cast, replace(USUAL, limits=(ARTS,)))
    event = Event.objects.get(action="plans.save_school_planning")
    assert (event.data["periods"], event.data["most"]) == (8, 400)
    assert event.data["limits"][0]["most"] == 100


def test_courses_under_way_take_credit_and_a_period_and_nothing_crosses(cast: Cast) -> None:
    save(cast, Rules(periods=3, most=200, least=150, target=200, limits=()))
    give(cast.student("mira"), "TEC-1", term="2026-27 year", state="in_progress")
    give(cast.student("mira"), "BAND", term=desk.SPRING, state="in_progress")
    first = basis(cast).terms[0]
    assert (first.most, first.least, first.target, first.slots) == (100, 50, 100, 1)


def test_a_day_that_is_full_already_takes_nothing_more(cast: Cast) -> None:
    save(cast, replace(USUAL, periods=2))
    for code in ("TEC-1", "BAND"):
        give(cast.student("mira"), code, term=desk.SPRING, state="in_progress")
    first = basis(cast).terms[0]
    assert (first.most, first.slots) == (0, 1)
    assert isinstance(find_plan(basis(cast).request(), as_of=TODAY), Plan | Infeasible)


def test_part_time_wins_over_what_the_school_aims_at(cast: Cast) -> None:
    save(cast, Rules(periods=8, most=400, least=300, target=400, limits=()))
    PlanWishes.objects.create(student=cast.student("mira"), most=200)
    terms = basis(cast).terms
    assert {(one.most, one.least, one.target) for one in terms} == {(200, 200, 200)}


def test_a_day_that_is_too_short_is_named_where_there_is_no_plan(cast: Cast) -> None:
    save(cast, replace(USUAL, periods=1))
    CourseRecord.objects.filter(student=cast.student("mira")).delete()
    answer = find_plan(basis(cast).request(), as_of=TODAY)
    assert isinstance(answer, Infeasible)
    assert "period" in " ".join(answer.reasons)


def test_a_limit_over_which_a_plan_goes_is_said_beside_it(cast: Cast) -> None:
    save(cast, replace(USUAL, limits=(replace(ARTS, most=0),)))
    desk.begin(cast)
    add_course(
        plan=desk.plan_for(cast),
        expected_head=desk.head_of(cast).pk,
        course="ENG-2",
        term=desk.FALL,
        by=cast.user("mira"),
    )
    codes = [finding["code"] for finding in desk.head_of(cast).findings]
    assert "over_limit" in codes


@pytest.mark.parametrize(
    ("counted", "within", "used"),
    [
        (Counted.COURSES, Within.TERM, "1 course in Fall 2027"),
        (Counted.CREDITS, Within.YEAR, "1 credit in 2027-28"),
        (Counted.COURSES, Within.PLAN, "1 course in this plan"),
    ],
)
def test_the_page_of_the_plan_says_how_far_a_limit_is_used(
    cast: Cast, counted: Counted, within: Within, used: str
) -> None:
    save(cast, replace(USUAL, limits=(replace(ARTS, counted=counted, within=within),)))
    desk.begin(cast)
    version = desk.add(cast, "ENG-2", desk.FALL)
    (row,) = limits_in_plan(basis(cast), basis(cast).ahead(version.placements))
    assert (row["used"], row["full"]) == (used, True)


def test_a_limit_that_speaks_of_no_course_of_the_plan_is_not_shown(cast: Cast) -> None:
    save(cast, replace(USUAL, limits=(ARTS,)))
    desk.begin(cast)
    version = desk.add(cast, "SCI-2", desk.FALL)
    assert limits_in_plan(basis(cast), basis(cast).ahead(version.placements)) == []


def test_college_hours_without_agreements_hold_nothing_back(cast: Cast) -> None:
    save(cast, replace(USUAL, limits=(ARTS,)))
    hours = {"title": "Hours", "tag": "literature", "most": 3, "counted": "hours"}
    SchoolPlanning.objects.update(limits=[hours])
    assert basis(cast).asked.limits == ()


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (replace(USUAL, periods=0), "A day has 1 to 24 periods."),
        (replace(USUAL, most=0), "Some credit has to fit into a term."),
        (replace(USUAL, least=500), "at least 5.0 credits and hold at most 4.0"),
        (replace(USUAL, target=500), "5.0 credits cannot be aimed at"),
        (replace(USUAL, limits=(ARTS, ARTS)), "Two limits are called “Arts courses”."),
        (replace(USUAL, limits=(replace(ARTS, tag=""),)), "A limit needs a name and the courses"),
        (
            replace(USUAL, limits=(replace(ARTS, counted=Counted.HOURS),)),
            "no agreement with a college says them",
        ),
    ],
)
def test_what_no_plan_could_keep_is_refused_in_words(cast: Cast, rules: Rules, words: str) -> None:
    with pytest.raises(UserError) as refused:
        save(cast, rules)
    assert words in refused.value.message
    assert refused.value.what_to_do
    assert not SchoolPlanning.objects.exists()


@pytest.mark.parametrize("who", ["otto", "zora", "carla", "tess", "mira", "gail", "paul"])
def test_nobody_else_says_how_a_school_plans(cast: Cast, who: str) -> None:
    with pytest.raises(UserError, match="You may not say how Juniper High plans"):
        save(cast, who=who)
    assert not SchoolPlanning.objects.exists()


def test_the_district_may_say_it_too(cast: Cast) -> None:
    assert save(cast, who="dana").periods == 8


def test_two_administrators_do_not_undo_each_other(cast: Cast) -> None:
    seen = fingerprint_of(planning_of(cast.high))
    save(cast)
    with pytest.raises(Conflict):
        save(cast, replace(USUAL, periods=7), seen=seen, who="dana")
    assert SchoolPlanning.objects.get().periods == 8


def fields(client: Client, **changed: Any) -> dict[str, Any]:
    page = client.get(URL).context
    sent = {name: value for name, value in page["form"].initial.items() if value is not None}
    rows = page["limits"]
    sent |= {
        "limits-TOTAL_FORMS": str(rows.total_form_count()),
        "limits-INITIAL_FORMS": str(rows.initial_form_count()),
    }
    for number, row in enumerate(rows):
        for name in row.fields:
            value = row.get_initial_for_field(row.fields[name], name)
            sent |= {} if value is None else {f"limits-{number}-{name}": value}
    return sent | changed


URL = "/schools/juniper-high/planning/"
NEW = {
    "limits-0-title": "Reading",
    "limits-0-tag": "literature",
    "limits-0-most": "2",
    "limits-0-counted": "credits",
    "limits-0-within": "year",
}


@pytest.fixture
def pia(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.user("pia"))
    return client


def test_the_page_saves_the_day_and_a_limit_and_takes_it_out_again(pia: Client) -> None:
    assert reverse("plans:school_planning", args=["juniper-high"]) == URL
    sent = pia.post(URL, fields(pia, periods="7", **NEW), follow=True)
    assert "Saved. Every plan that is made from now on follows it." in words(sent)
    kept = SchoolPlanning.objects.get()
    assert kept.periods == 7
    assert [(each["title"], each["most"]) for each in kept.limits] == [("Reading", 2.0)]

    gone = pia.post(URL, fields(pia, **{"limits-0-DELETE": "on"}))
    assert gone.status_code == 302
    assert SchoolPlanning.objects.get().limits == []
    assert SchoolPlanning.objects.get().periods == 7


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"periods": "99"}, "less than or equal to 24"),
        ({"most": "2", "least": "3"}, "This is more than fits into a term."),
        ({"most": "4", "target": "5"}, "Write an amount between the fewest and the most."),
        (NEW | {"limits-0-tag": ""}, "This field is required."),
        (NEW | {"limits-0-counted": "hours"}, "no agreement with a college says them"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_saved(
    pia: Client, changed: dict[str, str], said: str
) -> None:
    answer = pia.post(URL, fields(pia, **changed))
    assert answer.status_code == 422
    assert said in words(answer)
    assert not SchoolPlanning.objects.exists()


def test_an_elementary_school_has_no_such_page(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.user("dana"))
    assert client.get("/schools/willow/planning/").status_code == 403
    assert client.get("/schools/nowhere/planning/").status_code == 404
