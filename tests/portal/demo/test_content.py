"""What the programs of both demo districts say: both levels, real occupations, Spanish."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from pathloom.engine.occupations import load_occupations
from pathloom.engine.program.content import CONTENT, ELEMENTS, STAGES, WORK_KINDS, Content
from pathloom.engine.program.skills import load_skills
from pathloom.portal.demo.actions.district import DEMOS, ProgramData, agreements, demo, programs

PROGRAMS = [(of, each) for of in DEMOS for each in programs(of)]
NAMES = [f"{of}-{each.slug}" for of, each in PROGRAMS]
every_program = pytest.mark.parametrize(("of", "program"), PROGRAMS, ids=NAMES)
# Names that stay as they are in Spanish.
KEPT = {
    "DECA", "SkillsUSA", "Educators Rising", "HOSA-Future Health Professionals",
    "National FFA Organization", "Future Business Leaders of America",
    "Technology Student Association", "Family, Career and Community Leaders of America",
    "Adobe Certified Professional", "CompTIA A+", "Microsoft Office Specialist",
    "QuickBooks Certified User", "Certified SolidWorks Associate",
}  # fmt: skip
READ = {
    "entries": ("about",),
    "skills": ("title",),
    "credentials": ("title",),
    "work": ("title", "about"),
    "activities": ("title", "about"),
    "organizations": ("title", "about"),
    "postsecondary": ("title", "place", "length"),
}


@cache
def titles() -> dict[str, str]:
    return {each.code: each.title for each in load_occupations().occupations}


def content_of(program: ProgramData) -> Content:
    return CONTENT.validate_python(program.content)


@every_program
def test_every_part_of_a_program_is_filled(of: str, program: ProgramData) -> None:
    content = content_of(program)
    assert {row.year for row in content.college} == {1, 2}
    assert {row.subject for row in content.college} >= {"english", "mathematics", "pathway"}
    assert len(content.skills) >= 3
    assert {each.kind for each in content.work} <= set(WORK_KINDS)
    assert len(content.entries) >= 2
    assert content.organizations
    assert content.advisors
    assert content.credentials
    assert {each.element for each in content.evidence} == set(ELEMENTS)
    assert all(step.skills for step in content.steps)
    known = {skill.id for skill in load_skills().skills}
    assert {skill for step in content.steps for skill in step.skills} <= known


@every_program
def test_a_program_leads_to_work_at_once_to_college_and_to_service(
    of: str, program: ProgramData
) -> None:
    content = content_of(program)
    exits = {each.after for each in content.occupations} | {e.kind for e in content.postsecondary}
    assert exits >= set(STAGES) - {"apprenticeship"}
    order = [STAGES.index(each.after) for each in content.occupations]
    assert order == sorted(order)


def test_most_programs_lead_to_an_apprenticeship() -> None:
    leads = [
        any(each.kind == "apprenticeship" for each in content_of(program).postsecondary)
        for _of, program in PROGRAMS
    ]
    assert sum(leads) * 2 > len(leads)


@every_program
def test_occupations_are_those_of_the_tables(of: str, program: ProgramData) -> None:
    listed = [(each.soc, each.title) for each in content_of(program).occupations]
    assert len(set(listed)) == len(listed)
    assert all(titles()[code] == title for code, title in listed)


@every_program
def test_what_families_read_is_there_in_spanish(of: str, program: ProgramData) -> None:
    spanish = content_of(program).words["es"]
    read = {program.title, program.summary}
    for part, fields in READ.items():
        lines: list[dict[str, Any]] = program.content[part]
        read |= {line[name] for line in lines for name in fields if line.get(name)}
    assert read - spanish.keys() <= KEPT
    assert not any(text == said for text, said in spanish.items())


@every_program
def test_college_courses_are_those_of_a_college_of_the_district(
    of: str, program: ProgramData
) -> None:
    colleges = {each.title: each for each in agreements(of).institutions}
    for row in content_of(program).college:
        offered = {f"{each.code} {each.title}" for each in colleges[row.place].courses}
        assert set(row.courses) <= offered


@every_program
def test_people_and_firms_are_invented(of: str, program: ProgramData) -> None:
    contact = content_of(program).contact
    assert contact is not None
    assert contact.email.endswith(f"@{demo(of).district.slug}.example")
