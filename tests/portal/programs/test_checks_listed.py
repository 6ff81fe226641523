"""What holds back a program, in the list of programs: the same as on its own page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pathloom.portal.catalog.models import Offering
from pathloom.portal.programs import checks
from pathloom.portal.programs.models import ProgramVersion
from tests.portal.programs.making import content, draft
from tests.portal.world import World

BACKWARD = [
    {"courses": ["ENGCON"], "grade": 9},
    {"courses": ["FET"], "grade": 10},
    {"courses": ["ENGAPP"], "grade": 11},
]


@pytest.mark.parametrize(
    ("holds", "count"),
    [
        (content(), 0),
        (content(steps=BACKWARD), 1),
        (content(steps=[{"courses": ["DIVE"], "grade": 9}]), 1),
        (content(steps=[], sources=[]), 2),
        ({"steps": [{"courses": ["FET"]}], "hobby": 1}, 2),
    ],
)
def test_a_list_counts_what_the_page_of_a_program_finds(
    world: World, holds: dict[str, Any], count: int
) -> None:
    version = draft(world.school, world["lind"], holds=holds)
    assert checks.held_back([version]) == {version.pk: count}
    assert len(checks.stops(checks.run(version))) == count


def test_a_course_that_is_not_offered_any_more_is_counted_in_the_list(world: World) -> None:
    draft(world.school, world["lind"], title="Robots")
    Offering.objects.filter(school=world.school, course__code="ENGCON").delete()
    client = Client()
    client.force_login(world["lind"])
    rows = client.get("/programs/").context["table"]["rows"]
    held = {row["title"]["text"]: row["findings"] for row in rows}
    assert held["Robots"] == 1


def test_many_programs_are_looked_at_with_as_many_queries_as_one(world: World) -> None:
    for number in range(4):
        draft(world.school, world["lind"], slug=f"robots-{number}", title=f"Robots {number}")
    versions = ProgramVersion.objects.filter(title__startswith="Robots ").select_related(
        "program__school__district", "program__district"
    )
    counted = []
    for some in (list(versions[:1]), list(versions)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert set(checks.held_back(some).values()) == {0}
        counted.append(len(queries))
    assert counted == [2, 2]
