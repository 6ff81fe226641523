"""Planted conflicts are found, are minimal, and are said in at most three sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.demands import only
from pathloom.engine.catalog import Step
from pathloom.engine.planner.conflict import Kind
from pathloom.engine.planner.diagnose import explain, has_plan
from pathloom.engine.planner.fixes import ASK
from pathloom.engine.planner.minimal import minimal_conflict
from pathloom.engine.planner.probe import Probe
from pathloom.engine.planner.types import Limit, PlanTerm
from pathloom.engine.planner.watch import Cancelled, Progress
from pathloom.engine.units import Part, Term, format_credits
from tests.engine.planner.conflicts import (
    COURSES,
    answer,
    high_school,
    school,
    sentences,
    slotted,
)
from tests.engine.planner.small import (
    F9,
    F10,
    S9,
    S10,
    at,
    course,
    request,
    rules,
    taken,
    terms,
)

CONTRADICTIONS = [
    (
        {"locks": (*at(algebra=F9), *at(algebra=S9))},
        "Algebra is locked twice, in fall of grade 9 and in spring of grade 9, and can be taken"
        " only once.",
    ),
    (
        {"locks": at(biology=F9)},
        "Biology is locked in fall of grade 9, but it is not offered in fall.",
    ),
    (
        {"locks": at(algebra=F9, drawing=F9, painting=F9)},
        "3.0 credits are locked in fall of grade 9 (Algebra, Drawing, Painting), and only 2.0 fit.",
    ),
    (
        {"locks": at(geometry=F9)},
        "Geometry is locked in fall of grade 9, but what it needs first (Algebra) cannot be done"
        " by then.",
    ),
    (
        {"locks": at(drawing=F9), "bans": ("drawing",)},
        "Drawing is locked in fall of grade 9, but it is also ruled out.",
    ),
    (
        {"steps": (Step(("biology",)), Step(("chemistry",))), "bans": ("biology",)},
        "The program Small Program needs Biology, which cannot be taken while this is ruled out:"
        " Biology.",
    ),
]


@pytest.mark.parametrize(("more", "sentence"), CONTRADICTIONS)
def test_a_contradiction_is_named(more: dict[str, object], sentence: str) -> None:
    assert answer(school(**more)).reasons[0] == sentence


@pytest.mark.parametrize(("more", "sentence"), CONTRADICTIONS)
def test_a_contradiction_comes_with_a_change_that_helps(
    more: dict[str, object], sentence: str
) -> None:
    changes = [each.sentence for each in answer(school(**more)).fixes]

    assert changes
    assert changes != [ASK.sentence]


CONFLICTS = [
    ({"ahead": terms(F9, S9, F10, S10, most=100)}, {Kind.TOTAL, Kind.MOST}),
    ({"bans": ("drawing", "painting")}, {Kind.REQUIREMENT, Kind.BAN}),
    ({"locks": at(algebra=S10)}, {Kind.REQUIREMENT, Kind.LOCK}),
    ({"ahead": terms(F9, S9)}, {Kind.REQUIREMENT}),
    (
        {"ahead": terms(F9, S9, most=300), "locks": at(geometry=S9)},
        {Kind.REQUIREMENT},
    ),
    (
        {"steps": (Step(("drawing",)), Step(("algebra",))), "locks": at(algebra=F9)},
        {Kind.PROGRAM, Kind.LOCK},
    ),
    (
        {"ahead": terms(F9, S9, F10, S10, least=200, most=200)},
        {Kind.LEAST},
    ),
]


@pytest.mark.parametrize(("more", "kinds"), CONFLICTS)
def test_a_planted_conflict_is_found(more: dict[str, object], kinds: set[Kind]) -> None:
    found = minimal_conflict(Probe.of(school(**more)))

    assert found is not None
    assert {cause.kind for cause in found} - {Kind.PREREQUISITE} == kinds


@pytest.mark.parametrize(("more", "kinds"), CONFLICTS)
def test_a_conflict_is_minimal_when_only_its_demands_are_made(
    more: dict[str, object], kinds: set[Kind]
) -> None:
    asked = school(**more)
    found = minimal_conflict(Probe.of(asked))

    assert found is not None
    assert has_plan(only(asked, found)) is False
    for cause in found:
        rest = tuple(other for other in found if other != cause)
        assert has_plan(only(asked, rest)) is True, f"{cause} is not needed in {found}"


def test_reasons_say_what_is_asked_for_and_what_there_is_room_for() -> None:
    found = answer(school(ahead=terms(F9, S9, F10, S10, most=100)))

    assert found.reasons == (
        "The diploma asks for 5.0 credits in all.",
        "Only 4.0 credits fit into the 4 terms left.",
    )


def test_changes_are_the_smallest_that_help() -> None:
    found = answer(school(ahead=terms(F9, S9, F10, S10, most=100)))

    assert sentences(found) == (
        f"Take up to {format_credits(100)} more credits in each term.",
        "Graduate one term later, in fall 2028.",
    )


def test_a_ban_that_stands_in_the_way_is_named_with_the_way_out() -> None:
    found = answer(school(bans=("drawing", "painting")))

    assert found.reasons == ("The diploma asks for Art (1.0).", "Ruled out: Drawing and Painting.")
    assert sentences(found) == ("Allow Drawing again.", "Allow Painting again.")


def test_a_late_lock_is_named_with_what_has_to_wait_for_it() -> None:
    found = answer(school(locks=at(algebra=S10)))

    assert found.reasons == (
        "The diploma asks for Math (3.0).",
        "Geometry needs Algebra; with Algebra locked in spring of grade 10 there is no term left"
        " before graduation.",
    )
    assert "Take off the lock on Algebra in spring of grade 10." in sentences(found)


def test_where_no_single_change_helps_the_answer_says_so() -> None:
    found = answer(request((course("algebra"),), rules(dance=100)))

    assert found.reasons[0] == "The diploma asks for Dance (1.0)."
    assert sentences(found) == (ASK.sentence,)


def test_what_can_still_be_taken_is_said_beside_what_is_needed() -> None:
    courses = (course("drawing", "art"), course("sketch", "art", credits=50))
    found = answer(request(courses, rules(200)))

    assert found.reasons == (
        "The diploma asks for 2.0 credits in all.",
        "At most 1.5 more can be taken in the terms that are left, 2.0 are needed.",
    )


def test_what_counts_for_one_requirement_is_said_beside_what_it_needs() -> None:
    courses = (course("drawing", "art"), course("painting", "art"), course("algebra"))
    record = (taken("drawing"),)
    found = answer(request(courses, rules(art=300), record=record))

    assert found.reasons == (
        "The diploma asks for Art (3.0).",
        "At most 1.0 more that counts for it can be taken in the terms that are left,"
        " 2.0 are needed.",
    )


def test_where_one_change_is_not_enough_two_are_tried() -> None:
    asked = school(ahead=terms(F9, S9, F10, S10, most=100), bans=("drawing", "painting"))
    found = answer(asked)

    assert sentences(found) == (
        "Allow Drawing again, and take up to 1.0 more credits in each term.",
        "Allow Drawing again, and graduate one term later, in fall 2028.",
    )


# -- what is said of each kind of conflict


SAID = [
    (
        {"locks": at(geometry=F10)},
        (
            "The diploma asks for Second (1.0).",
            "Algebra II is offered only in fall and needs Geometry; with Geometry locked in fall of"
            " grade 10 there is no fall left before graduation.",
        ),
        (
            "Take off the lock on Geometry in fall of grade 10.",
            "Graduate one term later, in fall 2028.",
        ),
    ),
    (
        {"staff_locks": at(geometry=F10), "ahead": terms(F9, S9, F10)},
        (
            "The diploma asks for Second (1.0).",
            "Algebra II is offered only in fall and needs Geometry; with Geometry locked in fall of"
            " grade 10 there is no fall left before graduation.",
        ),
        (
            "Ask your counselor to take off the lock on Geometry in fall of grade 10.",
            "Graduate one school year later, in fall 2028.",
        ),
    ),
    (
        {"ruleset": rules(pe=50)},
        ("The diploma asks for Pe (0.5).", "Health is offered only in summer."),
        ("Take Health in summer 2027.",),
    ),
    (
        {"ruleset": rules(social=100)},
        ("The diploma asks for Social (1.0).", "Civics is offered only online."),
        ("Take Civics online in 2026-27.",),
    ),
    (
        {"ruleset": rules(singing=100), "staff_bans": ("band",)},
        (
            "The diploma asks for Singing (1.0).",
            "Ruled out by your counselor: Band.",
            "Choir has to run together with Band.",
        ),
        ("Ask your counselor to allow Band again.",),
    ),
    (
        {"ruleset": rules(tags=("studio",)), "limits": (Limit("Studio art", "studio", 0),)},
        (
            "The diploma asks for Studio (1.0).",
            "The limit Studio art allows none of these courses.",
        ),
        ("Ask your counselor to lift the limit Studio art.",),
    ),
    (
        {"finish": S9},
        (
            "The diploma asks for Second (1.0).",
            "You want to finish in spring of grade 9.",
            "Algebra II is offered only in fall and needs Geometry; with Geometry in fall of grade"
            " 9 at the earliest there is no fall left before graduation.",
        ),
        ("Give up graduating early.",),
    ),
    (
        {
            "ruleset": rules(art=100),
            "also": (replace(rules(dance=100), id="x/seal/1", title="Dance Seal"),),
        },
        ("Dance Seal asks for Dance (1.0).", "Your school offers no course that counts for it."),
        ("Leave out Dance Seal.",),
    ),
    (
        {"ruleset": rules(500), "ahead": slotted(F9, S9, F10, S10, slots=1)},
        (
            "The diploma asks for 5.0 credits in all.",
            "A day has only one period, so at most 4.0 credits fit into the 4 terms left.",
        ),
        ("Take Civics online in 2026-27.", "Graduate one term later, in fall 2028."),
    ),
    (
        {"ruleset": rules(art=100), "ahead": slotted(F9, S9, slots=1, least=200)},
        ("Your school asks for at least 2.0 credits in a term.", "A day has only one period."),
        ("Ask your counselor to allow terms with fewer credits.",),
    ),
    (
        {"ahead": (), "ruleset": rules(art=100)},
        ("The diploma asks for 1.0 credits in all.", "No term is left to plan."),
        ("Graduate one term later, in fall 2030.",),
    ),
]


@pytest.mark.parametrize(("more", "reasons", "fixes"), SAID, ids=[str(n) for n in range(len(SAID))])
def test_a_conflict_is_said_in_plain_sentences_with_what_would_help(
    more: dict[str, object], reasons: tuple[str, ...], fixes: tuple[str, ...]
) -> None:
    found = answer(high_school(**more))

    assert found.reasons == reasons
    assert sentences(found) == fixes


def test_the_same_request_is_explained_the_same_way() -> None:
    asked = school(locks=at(algebra=S10), bans=("drawing",))

    assert explain(asked) == explain(asked)


def test_an_explanation_can_be_stopped_at_each_step() -> None:
    seen: list[str] = []

    def stop(progress: Progress) -> None:
        seen.append(progress.doing)
        if len(seen) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        explain(school(locks=at(algebra=S10)), stop)
    assert seen == ["Looking for what stands in the way", "Trying what would help"]


def test_one_fix_ends_all_conflicts_at_once() -> None:
    found = answer(school(locks=at(geometry=F9), bans=("drawing", "painting")))

    assert sentences(found) == (
        "Take off the lock on Geometry in fall of grade 9, and allow Drawing again.",
        "Take off the lock on Geometry in fall of grade 9, and allow Painting again.",
    )


def test_the_fewest_locks_are_taken_off() -> None:
    """Of four locks in a term whose day has two periods, two have to go."""
    locks = at(algebra=F9, drawing=F9, painting=F9, band=F9)
    ahead = slotted(F9, S9, F10, S10, slots=2)
    asked = request((*COURSES, course("band", "art")), rules(math=300), ahead=ahead, locks=locks)
    found = answer(asked)

    assert [len(each.changes) for each in found.fixes] == [2, 2, 2]
    assert all(each.sentence.startswith("Take off the locks on ") for each in found.fixes)


def test_a_lock_of_staff_is_told_apart_from_one_of_the_student() -> None:
    found = answer(school(locks=at(drawing=F9), staff_bans=("drawing",)))

    assert [(each.sentence, each.staff) for each in found.fixes] == [
        ("Take off the lock on Drawing in fall of grade 9.", False),
        ("Ask your counselor to allow Drawing again.", True),
    ]


def test_giving_up_an_early_finish_asks_for_the_least_load_again() -> None:
    """Nobody asks for a load after the finish; without one the last term asks for too much."""
    ahead = (*terms(F9, S9, F10, most=200), *terms(S10, most=300, least=300))
    asked = request((course("algebra"), course("geometry", needs="algebra")), rules(math=200))
    asked = replace(asked, terms=ahead, finish=F9)
    found = answer(asked)

    assert "Give up graduating early, and ask your counselor" in sentences(found)[0]


def test_a_course_that_only_could_stand_in_a_summer_is_named_and_others_are_not() -> None:
    summers = tuple(replace(one, parts=(Part.SUMMER,)) for one in (course("a"), course("b")))

    assert sentences(answer(request(summers, rules(math=100))))[0] == (
        "Take a course in summer 2027."
    )
    assert sentences(answer(request(summers[:1], rules(math=100))))[0] == "Take A in summer 2027."


def test_a_year_beside_its_fall_and_spring_holds_nothing_more() -> None:
    year = PlanTerm(Term(F9.year, Part.YEAR), 9, most=800)
    whole = replace(course("orchestra", "music"), parts=(Part.YEAR,))
    asked = request((*COURSES, whole), rules(600), ahead=(year, *terms(F9, S9, most=200)))

    assert answer(asked).reasons == (
        "The diploma asks for 6.0 credits in all.",
        "Only 4.0 credits fit into the 2 terms left.",
    )


def test_a_finish_that_does_not_matter_is_no_part_of_the_conflict() -> None:
    asked = school(ahead=terms(F9, S9, F10, S10, most=100), finish=F10)

    assert [one.kind for one in minimal_conflict(Probe.of(asked))] == [Kind.MOST, Kind.TOTAL]
