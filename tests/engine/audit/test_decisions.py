"""What an audit says about decisions of the school, limits, competition and what is left to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import (
    AuditResult,
    Competition,
    Measure,
    RequirementResult,
    Status,
)
from pathloom.engine.catalog import Catalog, Course
from pathloom.engine.record import (
    CourseRecord,
    ExamScore,
    ExceptionKind,
    Experience,
    Milestone,
    StaffException,
    State,
    StatedAverage,
    StudentRecord,
)
from pathloom.engine.rules.nodes import (
    Among,
    AnyCourse,
    Award,
    Cap,
    Done,
    Exam,
    Exemption,
    GradeAverage,
    HasTag,
    Have,
    Hours,
    OneOf,
    Requirement,
    RuleSet,
    Split,
    Times,
)
from pathloom.engine.units import SchoolYear

DAY = date(2026, 11, 22)


def credit(name: str, earn: int, tags: str, **more: object) -> Requirement:
    matchers = tuple(HasTag(tag) for tag in tags.split())
    match = AnyCourse() if not matchers else matchers[0] if len(matchers) == 1 else OneOf(matchers)
    made = Requirement(name, name.title(), earn, match, "law")
    return replace(made, **more)  # type: ignore[arg-type]


def condition(name: str, what: object) -> Requirement:
    return Requirement(name, name.title(), 0, AnyCourse(), "law", condition=what)  # type: ignore[arg-type]


def ruleset(*requirements: Requirement, total: int = 0, **more: object) -> RuleSet:
    made = RuleSet(
        "x/y/1",
        "x",
        "y",
        "Test Diploma",
        "checked",
        "credit",
        total,
        requirements,
        (),
        split=Split.NEVER,
        families=(("pathway", "career pathway"),),
        evidence=(("service", "community service"), ("sat", "the SAT"), ("gpa", "the average")),
        tracks=(("athlete", "athletes"),),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def course(
    name: str, tags: str = "", state: State = State.EARNED, amount: int = 100
) -> CourseRecord:
    return CourseRecord(name, amount, state, title=name, subject="x", tags=frozenset(tags.split()))


def audited(
    rules: RuleSet, *courses: CourseRecord, catalog: Catalog | None = None, **more: object
) -> AuditResult:
    record = replace(StudentRecord("s", SchoolYear(2023), courses), **more)  # type: ignore[arg-type]
    return audit(record, rules, catalog=catalog, as_of=DAY)


def one(result: AuditResult, name: str) -> RequirementResult:
    return next(each for each in result.walk() if each.id == name)


def made(kind: ExceptionKind, **more: object) -> StaffException:
    base = StaffException("e", kind, "Ms. Lee", "moved late", date(2026, 9, 1))
    return replace(base, **more)  # type: ignore[arg-type]


# -- decisions of the school


def test_an_excused_requirement_says_who_why_and_until_when() -> None:
    excuse = made(ExceptionKind.EXCUSE, requirement="art", until=date(2027, 6, 30))
    result = audited(ruleset(credit("art", 100, "art")), exceptions=(excuse,))
    assert (one(result, "art").status, result.status) == (Status.EXCUSED, Status.MET)
    assert one(result, "art").why == (
        "Excused by Ms. Lee on 2026-09-01, until 2027-06-30. Reason: moved late."
    )
    assert result.sentence == "All requirements are met."
    assert [(each.in_effect, each.note) for each in result.exceptions] == [
        (True, "Art need not be fulfilled")
    ]


def test_a_part_that_is_excused_lowers_the_need_and_the_rest_keeps_its_status() -> None:
    excuse = made(ExceptionKind.EXCUSE, requirement="art", credits=50, lowers_total=True)
    result = audited(ruleset(credit("art", 100, "art"), total=100), exceptions=(excuse,))
    art = one(result, "art")
    assert (art.status, art.need, art.excused, art.short) == (Status.SHORT, 50, 50, 50)
    assert "Half a credit is not needed any more. Excused by Ms. Lee" in art.why
    assert result.total.need == 50
    assert result.total.rule.endswith("The total is half a credit lower for this student.")


def test_an_exempt_student_reads_why_nothing_is_needed() -> None:
    sport = credit("sport", 100, "sport", exempt=(Exemption("athlete", "law"),))
    result = audited(ruleset(sport, total=100), tracks=frozenset({"athlete"}))
    assert one(result, "sport").why == "Not needed: the student is exempt (athletes)."
    assert (result.total.need, result.status) == (0, Status.MET)


def test_a_course_that_counts_by_a_decision_is_named() -> None:
    substitute = made(ExceptionKind.SUBSTITUTE, requirement="art", record="Welding")
    result = audited(
        ruleset(credit("art", 100, "art")), course("Welding"), exceptions=(substitute,)
    )
    assert one(result, "art").why == (
        "Met with Welding: 1 credit is earned. Welding may count here by a decision of the school."
    )


# -- courses that are too few


def test_the_requirements_that_share_too_few_courses_are_named_with_the_courses() -> None:
    rules = ruleset(
        credit("art", 100, "a b"), credit("band", 100, "a b"), credit("choir", 100, "c")
    )
    result = audited(rules, course("Drawing", "a"), course("Piano", "c"))
    (short,) = [each for each in result.walk() if each.short]
    assert short.competes == Competition(("art", "band"), ("Drawing",), need=200, there=100)
    assert short.why.endswith(
        "Art and Band need 2 credits in all and share only this course with 1 credit: Drawing. "
        "A course counts once."
    )


def test_a_requirement_that_nothing_matches_competes_with_nobody() -> None:
    result = audited(ruleset(credit("art", 100, "a"), credit("band", 100, "b")), course("X", "b"))
    assert one(result, "art").competes is None


def test_courses_that_cannot_be_divided_are_no_proof_of_too_few() -> None:
    rules = ruleset(credit("art", 50, "a"), credit("band", 50, "a"))
    result = audited(rules, course("Drawing", "a"))
    (short,) = [each for each in result.walk() if each.short]
    assert short.competes is None
    assert "could count here too, but is needed for" in short.why


# -- limits


def test_a_limit_that_holds_something_back_is_listed() -> None:
    cap = Cap("online", "Online", HasTag("online"), 100, "law")
    rules = ruleset(credit("art", 200, "art"), total=200, caps=(cap,))
    result = audited(rules, course("One", "art online"), course("Two", "art online"))
    (held,) = result.caps
    assert (held.id, held.there, held.counts) == ("online", 200, 100)
    assert (one(result, "art").earned, result.total.earned) == (100, 100)
    assert audited(rules, course("One", "art online")).caps == ()


def test_a_limit_within_a_requirement_holds_back_only_there() -> None:
    cap = Cap("online", "Online", HasTag("online"), 100, "law", within="art")
    rules = ruleset(credit("art", 200, "art"), credit("rest", 100, ""), total=300, caps=(cap,))
    result = audited(rules, course("One", "art online"), course("Two", "art online"))
    assert (one(result, "art").earned, one(result, "rest").earned) == (100, 100)
    assert result.caps == ()  # both count somewhere


# -- conditions in words

WORDS = {
    "hours": (
        condition("service", Hours(("service",), 2500)),
        "15 of 25 hours are missing; 10 are done.",
        "Do 15 more hours: community service.",
    ),
    "times": (
        condition("service", Times(("service",), 3)),
        "2 of 3 times are missing; 1 is done.",
        "Do 2 more times: community service.",
    ),
    "score": (
        condition("exam", Exam(("sat",), 120000)),
        "The best score is 1100; 1200 or more is needed in the SAT.",
        "Reach 1200 or more in the SAT.",
    ),
    "average": (
        condition("average", GradeAverage("gpa", 300)),
        "2.8 is stated; 3.0 or more is needed: the average.",
        "Reach 3.0 or more: the average.",
    ),
    "milestone": (
        condition("aid", Done(("fafsa", "waiver"))),
        "Not on the record yet: fafsa or waiver.",
        "Complete one of these steps: fafsa or waiver.",
    ),
    "courses": (
        condition("pathway", Have(HasTag("cte"), courses=3, same="pathway")),
        "2 of 3 courses are missing; 1 is passed. All of it has to be in one career pathway; "
        "Web Design comes closest.",
        "Take 2 courses toward Pathway, in Web Design.",
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_a_condition_says_what_is_there_what_is_missing_and_what_would_complete_it(
    name: str,
) -> None:
    node, why, fix = WORDS[name]
    result = audited(
        ruleset(node),
        course("HTML", "cte pathway:web-design"),
        experiences=(Experience("1", "service", 1000),),
        scores=(ExamScore("sat", 110000),),
        averages=(StatedAverage("gpa", 280),),
        milestones=(Milestone("other"),),
    )
    found = one(result, node.id)
    assert (found.why, found.fixes) == (why, (fix,))
    assert result.smallest == (fix,)


def test_a_choice_names_the_alternatives_that_come_closest() -> None:
    ways = tuple(condition(name, Done((name,))) for name in ("plan", "talk", "paper"))
    proof = Requirement("proof", "Proof", 0, AnyCourse(), "law", choose=2, of=ways)
    result = audited(ruleset(proof), milestones=(Milestone("paper"),))
    found = one(result, "proof")
    assert (found.measure, found.earned, found.need) == (Measure.CHOICES, 100, 200)
    assert found.why == "Not met yet (two of 3 are enough): closest is Plan."
    assert [each.needed for each in found.parts] == [True, False, True]
    assert result.smallest == ("Complete this step: plan.",)


def test_what_is_asked_for_besides_is_one_step_with_the_amount() -> None:
    advanced = Among("advanced", "Advanced Courses", HasTag("advanced"), credits=100)
    result = audited(
        ruleset(credit("cte", 300, "cte", among=(advanced,)), total=300), course("Web", "cte")
    )
    assert one(result, "cte").fixes == (
        "Take 2 credits of Cte; of it 1 credit of Advanced Courses.",
    )
    assert result.smallest == one(result, "cte").fixes
    assert result.sentence == "1 of 3 credits is earned. Missing: 2 credits of Cte."


def test_a_completion_under_way_is_passed_by_passing_its_courses() -> None:
    award = Award(
        "geometry",
        None,
        0,
        "Geometry",
        "",
        "x",
        frozenset({"geometry"}),
        100,
        "law",
        have=Have(HasTag("carpentry"), credits=200),
        in_total=False,
    )
    rules = ruleset(credit("geometry", 100, "geometry"), awards=(award,))
    first, second = course("Carpentry I", "carpentry"), course("Carpentry II", "carpentry")
    result = audited(rules, first, replace(second, state=State.IN_PROGRESS))
    assert one(result, "geometry").fixes == ("Pass Carpentry II.",)


def test_no_example_is_given_that_another_open_part_waits_for() -> None:
    math = credit("math", 200, "math", include=(credit("algebra", 100, "algebra"),))
    algebra = Course("ALG", "Algebra", "x", 100, tags=frozenset({"math", "algebra"}))
    result = audited(ruleset(math, total=200), catalog=Catalog("c", (algebra,)))
    assert one(result, "math").fixes == ("Take Algebra (1 credit).", "Take 1 credit of Math.")


# -- words of the record


def test_a_name_that_is_almost_one_of_the_rules_gets_a_note() -> None:
    rules = ruleset(condition("service", Hours(("service",), 1000)))
    result = audited(
        rules,
        experiences=(Experience("1", "servise", 1000), Experience("2", "knitting", 1000)),
        tracks=frozenset({"athlet"}),
    )
    assert result.notes == (
        "The record has the evidence 'servise', which counts nowhere. Is 'service' meant?",
        "The record has the track 'athlet', which counts nowhere. Is 'athlete' meant?",
    )
