"""The data files: no invented number, no program that cannot be taken, only real occupations."""

from __future__ import annotations

import re
from datetime import date

import pytest
from ruamel.yaml import YAML

from pathloom.engine.catalog import Catalog, ProgramOfStudy, Step
from pathloom.engine.planner import plan
from pathloom.engine.planner.types import Plan, PlanRequest, PlanTerm
from pathloom.engine.program.content import CONTENT, STAGES
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import PACKAGED, load_rulebook
from pathloom.engine.rules.pathways import load_numbers, pattern_of
from pathloom.engine.taxonomy import load_framework
from pathloom.engine.units import Part, SchoolYear, Term
from pathloom.portal.demo.actions.district import (
    ProgramData,
    about,
    catalog,
    demo,
    offered_at,
    programs,
)

TODAY = date(2026, 11, 20)
LOCAL = "(Magnolia local course)"
RULES = ("diploma", "university-admission")  # the second asks which language


def words(title: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", title.lower().replace("-", "")))


def test_every_course_number_is_one_that_a_source_gives_for_this_course() -> None:
    sourced = load_numbers(PACKAGED / "us-ga/numbers.yaml").titles()
    numbered = [course for course in catalog().courses if course.number]
    assert len(numbered) >= 40
    for course in numbered:
        assert pattern_of(course.number) in sourced, course.number
        assert words(sourced[pattern_of(course.number)]) <= words(course.title), course.title


def test_a_number_of_another_course_would_be_found() -> None:
    sourced = load_numbers(PACKAGED / "us-ga/numbers.yaml").titles()
    assert not words(sourced[pattern_of("26.01200")]) <= words("Physical Science")
    assert pattern_of("26.99900") not in sourced


def test_local_courses_say_so_and_carry_no_number() -> None:
    local = [course for course in catalog().courses if course.title.endswith(LOCAL)]
    assert local
    assert {course.id for course in local} == {
        course.id for course in catalog().courses if "local" in course.tags
    }
    assert not any(course.number or course.sced for course in local)


def test_catalog_speaks_the_vocabulary_of_the_rules() -> None:
    files = [YAML(typ="safe").load(PACKAGED / "us-ga" / f"{name}.yaml") for name in RULES]
    subjects, tags = set(files[0]["subjects"]), {"local"}.union(*(file["tags"] for file in files))
    families = {family for file in files for family in file.get("families", {})}
    for course in catalog().courses:
        assert course.subject in subjects, course.id
        unknown = course.tags - tags
        assert {tag.partition(":")[0] for tag in unknown} <= families, course.id


def test_every_course_is_described_in_one_plain_sentence() -> None:
    assert set(about()) == {course.id for course in catalog().courses}
    for code, sentence in about().items():
        assert sentence.endswith("."), code
        assert sentence.count(".") == 1, code
        assert len(sentence.split()) <= 20, code


def test_high_schools_share_the_core_and_differ_beyond_it() -> None:
    first, second = (set(offered_at(s)) for s in demo().schools if s.level == "high")
    assert {"LIT9", "ALG1", "BIO", "USHIST", "HEALTH", "PERSFIT"} <= first & second
    assert first - second
    assert second - first


def test_programs_cover_every_cluster_of_the_georgia_framework() -> None:
    framework = load_framework(PACKAGED / "frameworks/georgia.yaml")
    clusters = {cluster.id: {p.id for p in cluster.pathways} for cluster in framework.clusters}
    assert len(clusters) == 17
    assert {program.cluster for program in programs()} == set(clusters)
    for program in programs():
        assert program.pathway in clusters[program.cluster] | {""}, program.slug


@pytest.mark.parametrize("program", programs(), ids=lambda each: each.slug)
def test_program_has_the_form_of_a_program_and_labels_its_local_courses(
    program: ProgramData,
) -> None:
    content = CONTENT.validate_python(program.content)
    used = {code for step in content.steps for code in step.courses}
    local = {course.id for course in catalog().courses if "local" in course.tags}
    assert used & local == set(content.local_courses)
    assert {each.after for each in content.occupations} <= set(STAGES)
    assert all(re.fullmatch(r"\d\d-\d{4}\.\d\d", each.soc) for each in content.occupations)
    assert content.occupations
    assert content.sources
    assert content.contact is not None
    assert content.contact.email.endswith(".example")


@pytest.mark.parametrize("program", programs(), ids=lambda each: each.slug)
def test_student_entering_grade_9_can_finish_the_program_and_the_diploma(
    program: ProgramData,
) -> None:
    answer = plan(request_for(program), as_of=TODAY)
    assert isinstance(answer, Plan), answer
    placed = {placement.course for placement in answer.placements}
    steps = [step for step in program.content["steps"] if step.get("required", True)]
    assert all(placed & set(step["courses"]) for step in steps)


def request_for(program: ProgramData) -> PlanRequest:
    entered = SchoolYear.parse("2027-28")
    steps = tuple(
        Step(tuple(step["courses"]), step["grade"], step.get("required", True))
        for step in program.content["steps"]
    )
    school = demo().school(program.school)
    return PlanRequest(
        record=StudentRecord("new", entered),
        ruleset=choose(load_rulebook(), "us-ga/diploma", entered_grade_9=entered, as_of=TODAY),
        catalog=Catalog(
            "demo",
            tuple(offered_at(school).values()),
            (ProgramOfStudy(program.slug, program.title, steps),),
        ),
        terms=tuple(
            PlanTerm(Term(entered.plus(year), part), 9 + year)
            for year in range(4)
            for part in (Part.FALL, Part.SPRING)
        ),
        program=program.slug,
    )
