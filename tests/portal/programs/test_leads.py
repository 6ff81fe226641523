"""Where things lead: from a subject, a course and a pathway to jobs with pay."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pathloom.engine.occupations import load_occupations, total
from pathloom.engine.program.content import STAGES
from pathloom.engine.taxonomy import Place
from pathloom.portal.catalog.models import Course
from pathloom.portal.programs.queries import leads
from pathloom.portal.programs.queries.course_uses import diploma_of, opened_by, served_by
from pathloom.portal.programs.queries.frameworks import frameworks
from tests.portal.world import TODAY, World

HOME = "/schools/magnolia-high/"
PATHWAY = "/careers/georgia/stem/engineering-and-technology/"
BOOK = load_occupations()


def test_every_occupation_of_a_pathway_stands_in_one_exit_and_none_twice() -> None:
    for framework in frameworks():
        for cluster in framework.clusters:
            for pathway in cluster.pathways:
                placed = leads.occupations_at(BOOK, Place(framework.id, cluster.id, pathway.id))
                by_stage = leads.by_stage(placed)
                assert tuple(by_stage) == tuple(STAGES)
                shown = [each for found in by_stage.values() for each in found]
                known = [each for each in placed if leads.stage_of(each.occupation)]
                assert sorted(map(id, shown)) == sorted(map(id, known))


def test_a_pathway_of_2008_has_just_the_occupations_a_source_puts_there() -> None:
    nursing = Place("national-2008", "health-science", "therapeutic-services")
    placed = leads.occupations_at(BOOK, nursing)
    wanted = BOOK.in_place(nursing.framework, nursing.cluster, nursing.pathway)
    assert {each.occupation.code for each in placed} == {each.code for each in wanted}
    assert not any(each.near for each in placed)
    assert total([each.occupation for each in placed], "openings") == total(wanted, "openings")


@pytest.mark.parametrize(
    ("code", "stage"),
    [
        ("55-3016.00", "service"),
        ("47-2111.00", "apprenticeship"),
        ("31-1131.00", "certificate"),
        ("17-2051.00", "bachelor"),
        ("41-2031.00", "high_school"),
        ("29-1292.00", "associate"),
    ],
)
def test_an_occupation_stands_at_the_exit_most_people_take(code: str, stage: str) -> None:
    assert leads.stage_of(BOOK.by_code[code]) == stage


def test_a_pathway_shows_all_six_exits_with_jobs_and_pay(world: World, client: Client) -> None:
    page = client.get(PATHWAY).text
    for name in (
        "Right after high school",
        "With a certificate",
        "Through an apprenticeship",
        "With a 2-year degree",
        "With a 4-year degree",
        "In the armed forces",
    ):
        assert f"<h3>{name}</h3>" in page
    assert '<a href="/careers/occupations/17-2112.00/" lang="en">Industrial Engineers</a>' in page
    assert "Middle pay from $" in page
    assert "No job of this pathway usually starts here." in page


def test_a_subject_leads_to_courses_programs_pathways_and_jobs(
    world: World, client: Client
) -> None:
    page = client.get(f"{HOME}subjects/mathematics/").text
    assert f'href="{HOME}courses/GEO/"' in page
    assert f'href="{HOME}programs/engineering-and-technology/"' in page
    assert f'href="{PATHWAY}"' in page
    assert f'href="{HOME}occupations/15-2011.00/"' in page  # actuaries
    assert client.get(f"{HOME}subjects/nothing/").status_code == 404
    assert client.get("/schools/nowhere/subjects/").status_code == 404


def test_a_subject_of_pathways_puts_programs_made_of_it_first(world: World) -> None:
    courses = leads.subject_courses(world.school, "cte")
    found = leads.subject_leads(world.school, courses)
    assert found[0].inside
    assert [len(each.inside) for each in found] == sorted(
        (len(each.inside) for each in found), reverse=True
    )


def test_every_subject_of_a_school_has_its_page(world: World, client: Client) -> None:
    page = client.get(f"{HOME}subjects/").text
    for subject in Course.objects.filter(offerings__school=world.school).values_list(
        "subject", flat=True
    ):
        assert f'href="{HOME}subjects/{subject}/"' in page
        assert client.get(f"/es{HOME}subjects/{subject}/").status_code == 200


def test_a_course_says_what_it_is_good_for(world: World, client: Client) -> None:
    page = client.get(f"{HOME}courses/ENGCON/").text
    assert "Career and Technical Education, World Language or Fine Arts" in page
    assert f'href="{HOME}programs/engineering-and-technology/"' in page
    assert f'href="{PATHWAY}"' in page
    assert f'href="{HOME}occupations/17-2071.00/"' in page
    assert f'href="{HOME}courses/ENGAPP/"' in page


def test_a_course_counts_for_its_own_part_of_a_requirement_and_not_for_another(
    world: World,
) -> None:
    found = diploma_of(world.district, on=TODAY)
    assert found is not None
    biology = Course.objects.get(code="BIO", district=world.district)
    served = served_by(biology, found[0], families=frozenset())
    assert [each.requirement.id for each in served] == ["science", "electives"]
    assert "biology" in {part.id for part in served[0].parts}
    assert "third-science" not in {part.id for part in served[0].parts}
    assert served[-1].any_course


def test_a_district_whose_rules_are_not_known_says_so(world: World, client: Client) -> None:
    world.district.jurisdiction = "us-zz"
    world.district.save()
    page = client.get(f"{HOME}courses/BIO/")
    assert page.status_code == 200
    assert "We know no diploma rules for it. Ask a counselor." in page.text


def test_a_course_opens_just_those_whose_prerequisite_names_it(world: World) -> None:
    first = Course.objects.get(code="FET", district=world.district)
    opened = {each.code for each in opened_by(first, world.school)}
    assert "ENGCON" in opened
    assert "FET" not in opened
    assert "GEO" not in opened


def test_a_program_links_its_jobs_to_the_pages_of_its_school_and_back(
    world: World, client: Client
) -> None:
    program = f"{HOME}programs/engineering-and-technology/"
    page = client.get(program).text
    address = f"{HOME}occupations/17-2071.00/"
    assert f'<a href="{address}"' in page
    assert f'href="{program}"' in client.get(address).text
    assert "More jobs near this program" in page


def test_a_course_that_many_need_takes_as_many_queries(world: World, client: Client) -> None:
    address = f"{HOME}courses/FET/"
    counted = []
    for _time in range(2):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counted.append(len(queries))
        Course.objects.filter(
            offerings__school=world.school, code__in=["GEO", "BIO", "CHEM"]
        ).update(prerequisite={"course": "FET"})
    assert counted[0] == counted[1]
