"""What the checks find in a version of a program of study, each beside a version that passes."""

from __future__ import annotations

import pytest

from pathloom.engine.catalog import Step
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.units import SchoolYear
from pathloom.portal.catalog.models import Course, Offering, SchoolPlanning
from pathloom.portal.demo.actions.district import programs
from pathloom.portal.programs import checks
from pathloom.portal.programs.checks import Weight, takeable
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.snapshot import programs_for
from tests.portal.programs.making import CARPENTRY, SOURCE, content, draft, found, published
from tests.portal.world import TODAY, World


def test_a_sound_version_has_no_finding(world: World) -> None:
    assert found(world, content()) == []


def test_every_program_of_the_demo_district_passes(world: World) -> None:
    for data in programs():
        if data.school == world.school.slug:
            place = {"cluster": data.cluster, "pathway": data.pathway}
            version = draft(
                world.school,
                world["lind"],
                slug=f"copy-{data.slug}"[:50],
                holds=data.content,
                **place,
            )
            assert checks.stops(checks.run(version)) == (), data.slug


def test_a_course_that_is_not_offered_stops(world: World) -> None:
    Offering.objects.filter(school=world.school, course__code="ENGCON").delete()
    assert found(world, content()) == [
        "stop courses: Engineering Concepts (ENGCON) is not offered at this school. "
        "Offer it, or take it out."
    ]


def test_a_course_that_only_another_district_has_stops(world: World) -> None:
    Course.objects.create(
        district=world.stranger_district, code="DIVE", title="Diving", subject="cte", credits=100
    )
    assert found(world, content(steps=[{"courses": ["DIVE"], "grade": 9}])) == [
        "stop courses: course 'DIVE' is not in the district's catalog. Choose one that is."
    ]


def test_a_course_before_its_prerequisite_stops(world: World) -> None:
    steps = [
        {"courses": ["ENGCON"], "grade": 9},
        {"courses": ["FET"], "grade": 10},
        {"courses": ["ENGAPP"], "grade": 11},
    ]
    assert found(world, content(steps=steps)) == [
        "stop step 1: Engineering Concepts stands before a course it needs. "
        "Move it behind its prerequisite."
    ]


def test_within_a_grade_the_order_of_the_steps_decides(world: World) -> None:
    right = [{"courses": ["FET"], "grade": 9}, {"courses": ["ENGCON"], "grade": 9}]
    assert found(world, content(steps=right)) == []
    assert "stop step 1" in "".join(
        found(world, content(steps=right[::-1]), slug="other", **CARPENTRY)
    )


def test_a_prerequisite_the_program_does_not_hold_is_a_warning(world: World) -> None:
    steps = [{"courses": ["ENGAPP"], "grade": 11}]
    assert found(world, content(steps=steps)) == [
        "warn step 1: Engineering Applications needs Engineering Concepts, which the program does "
        "not hold. Add it, or say how students get it."
    ]


def test_one_of_two_prerequisites_is_asked_for_by_title_and_enough(world: World) -> None:
    alone = [{"courses": ["PGAS"], "grade": 11}]
    assert found(world, content(steps=alone)) == [
        "warn step 1: Programming, Games, Apps and Society needs either Computer Science "
        "Principles or AP Computer Science Principles, which the program does not hold. "
        "Add it, or say how students get it."
    ]
    late = [*alone, {"courses": ["CSP"], "grade": 12}]
    assert (
        "stands before a course it needs"
        in found(world, content(steps=late), slug="late", **CARPENTRY)[0]
    )


def test_a_course_beside_the_sequence_can_be_the_prerequisite(world: World) -> None:
    steps = [{"courses": ["APPHY1"], "grade": 11}]
    rows = [{"subject": "mathematics", "grades": {"10": ["GEO"]}}]
    assert found(world, content(steps=steps, rows=rows)) == []


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({"framework": "mars"}, "stop framework: no framework is called 'mars'"),
        ({"cluster": "magic"}, "stop cluster: Georgia Career Clusters has no cluster 'magic'"),
        ({"pathway": "magic"}, "has no pathway 'magic'. Choose one of its pathways."),
    ],
)
def test_a_place_the_framework_does_not_know_stops(
    world: World, place: dict[str, str], message: str
) -> None:
    assert message in "".join(found(world, content(), **place))


def test_a_version_without_a_title_stops(world: World) -> None:
    version = draft(world.school, world["lind"], title=" ", pathway="")
    assert [str(each) for each in checks.run(version)] == [
        "title: the program has no title. Write one."
    ]


def test_a_version_without_courses_stops(world: World) -> None:
    assert found(world, content(steps=[])) == [
        "stop steps: the program has no courses. Add its sequence."
    ]
    assert "stop step 1: names no course. Name one." in found(
        world, content(steps=[{"courses": [], "grade": 9}]), slug="other", **CARPENTRY
    )


def test_a_version_without_a_source_stops_and_one_without_a_day_warns(world: World) -> None:
    assert found(world, content(sources=[]))[0].startswith("stop sources: no source says")
    undated = content(sources=[SOURCE, {"title": "A book"}])
    assert found(world, undated, slug="other", **CARPENTRY) == [
        "warn sources: 'A book' does not say when it was read. Add the day."
    ]


def test_an_address_that_is_no_web_address_stops(world: World) -> None:
    source = SOURCE | {"url": "javascript:alert(1)"}
    assert found(world, content(sources=[source])) == [
        "stop sources: the address of 'A source' does not lead to the web. Start it with https://."
    ]


def test_an_unknown_stage_stops(world: World) -> None:
    holds = content(occupations=[{"title": "Civil Engineers", "after": "lunch"}])
    assert found(world, holds)[0].startswith(
        "stop occupations: 'Civil Engineers' stands after 'lunch', which is no stage."
    )


@pytest.mark.parametrize(
    ("title", "soc", "words"),
    [
        ("Civil Engineers", "17-2051.00", ""),
        ("Civil Engineers", "17-2051", ""),
        ("civil  engineers", "", "has no code, and the list says 17-2051.00. Save the line again"),
        ("Civil Engineers", "17-2141.00", "has the code 17-2141.00, and the list says 17-2051.00"),
        ("Civil Engineers", "99-0001.00", "no occupation has the code 99-0001.00 of 'Civil Eng"),
        ("Engineers", "", "'Engineers' is not the title of one occupation. Choose the title from"),
        ("Civl Enginers", "", "Perhaps: Civil Engineers"),
        ("Qqqq", "", "is not the title of one occupation. Choose the title from the list."),
    ],
)
def test_an_occupation_is_one_of_the_list_by_title_and_code(
    world: World, title: str, soc: str, words: str
) -> None:
    findings = found(world, content(occupations=[{"title": title, "soc": soc}]))
    if words:
        (finding,) = findings
        assert finding.startswith("warn occupations: ")
        assert words in finding
    else:
        assert findings == []


def test_a_course_with_a_state_number_called_local_is_a_warning(world: World) -> None:
    assert found(world, content(local_courses=["FET"]))[0].startswith("warn local_courses:")


def test_a_content_of_the_wrong_form_is_told_with_every_place(world: World) -> None:
    holds = {"steps": [{"courses": ["FET"]}], "hobby": 1}
    version = draft(world.school, world["lind"], holds=holds)
    findings = checks.run(version)
    assert all(finding.weight is Weight.STOP for finding in findings)
    assert {finding.where for finding in findings} == {"content.steps.0.grade", "content.hobby"}


def test_the_engine_gets_the_published_programs_of_the_school_only(world: World) -> None:
    draft(world.school, world["lind"], slug="a-draft")
    published(world.other_school, world["lind"], world["tate"], slug="elsewhere")
    values = programs_for(world.school)
    assert [value.id for value in values] == ["engineering-and-technology"]
    program = values[0]
    assert program.steps[0] == Step(courses=("FET",), grade=9)
    assert not program.steps[-1].required
    assert (program.cluster, program.pathway) == ("stem", "engineering-and-technology")


def test_a_program_that_nobody_can_take_stops_with_the_reason(world: World) -> None:
    Offering.objects.filter(school=world.school, course__subject="science").delete()
    (finding,) = found(world, content())
    assert finding.startswith("stop plan: no plan exists for a student entering grade 9 next year")
    assert "The diploma asks for Biology (1.0)." in finding


def test_whether_it_can_be_taken_is_not_asked_before_the_rest_is_right(world: World) -> None:
    Offering.objects.filter(school=world.school, course__subject="science").delete()
    assert not any("no plan exists" in each for each in found(world, content(sources=[])))


def test_whether_it_can_be_taken_is_asked_with_the_load_and_periods_of_the_school(
    world: World,
) -> None:
    """A day of two periods leaves no room for a diploma; another school of the district has it."""
    SchoolPlanning.objects.create(school=world.school, periods=2)
    (finding,) = found(world, content())
    assert finding.startswith("stop plan: no plan exists")
    SchoolPlanning.objects.update(school=world.other_school)
    assert found(world, content(), slug="other", **CARPENTRY) == []


def test_the_student_who_is_asked_for_enters_grade_9_next_year(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[PlanRequest] = []

    def note(request: PlanRequest) -> bool:
        asked.append(request)
        return True

    monkeypatch.setattr(takeable, "has_plan", note)
    assert found(world, content()) == []
    (request,) = asked
    next_year = SchoolYear.of(TODAY).plus(1)
    assert request.record.entered_grade_9 == next_year
    assert request.terms[0].term.year == next_year


def test_a_limit_of_the_school_holds_for_who_takes_a_program(world: World) -> None:
    one = {"title": "One of it", "tag": "program:robots", "most": 1.0, "counted": "courses"}
    SchoolPlanning.objects.create(school=world.school, limits=[one | {"within": "plan"}])
    assert "no plan exists" in "".join(found(world, content()))


def test_a_district_without_known_rules_is_told_so(world: World) -> None:
    version = draft(world.school, world["lind"], pathway="")
    type(world.district).objects.filter(pk=world.district.pk).update(jurisdiction="us-zz")
    (finding,) = checks.run(ProgramVersion.objects.get(pk=version.pk))
    assert str(finding).startswith("plan: whether a student entering grade 9 next year can take it")
    assert finding.weight is Weight.WARN


def test_a_course_that_vanishes_from_the_catalog_stops_and_names_its_line(world: World) -> None:
    version = draft(world.school, world["lind"])
    Course.objects.filter(district=world.district, code="ENGCON").update(code="GONE")
    stop = checks.stops(checks.run(version))[0]
    assert (stop.part, stop.line) == ("steps", "engcon")
    assert "'ENGCON' is not in the district's catalog" in str(stop)


def test_a_second_program_in_the_same_place_of_a_school_is_a_warning(world: World) -> None:
    (finding,) = found(world, content(), pathway="engineering-and-technology")
    assert finding == (
        "warn place: 'Engineering and Technology' stands in the same place at Magnolia High "
        "School. Work on that one, or say in the title what is different here."
    )
    elsewhere = draft(world.other_school, world["tate"], slug="elsewhere")
    assert "stands in the same place" not in "".join(map(str, checks.run(elsewhere)))


def test_what_is_retired_stands_in_no_place(world: World) -> None:
    ProgramVersion.objects.filter(program=world.program).update(state="retired")
    assert found(world, content(), pathway="engineering-and-technology") == []


def test_what_a_template_left_open_is_a_course_still_to_be_chosen(world: World) -> None:
    rows = [{"subject": "english", "grades": {"10": ["any english"], "11": ["U.S. History"]}}]
    told = found(world, content(rows=rows))
    assert told == [
        "stop courses: U.S. History, still to be chosen. Choose one of your catalog.",
        "stop courses: a course of english, still to be chosen. Choose one of your catalog.",
    ]
