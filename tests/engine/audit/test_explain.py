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
    case.name.split(" (20")[0]: case.record  # of several years the last
    for case in read_cases(cases_file(PACKAGED / "us-ga" / "diploma.yaml"))
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
    assert found(result, "economics").fixes == ("Take half a unit of Economics.",)
    assert result.total.fixes == ("Earn half a unit more: every course adds to the total.",)


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
        "Take half a unit of Economics, for example Economics, AP Macroeconomics, or "
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
    assert fourth.competes is not None
    assert fourth.competes.requirements == (
        "biology",
        "physical-science",
        "third-science",
        "fourth-science",
    )
    assert fourth.why.endswith(
        "and Fourth Science need 4 units in all and share only these 3 courses with 3 units: "
        "Biology, Chemistry, and Physical Science. A course counts once."
    )


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
    assert result.tier is not Tier.SUMS
    assert fitness.status is Status.MET
    assert fitness.why == "Met: 3 units of JROTC (JROTC) take its place."
    assert {part.why for part in fitness.parts} == {
        "Met: JROTC takes the place of Health and Physical Education."
    }


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


def extra(title: str, subject: str, **more: object) -> CourseRecord:
    made = CourseRecord(title, 100, State.EARNED, title=title, subject=subject)
    return replace(made, **more)  # type: ignore[arg-type]


def test_all_units_in_number_do_not_hide_an_area_that_still_waits() -> None:
    record = having(COMPLETE, "Economics", state=State.PLANNED)
    record = replace(record, courses=(*record.courses, extra("Knitting", "other")))
    assert audit(record, RULES, catalog=None, as_of=DAY).sentence == (
        "23 units are earned, but Social Studies still needs half a unit: it is planned."
    )
    record = having(record, "Biology", state=State.IN_PROGRESS)
    record = replace(record, courses=(*record.courses, extra("Sewing", "other")))
    assert audit(record, RULES, catalog=None, as_of=DAY).sentence == (
        "23 units are earned, but Science still needs 1 unit and Social Studies half a unit: "
        "they are in progress or planned."
    )


def test_all_units_in_number_do_not_hide_what_is_missing() -> None:
    record = without("Economics")
    record = replace(record, courses=(*record.courses, extra("Knitting", "other")))
    assert audit(record, RULES, catalog=None, as_of=DAY).sentence == (
        "23 units are earned, but half a unit of Economics is still missing."
    )


def test_the_plan_and_the_courses_in_progress_share_what_is_left() -> None:
    record = having(COMPLETE, "Economics", state=State.PLANNED)
    record = having(record, "Biology", state=State.IN_PROGRESS)
    assert audit(record, RULES, catalog=None, as_of=DAY).sentence == (
        "21.5 of 23 units are earned. The courses in progress and the plan complete the rest."
    )


def test_amounts_are_said_with_the_verb_that_fits() -> None:
    record = having(without("Economics"), "World History", state=State.IN_PROGRESS)
    social = found(audit(record, RULES, catalog=None, as_of=DAY), "social-studies")
    assert social.why == ("0.5 of 3 units is missing; 1.5 are earned and 1 is in progress.")


def test_a_course_is_not_said_to_fit_where_no_place_is_open_to_it() -> None:
    geography = extra("World Geography", "social-studies")
    record = replace(without("Economics"), courses=(*without("Economics").courses, geography))
    assert (
        "could count"
        not in found(audit(record, RULES, catalog=None, as_of=DAY), "social-studies").why
    )


def test_examples_leave_out_courses_that_another_open_part_waits_for() -> None:
    names = ("First", "Second", "Third")
    tags = (frozenset({"ninth-literature"}), frozenset({"american-literature"}), frozenset[str]())
    catalog = Catalog(
        "c",
        tuple(
            Course(name, name, "english", 100, tags=tag)
            for name, tag in zip(names, tags, strict=True)
        ),
    )
    result = audit(replace(COMPLETE, courses=()), RULES, catalog=catalog, as_of=DAY)
    assert found(result, "english").fixes == (
        "Take First (1 unit).",
        "Take Second (1 unit).",
        "Take 2 units of English Language Arts, for example Third.",
    )


def test_no_sentence_for_a_family_shows_a_pattern() -> None:
    for record in (*CASES.values(), replace(COMPLETE, courses=())):
        result = audit(record, RULES, catalog=None, as_of=DAY)
        for each in (*result.walk(), result.total):
            assert "XX" not in " ".join((result.sentence, each.why, *each.fixes))


def test_every_amount_of_every_requirement_adds_up() -> None:
    for record in CASES.values():
        result = audit(record, RULES, catalog=None, as_of=DAY)
        for each in (*result.walk(), result.total):
            assert each.earned + each.in_progress + each.planned + each.short == each.need
