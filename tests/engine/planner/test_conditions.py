"""Plans under rules with conditions, choices, families, caps, awards and exceptions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pathloom.engine.audit.result import Status
from pathloom.engine.planner import plan, verified
from pathloom.engine.planner.types import Infeasible, Plan, PlanRequest, Wishes
from pathloom.engine.record import ExceptionKind, Experience, Milestone, StaffException, State
from pathloom.engine.rules.nodes import (
    Among,
    AnyCourse,
    Award,
    Cap,
    Condition,
    Done,
    Exemption,
    HasTag,
    Have,
    Hours,
    Matcher,
    OnTrack,
    Requirement,
    RuleSet,
    SubjectIs,
)
from tests.engine.planner.small import AS_OF, F9, S9, at, course, request, rules, taken, terms

WELDING = tuple(
    course(f"weld{step}", "cte", needs=f"weld{step - 1}" if step > 1 else None, tags=("p:welding",))
    for step in (1, 2, 3)
)
NURSING = tuple(course(f"nurse{step}", "cte", tags=("p:nursing",)) for step in (1, 2))
SPANISH = tuple(course(f"spanish{step}", "language", tags=("l:spanish",)) for step in (1, 2))
FRENCH = (course("french1", "language", tags=("l:french",)),)
MATH = (course("algebra"), course("statistics"))
COURSES = (*WELDING, *NURSING, *SPANISH, *FRENCH, *MATH)
TWO = ({"weld1", "weld2"}, {"nurse1", "nurse2"})  # of one pathway, as good as each other
PATHWAY = Have(SubjectIs("cte"), courses=3, same="p")


def said(found: Plan, goal: str) -> str:
    return next(one.words for one in found.goals if one.goal == goal)


def condition(name: str, of: Condition) -> Requirement:
    return Requirement(name, name.title(), 0, AnyCourse(), "us", condition=of)


def credit(name: str, earn: int, match: Matcher, **more: object) -> Requirement:
    made = Requirement(name, name.title(), earn, match, "us")
    return replace(made, **more)  # type: ignore[arg-type]


def choice(name: str, *of: Requirement, choose: int = 1) -> Requirement:
    earn = choose * of[0].earn
    return Requirement(name, name.title(), earn, AnyCourse(), "us", choose=choose, of=of)


def diploma(*requirements: Requirement, total: int = 0, **more: object) -> RuleSet:
    made = replace(
        rules(),
        requirements=requirements,
        total=total or sum(one.earn for one in requirements),
        families=(("p", "pathway"), ("l", "language")),
        evidence=(("service", "Service"), ("fafsa", "FAFSA")),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def school(ruleset: RuleSet, **more: object) -> PlanRequest:
    return request(COURSES, ruleset, **more)


def planned(asked: PlanRequest) -> Plan:
    found = plan(asked, as_of=AS_OF)
    assert isinstance(found, Plan), found
    return found


def courses(found: Plan) -> set[str]:
    return {place.course for place in found.placements}


def words(found: Plan, goal: str) -> str:
    return next(one.words for one in found.goals if one.goal == goal)


def answer(asked: PlanRequest) -> Infeasible:
    found = plan(asked, as_of=AS_OF)
    assert isinstance(found, Infeasible), found
    return found


SERVICE = condition("service", Hours(("service",), 2000))
FAFSA = condition("fafsa", Done(("fafsa",)))


# -- conditions


def test_a_pathway_of_three_courses_is_in_the_plan() -> None:
    found = planned(
        school(diploma(credit("math", 100, SubjectIs("math")), condition("p", PATHWAY)))
    )

    assert courses(found) == {"algebra", "weld1", "weld2", "weld3"}
    assert found.audit.status is Status.PLANNED
    assert found.left == ()


def test_a_pathway_that_is_begun_is_finished() -> None:
    two = replace(PATHWAY, courses=2)
    asked = school(diploma(condition("pathway", two)), record=(taken("nurse1"),))

    assert courses(planned(asked)) == {"nurse2"}


def test_a_repeated_course_is_one_course_of_a_pathway() -> None:
    band = course("band", "cte", tags=("p:music",), repeatable=True)
    two = condition("pathway", replace(PATHWAY, courses=2))

    assert "Pathway (2 courses of one pathway)" in answer(request((band,), diploma(two))).reasons[0]


def test_a_condition_asks_for_some_of_its_courses_to_be_advanced() -> None:
    last = Among("last", "Last course", HasTag("capstone"), courses=1)
    capstone = course("shop", "cte", tags=("p:welding", "capstone"))
    two = Have(SubjectIs("cte"), courses=2, same="p", among=(last,))

    found = planned(request((*COURSES, capstone), diploma(condition("pathway", two))))

    assert courses(found) == {"weld1", "shop"}


def test_what_courses_cannot_fulfil_never_stands_in_the_way_and_is_never_claimed() -> None:
    found = planned(school(diploma(credit("math", 100, SubjectIs("math")), SERVICE, FAFSA)))

    assert courses(found) == {"algebra"}
    assert found.audit.status is Status.SHORT
    assert [sentence.split(" is still open")[0] for sentence in found.left] == ["Service", "Fafsa"]


def test_what_is_done_beside_courses_is_not_left() -> None:
    asked = school(diploma(SERVICE, FAFSA))
    record = replace(
        asked.record,
        experiences=(Experience("e", "service", 2000),),
        milestones=(Milestone("fafsa", State.PLANNED),),
    )

    assert planned(replace(asked, record=record)).left == ()


# -- choices


def test_a_choice_of_conditions_is_fulfilled_by_courses_where_they_can() -> None:
    way = choice("way", SERVICE, condition("pathway", replace(PATHWAY, courses=2)))

    found = planned(school(diploma(way)))

    assert courses(found) in TWO
    assert found.left == ()
    assert words(found, "by_courses") == "Courses in this plan fulfil Way."


def test_a_choice_that_courses_cannot_fulfil_is_left_to_something_else() -> None:
    way = choice("way", SERVICE, condition("pathway", replace(PATHWAY, courses=4)))

    found = planned(school(diploma(way)))

    assert words(found, "by_courses") == "Courses alone do not fulfil Way."
    assert len(found.left) == 1
    assert found.left[0].startswith("Way is still open after this plan.")


def test_courses_are_planned_for_a_choice_that_needs_something_else_besides() -> None:
    """A pathway and its assessment, or a second pathway and its own."""
    ways = [
        choice(
            f"all-{name}",
            condition(f"pathway-{name}", Have(HasTag(f"p:{name}"), courses=2)),
            condition(f"service-{name}", Hours(("service",), 100)),
            choose=2,
        )
        for name in ("forestry", "nursing")
    ]

    found = planned(school(diploma(choice("way", *ways))))

    assert courses(found) == {"nurse1", "nurse2"}
    assert words(found, "by_courses") == "Courses alone do not fulfil Way."
    (left,) = found.left
    assert "hour" in left
    assert "Nurse" not in left


def test_a_choice_that_is_fulfilled_beside_courses_needs_none() -> None:
    asked = school(diploma(choice("way", FAFSA, condition("pathway", PATHWAY))))
    record = replace(asked.record, milestones=(Milestone("fafsa"),))

    assert planned(replace(asked, record=record)).placements == ()


def test_of_several_conditions_that_are_all_asked_for_courses_fulfil_theirs() -> None:
    both = choice("both", SERVICE, condition("pathway", replace(PATHWAY, courses=2)), choose=2)

    found = planned(school(diploma(both)))
    none = answer(request(MATH, diploma(both)))

    assert courses(found) in TWO
    assert len(found.left) == 1
    assert none.reasons[0] == "The diploma asks for Pathway (2 courses of one pathway)."


def test_a_choice_among_courses_alone_has_to_be_fulfilled() -> None:
    of = (condition("arts", Have(SubjectIs("art"), 100)), condition("dance", Have(HasTag("d"), 50)))

    found = answer(school(diploma(choice("either", *of))))

    assert found.reasons[0] == "The diploma asks for Either (1 of 2)."


def test_a_choice_with_credit_is_one_of_its_alternatives_whole() -> None:
    language = credit("language", 200, SubjectIs("language"), same="l")
    cte = credit("cte", 200, HasTag("p:forestry"))

    assert courses(planned(school(diploma(choice("either", language, cte))))) == {
        "spanish1",
        "spanish2",
    }


def test_a_track_decides_between_language_and_a_career_course() -> None:
    """South Carolina: a language on the way to college, else a career course."""
    college = OnTrack("college", "Language", SubjectIs("language"), "us")
    either = credit("either", 100, SubjectIs("cte"), on_track=(college,))
    asked = school(diploma(either, tracks=(("college", "College"),)))
    on_track = replace(asked, record=replace(asked.record, tracks=frozenset({"college"})))

    assert courses(planned(asked)) == {"nurse1"}
    assert courses(planned(on_track)) <= {"french1", "spanish1", "spanish2"}
    assert len(courses(planned(on_track))) == 1


def test_an_exempt_student_is_not_sent_into_a_course() -> None:
    exempt = Exemption("icl", "us")
    arts = credit("arts", 100, SubjectIs("art"), exempt=(exempt,))
    asked = school(diploma(arts, tracks=(("icl", "ICL"),)))

    assert answer(asked).reasons[0] == "The diploma asks for Arts (1.0)."
    record = replace(asked.record, tracks=frozenset({"icl"}))
    assert planned(replace(asked, record=record)).placements == ()


# -- same, among, caps


def test_two_credits_of_one_language_are_not_one_of_each() -> None:
    two = credit("language", 200, SubjectIs("language"), same="l")
    few = (*FRENCH, SPANISH[0])

    assert courses(planned(school(diploma(two)))) == {"spanish1", "spanish2"}
    assert answer(request(few, diploma(two))).reasons[0] == ("The diploma asks for Language (2.0).")


def test_a_part_of_a_requirement_that_has_to_match_more_is_planned() -> None:
    lab = Among("laboratory", "Laboratory", HasTag("l:spanish"), credits=100)
    asked = school(diploma(credit("any", 100, SubjectIs("language"), among=(lab,))))

    assert courses(planned(asked)) == {"spanish1"}
    assert answer(replace(asked, bans=("spanish1", "spanish2"))).reasons[0] == (
        "The diploma asks for Laboratory (1.0)."
    )


@pytest.mark.parametrize("within", ["", "total"])
def test_a_cap_makes_other_courses_necessary(within: str) -> None:
    cap = Cap("cte", "CTE", SubjectIs("cte"), 100, "us", within)
    electives = credit("electives", 300, AnyCourse(), among=())

    found = planned(
        school(
            diploma(electives, caps=(cap,)),
            wishes=Wishes(wanted=("weld1", "weld2", "weld3")),
            ahead=terms(F9, S9),
        )
    )

    counted = [name for name in courses(found) if not name.startswith(("weld", "nurse"))]
    assert len(counted) >= 2


def test_a_cap_within_a_requirement_holds_there_alone() -> None:
    cap = Cap("weld", "Welding", HasTag("p:welding"), 100, "us", "cte")
    cte = credit("cte", 200, SubjectIs("cte"))

    asked = school(diploma(cte, caps=(cap,)), bans=("nurse1", "nurse2"))

    assert answer(asked).reasons[0] == "The diploma asks for Cte (2.0)."


# -- awards and exceptions


def completion(**more: object) -> Award:
    made = Award(
        id="certificate",
        when=None,
        at_least=0,
        title="Certificate",
        number="",
        subject="other",
        tags=frozenset(),
        credits=100,
        source="us",
        have=replace(PATHWAY, courses=2),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_completion_grants_credit_that_the_plan_counts_on() -> None:
    ruleset = diploma(credit("other", 100, SubjectIs("other")), awards=(completion(),))

    assert courses(planned(school(ruleset))) in TWO


def test_an_award_can_earn_a_later_one() -> None:
    more = completion(id="more", title="More", subject="extra", have=Have(SubjectIs("other"), 100))
    ruleset = diploma(credit("extra", 100, SubjectIs("extra")), awards=(completion(), more))

    assert courses(planned(school(ruleset))) in TWO


def test_an_award_outside_the_total_does_not_fill_it() -> None:
    outside = completion(in_total=False)
    ruleset = diploma(credit("other", 100, SubjectIs("other")), total=300, awards=(outside,))

    assert len(planned(school(ruleset)).placements) == 3


def test_what_staff_excused_is_not_planned_while_it_holds() -> None:
    excuse = StaffException(
        "x",
        ExceptionKind.EXCUSE,
        "Ms. Vale",
        "Moved in",
        date(2026, 1, 1),
        requirement="math",
        lowers_total=True,
    )
    asked = school(diploma(credit("math", 100, SubjectIs("math"))))
    record = replace(asked.record, exceptions=(excuse,))
    ended = replace(record, exceptions=(replace(excuse, until=date(2026, 2, 1)),))

    assert planned(replace(asked, record=record)).placements == ()
    assert len(planned(replace(asked, record=ended)).placements) == 1


def test_credit_of_the_school_is_put_into_units_of_the_rules() -> None:
    """One Carnegie unit is two credits of these rules."""
    ruleset = diploma(credit("math", 400, SubjectIs("math")), carnegie_units=50)

    assert courses(planned(school(ruleset))) == {"algebra", "statistics"}


# -- why not


def test_too_few_courses_of_one_pathway_are_counted_in_courses() -> None:
    four = condition("pathway", replace(PATHWAY, courses=4))

    assert answer(school(diploma(four), record=(taken("weld1"),))).reasons == (
        "The diploma asks for Pathway (4 courses of one pathway).",
        "At most 2 more courses that count for it can be taken in the terms that are left,"
        " 3 are needed.",
    )


def test_a_plan_that_leaves_a_pathway_open_is_a_defect() -> None:
    asked = school(diploma(condition("pathway", PATHWAY), SERVICE))

    with pytest.raises(AssertionError, match="leaves the diploma short: Pathway"):
        verified(asked, at(weld1=F9), as_of=AS_OF)
