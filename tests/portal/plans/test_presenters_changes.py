"""Other plans, repairs and the cost of another program as plain dicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.planner.credit import CreditKept, HoursKept
from pathloom.engine.planner.figures import Figure
from pathloom.engine.planner.moves import Move, PlanChange
from pathloom.engine.planner.switch import Switch
from pathloom.engine.units import Term
from pathloom.portal.plans.checks import Trouble
from pathloom.portal.plans.exports import change_lines, comparison_lines
from pathloom.portal.plans.presenters.alternatives import comparison, goal_title
from pathloom.portal.plans.presenters.change import (
    Place,
    change_page,
    program_page,
    program_rows,
)
from pathloom.portal.plans.presenters.explore import MOST_NEWS, explore
from pathloom.portal.plans.presenters.moves import change_lines as move_lines
from pathloom.portal.plans.runners.alternatives import Compared, Other
from pathloom.portal.plans.runners.switch import Ahead, Cost, Costs, Held

FALL, SPRING = Term.parse("2027-28 fall"), Term.parse("2027-28 spring")
MOVED = PlanChange(Move.MOVED, "CHEM", FALL, SPRING, "Chemistry moves.", why="It is not offered.")
PRESENT = (Figure("college", 0, "None.", more=True), Figure("load", 300, "At most 3.0."))


def other(*figures: Figure, title: str = "More college credit") -> Other:
    return Other(title, figures, (MOVED,), placements=(), proved=True, left=())


def compared(*others: Other, wrong: tuple[str, ...] = ()) -> Compared:
    return Compared(present=PRESENT, wrong=wrong, others=others, missing=())


def marks(page: object, plan: int) -> dict[str, str]:
    return {row["title"]: row["cells"][plan]["mark"] for row in page["goals"]}  # type: ignore[index]


@pytest.mark.parametrize(
    ("college", "load", "expected"),
    [
        (100, 400, {"College credit": "better", "Fullest term": "worse"}),
        (0, 200, {"College credit": "same", "Fullest term": "better"}),
        (0, 300, {"College credit": "same", "Fullest term": "same"}),
    ],
)
def test_a_goal_is_better_where_more_or_less_is_better(
    college: int, load: int, expected: dict[str, str]
) -> None:
    found = other(Figure("college", college, "Some.", more=True), Figure("load", load, "Some."))
    assert marks(comparison(compared(found)), 1) == expected


def test_a_plan_says_in_one_line_what_is_better_and_worse() -> None:
    found = other(Figure("college", 100, "Some.", more=True), Figure("load", 400, "Some."))
    same = other(*PRESENT)
    plans = comparison(compared(found, same))["plans"]
    assert plans[1]["gains"] == "Better: college credit. Worse: fullest term."
    assert plans[2]["gains"] == "As good in every goal, with other courses."


def test_words_that_the_present_plan_says_already_are_not_repeated() -> None:
    page = comparison(compared(other(PRESENT[0], Figure("load", 300, "Said in another way."))))
    cells = [row["cells"][1]["words"] for row in page["goals"]]
    assert cells == ["", "Said in another way."]


def test_goals_stand_in_the_order_stated_and_how_close_a_plan_stays_is_no_row() -> None:
    found = other(Figure("previous", 4, "4 courses."), Figure("liked", 1, "One."))
    titles = [row["title"] for row in comparison(compared(found))["goals"]]
    assert titles == ["College credit", "Fullest term", "Liked courses"]


def test_a_goal_only_another_plan_states_has_no_mark() -> None:
    page = comparison(compared(other(*PRESENT, Figure("liked", 1, "One."))))
    assert [cell["words"] for cell in page["goals"][2]["cells"]] == ["not stated", "One."]
    assert page["goals"][2]["cells"][1]["mark"] == ""


def test_a_present_plan_that_does_not_work_says_so_first() -> None:
    page = comparison(compared(other(*PRESENT), wrong=("Science would not be complete.",)))
    first = page["goals"][0]
    assert page["gap"] == "Your plan does not work as it is now."
    assert first["cells"][0]["words"] == "Science would not be complete."
    assert first["cells"][1]["mark"] == "better"
    assert comparison(compared(other(*PRESENT)))["gap"] == ""


@pytest.mark.parametrize(
    ("count", "name", "words"),
    [
        (0, "", "No other plan fits you that is really different."),
        (1, "", "One other plan fits you too."),
        (3, "", "Three other plans fit you too."),
        (2, "Maya", "Two other plans fit Maya too."),
    ],
)
def test_the_page_begins_with_how_many_other_plans_fit(count: int, name: str, words: str) -> None:
    assert comparison(compared(*[other(*PRESENT)] * count), name=name)["headline"] == words


def test_a_goal_without_words_of_its_own_stands_for_itself() -> None:
    assert goal_title("new_goal") == "New goal"


def test_the_comparison_as_csv_has_a_line_per_goal_and_a_column_per_plan() -> None:
    found = other(Figure("college", 100, "Some.", more=True), PRESENT[1], title="=1+1")
    lines = comparison_lines(comparison(compared(found))).splitlines()
    assert lines[0] == "goal,Your plan now,'=1+1"
    assert lines[1] == "College credit,None.,better: Some."
    assert lines[2] == "Fullest term,At most 3.0.,the same"
    assert lines[3] == "changes,,Chemistry moves."


def test_a_change_keeps_its_reason() -> None:
    assert move_lines([MOVED]) == [
        {"tone": "info", "label": "Moved", "words": "Chemistry moves.", "why": "It is not offered."}
    ]


def switch(program: str, **changes: object) -> Switch:
    made = Switch(
        program=program,
        title=program.title(),
        pathway="",
        present=False,
        last=FALL,
        terms_added=0,
        proved=True,
        credit=CreditKept(kept=1900, lost=100, program=0, diploma_only=0),
        hours=None,
        open_steps=(),
        in_the_way="",
        sentence="",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def cost(one: Switch, cluster: str = "stem") -> Cost:
    return Cost(one, cluster, kept=(), lost=(), ahead=())


def costs(*switches: Switch) -> Costs:
    return Costs(tuple(cost(one) for one in switches), (FALL, SPRING))


HERE = Place(student=7, name="", clusters={"welding": "Construction"})
LATE = {"last": None, "terms_added": 1}
NEVER = {"last": None, "terms_added": None}


def test_the_least_cost_comes_first() -> None:
    lost = CreditKept(kept=1700, lost=300, program=0, diploma_only=0)
    rows = program_rows(
        costs(
            switch("never", **NEVER),
            switch("late", **LATE),
            switch("a-dear-one", credit=lost),
            switch("cheap"),
            switch("mine", present=True, credit=lost),
        ),
        HERE,
    )
    assert [row["slug"] for row in rows] == ["mine", "cheap", "a-dear-one", "late", "never"]


@pytest.mark.parametrize(
    ("changes", "state", "outcome"),
    [
        ({}, "met", "On time"),
        (LATE, "short", "1 term more"),
        ({"last": None, "terms_added": 3}, "short", "3 terms more"),
        (NEVER, "short", "Cannot be finished"),
        (NEVER | {"proved": False}, "short", "Not known"),
    ],
)
def test_each_outcome_has_its_words(changes: dict[str, object], state: str, outcome: str) -> None:
    row = program_rows(costs(switch("one", **changes)), HERE)[0]
    assert (row["state"], row["outcome"]) == (state, outcome)


def test_the_picture_says_what_the_words_say() -> None:
    row = program_rows(costs(switch("welding", last=SPRING)), HERE)[0]
    assert row["kept_share"] == "95.00%"
    assert row["credit_words"] == "19.0 kept, 1.0 lost"
    assert [dot["last"] for dot in row["dots"]] == [False, True]
    assert row["last"] == "Spring 2028"
    assert row["cluster_title"] == "Construction"


def test_without_credit_nothing_is_divided_by_zero() -> None:
    none = CreditKept(kept=0, lost=0, program=0, diploma_only=0)
    row = program_rows(costs(switch("one", credit=none)), HERE)[0]
    assert (row["credit_words"], row["kept_share"]) == ("No credit yet", "0%")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, ""),
        (HoursKept(0, 0, 0), ""),
        (HoursKept(600, 300, 0), "3 of 6 college hours still count."),
        (HoursKept(600, 0, 300), "3 of 6 college hours stop counting."),
    ],
)
def test_college_hours_are_said_where_there_are_any(hours: HoursKept | None, words: str) -> None:
    assert program_rows(costs(switch("one", hours=hours)), HERE)[0]["hours"] == words


@pytest.mark.parametrize(
    ("switches", "name", "words"),
    [
        ([switch("a", present=True)], "", "There is no other program at this school."),
        ([switch("a")], "", "You can change to any other program and still finish on time."),
        ([switch("a")], "Maya", "Maya can change to any other program and finish on time."),
        (
            [switch("a"), switch("b", **LATE)],
            "",
            "You can change to 1 of 2 other programs and finish on time.",
        ),
        (
            [switch("b", **LATE)],
            "",
            "It is too late to change to another program and still finish on time.",
        ),
    ],
)
def test_the_page_begins_with_how_many_programs_are_open(
    switches: list[Switch], name: str, words: str
) -> None:
    assert change_page(costs(*switches), replace(HERE, name=name))["headline"] == words


def test_programs_are_found_by_words_and_cluster() -> None:
    both = Costs((cost(switch("welding"), "law"), cost(switch("nursing"))), (FALL, SPRING))

    def found(**asked: str) -> list[str]:
        return [row["row"]["slug"] for row in change_page(both, HERE, **asked)["rows"]]

    assert found() == ["nursing", "welding"]
    assert found(words="WELD") == ["welding"]
    assert found(cluster="stem") == ["nursing"]
    assert found(cluster="stem", words="weld") == []


def test_one_program_names_its_courses() -> None:
    one = Cost(
        switch("welding"),
        "law",
        kept=(Held("Algebra", 100, True),),
        lost=(),
        ahead=(Ahead(("Welding I", "Welding II"), 11, True),),
    )
    page = program_page(one, Costs((one,), (FALL,)), HERE)
    assert page["headline"] == "You can change to Welding and finish on time."
    assert page["summary"] == "19.0 of the 20.0 credits still count."
    assert page["kept"] == [
        {"title": "Algebra", "credits": "1.0", "note": "counts in this program"}
    ]
    assert page["lost_words"] == "None."
    assert page["ahead"] == [
        {"title": "Welding I or Welding II", "note": "meant for grade 11, already in the plan"}
    ]


def test_the_programs_as_csv_have_one_line_each() -> None:
    lines = change_lines(program_rows(costs(switch("welding")), HERE)).splitlines()
    assert lines[0].startswith("program,cluster,outcome,start_by,kept,lost,college")
    assert lines[1] == "Welding,Construction,On time,Fall 2027,19.0,1.0,,"


def test_of_much_news_the_first_is_said_and_the_rest_counted() -> None:
    news = tuple(f"Thing {number}." for number in range(5))
    page = explore(Trouble(broke=news, news=news), student=7)
    assert (len(page["news"]), page["more"]) == (MOST_NEWS, 2)
    assert [way["url"] for way in page["ways"]][:3] == [
        "/students/7/plan/alternatives/",
        "/students/7/plan/repair/",
        "/students/7/plan/change/",
    ]
