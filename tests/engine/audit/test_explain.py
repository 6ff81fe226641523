"""What an audit says in words, on the invented and on the Georgia rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult, RequirementResult, Status, Tier
from pathloom.engine.catalog import Catalog, Course
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.cases import cases_file, read_cases
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import PACKAGED, load_rulebook
from pathloom.engine.units import SchoolYear

DAY = date(2026, 11, 22)
CASES = {
    case.name: case.record for case in read_cases(cases_file(PACKAGED / "us-ga" / "diploma.yaml"))
}
COMPLETE = CASES["Twenty-three units in the right places complete the diploma"]
RULES = choose(load_rulebook(), "us-ga/diploma", entered_grade_9=SchoolYear(2023), as_of=DAY)


def found(result: AuditResult, name: str) -> RequirementResult:
    return next(each for each in result.walk() if each.id == name)


def without(*titles: str) -> StudentRecord:
    return replace(
        COMPLETE, courses=tuple(each for each in COMPLETE.courses if each.title not in titles)
    )


def having(record: StudentRecord, title: str, **changes: object) -> StudentRecord:
    courses = tuple(
        replace(each, **changes) if each.title == title else each  # type: ignore[arg-type]
        for each in record.courses
    )
    return replace(record, courses=courses)


def test_a_complete_student_reads_that_nothing_is_missing() -> None:
    result = audit(COMPLETE, RULES, catalog=None, as_of=DAY)
    assert result.status is Status.MET
    assert result.sentence == "All requirements are met: 23 of 23 units are earned."
    assert found(result, "biology").why == "Met with Biology: 1 unit is earned."
    assert found(result, "biology").fixes == ()


def test_a_student_half_a_unit_short_reads_what_is_missing() -> None:
    result = audit(without("Economics"), RULES, catalog=None, as_of=DAY)
    assert result.sentence == "22.5 of 23 units are earned. Missing: half a unit of Economics."
    assert found(result, "economics").why == "Nothing counts here yet: half a unit is missing."
    assert found(result, "economics").fixes == (
        "Take half a unit of any course that counts as Economics.",
    )
    assert result.total.fixes == ("Earn half a unit more in any course.",)


def test_a_catalog_names_courses_that_would_help_and_are_not_taken() -> None:
    titles = ("Economics", "AP Macroeconomics", "AP Microeconomics", "World Economy")
    catalog = Catalog(
        "c",
        tuple(
            Course(title, title, "social-studies", 50, tags=frozenset({"economics"}))
            for title in titles
        ),
    )
    record = having(COMPLETE, "Economics", state=State.FAILED)
    result = audit(record, RULES, catalog=catalog, as_of=DAY)
    assert found(result, "economics").fixes == (
        "Take half a unit of Economics, for example Economics, AP Macroeconomics or "
        "AP Microeconomics.",
    )


def test_what_is_in_progress_is_to_be_passed_and_what_is_planned_to_be_taken() -> None:
    record = having(COMPLETE, "Biology", state=State.IN_PROGRESS)
    result = audit(record, RULES, catalog=None, as_of=DAY)
    assert result.status is Status.IN_PROGRESS
    assert result.sentence == (
        "22 of 23 units are earned. The courses in progress complete the rest."
    )
    assert found(result, "biology").fixes == ("Pass Biology.",)
    planned = audit(having(record, "Biology", state=State.PLANNED), RULES, catalog=None, as_of=DAY)
    assert planned.sentence == "22 of 23 units are earned. The plan completes the rest."
    assert found(planned, "biology").fixes == ("Take Biology as planned.",)


def test_a_shared_course_is_named_with_the_place_that_needs_it() -> None:
    result = audit(without("Botany"), RULES, catalog=None, as_of=DAY)
    fourth = found(result, "fourth-science")
    assert fourth.short == 100
    assert "could count here too, but are needed for" in fourth.why
    assert "a course counts once." in fourth.why


def test_nobody_is_told_that_a_passed_biology_is_missing() -> None:
    """Its place as fourth science would count twice; its own place comes first all the same."""
    biology = next(each for each in COMPLETE.courses if each.title == "Biology")
    record = replace(COMPLETE, courses=(biology,))
    result = audit(record, RULES, catalog=None, as_of=DAY)
    assert found(result, "biology").status is Status.MET
    assert found(result, "fourth-science").status is Status.SHORT


def test_a_substitute_says_that_it_takes_the_place() -> None:
    record = CASES["Three units of JROTC stand in for health and fitness"]
    result = audit(record, RULES, catalog=None, as_of=DAY)
    fitness = found(result, "health-fitness")
    assert result.tier is Tier.SOLVER
    assert fitness.status is Status.MET
    assert fitness.why == "Met by 3 units of JROTC with JROTC, which takes its place."
    assert all(part.status is Status.MET for part in fitness.parts)


def test_an_awarded_course_names_the_record_it_comes_from() -> None:
    name = "Essentials of Healthcare also awards Human Anatomy and Physiology as fourth science"
    result = audit(CASES[name], RULES, catalog=None, as_of=DAY)
    (awarded,) = result.awarded
    assert awarded.title == "Human Anatomy and Physiology"
    assert awarded.id == f"{awarded.because_of}+anatomy"
    assert awarded.because_of in {each.id for each in CASES[name].courses}


def test_records_that_count_nowhere_are_listed() -> None:
    extra = CourseRecord("extra", 100, State.EARNED, title="Knitting", subject="other")
    record = replace(COMPLETE, courses=(*COMPLETE.courses, extra))
    result = audit(record, RULES, catalog=None, as_of=DAY)
    assert len(result.unused) == 1


def test_an_audit_under_draft_rules_is_not_official() -> None:
    assert not audit(COMPLETE, RULES, catalog=None, as_of=DAY).official


def test_every_amount_of_every_requirement_adds_up() -> None:
    for record in CASES.values():
        result = audit(record, RULES, catalog=None, as_of=DAY)
        for each in (*result.walk(), result.total):
            assert each.earned + each.in_progress + each.planned + each.short == each.need
