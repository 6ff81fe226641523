"""The comparison with raw facts sees every difference, and none where there is none."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from pathloom.engine.catalog import Catalog, Course
from pathloom.engine.rules.nodes import AnyCourse, Award, NumberLike, OneOf, Requirement, RuleSet
from pathloom.engine.rules.pathways import (
    NumberBook,
    PathwayBook,
    PathwayCourse,
    SourcedNumber,
    StatePathway,
)
from pathloom.engine.taxonomy import Cluster, Framework, Pathway
from tools import check_data
from tools.check_data import Outcome

FRAMEWORK = Framework(
    id="sample",
    title="Sample",
    steward="Nobody",
    status="invented",
    read_on="2026-11-21",
    sources=(),
    clusters=(
        Cluster("boats", "Boats, Rafts & Ferries", "s", "01", (Pathway("rafts", "Rafts", "s"),)),
        Cluster("kites", "Kites", "s", "02", (Pathway("box", "Box Kites", "s"),)),
    ),
)
NATIONAL = {
    "counts": {"clusters": 2, "pathways": 2},
    "clusters": [
        {"code_ceds": "01", "name": "Boats, Rafts & Ferries", "pathways": [{"name": "Rafts"}]},
        {"code_ceds": 2, "name": "Kites", "pathways": [{"name": "Box Kites"}]},
    ],
}
STATE: dict[str, Any] = {
    "state_career_clusters": {"count": 2, "names": ["Boats Rafts & Ferries", "Kites"]},
    "ctae_pathways": {
        "rows": [
            {
                "cluster": "BRF",
                "pathway": "Rafts (since 2015)",
                "courses": [
                    {"n": 1, "code": "90.41000", "title": "Introduction to Rafts"},
                    {"n": 2, "code": None, "title": "Rowing (proposed)"},
                ],
            },
            {"cluster": "Kites", "pathway": "Box Kites", "courses": []},
            {"cluster": "Kites", "pathway": "(every kite pathway)", "courses": []},
        ],
        "seen": [{"pattern": "91.X200XXX", "title": "AP Knots"}],
    },
    "graduation": {"total_units": 3, "areas": [{"units": 2}, {"units": 1}]},
}
TITLES = check_data.titles_of(STATE)
TEXT = "90.41000 91.X200XXX"
NUMBERS = NumberBook(
    sources={},
    rows=(
        SourcedNumber("90.41000", "Introduction to Rafts", "s", "high"),
        SourcedNumber("91.X200XXX", "AP Knots", "s", "high"),
    ),
)
PATHWAYS = PathwayBook(
    sources={},
    rows=(
        StatePathway(
            cluster="boats",
            pathway="rafts",
            title="Rafts",
            source="s",
            confidence="high",
            courses=(
                PathwayCourse("Introduction to Rafts", "90.41000", 1),
                PathwayCourse("Rowing", "", 2),
            ),
        ),
    ),
)
DIPLOMA = RuleSet(
    id="x/diploma/1",
    jurisdiction="x",
    diploma="diploma",
    title="X",
    status="draft",
    credit_name="unit",
    total=300,
    requirements=(
        Requirement("rafts", "Rafts", 200, OneOf((NumberLike("90.X100XXX"),)), "s"),
        Requirement("free", "Free", 100, AnyCourse(), "s"),
    ),
    sources=(),
    awards=(
        Award(
            id="knots",
            when=NumberLike("90.X100XXX"),
            at_least=100,
            title="AP Knots",
            number="91.0200000",
            subject="rafts",
            tags=frozenset(),
            credits=100,
            source="s",
            line=1,
        ),
    ),
)
CATALOG = Catalog(
    "demo",
    (
        Course("R", "Introduction to Rafts (Lab)", "rafts", 100, number="90.41000"),
        Course("L", "A local course", "rafts", 100),
    ),
)
PROGRAMS = [{"content": {"occupations": [{"soc": "53-5011.00", "title": "Sailors"}]}}]
ONET = {"53-5011.00": "Sailors"}


def changed(facts: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    copy = deepcopy(facts)
    change(copy)
    return copy


def titled(number: str, title: str) -> NumberBook:
    return replace(NUMBERS, rows=(SourcedNumber(number, title, "s", "high"),))


def with_course(course: PathwayCourse) -> PathwayBook:
    return replace(PATHWAYS, rows=(replace(PATHWAYS.rows[0], courses=(course,)),))


def national(facts: dict[str, Any] = NATIONAL) -> Outcome:
    return check_data.check_national(FRAMEWORK, facts)


def state(facts: dict[str, Any] = STATE) -> Outcome:
    return check_data.check_state(FRAMEWORK, facts)


def numbers(book: NumberBook = NUMBERS) -> Outcome:
    return check_data.check_numbers(book, text=TEXT, titles=TITLES)


def pathways(book: PathwayBook = PATHWAYS) -> Outcome:
    return check_data.check_pathways(book, FRAMEWORK, STATE, titles=TITLES)


def diploma(ruleset: RuleSet = DIPLOMA) -> Outcome:
    return check_data.check_diploma(ruleset, STATE, titles=TITLES)


def catalog(*courses: Course) -> Outcome:
    return check_data.check_catalog(Catalog("demo", courses or CATALOG.courses), titles=TITLES)


def occupations(titles: dict[str, str] = ONET) -> Outcome:
    return check_data.check_occupations(PROGRAMS, titles)


@pytest.mark.parametrize(
    ("check", "counts"),
    [
        (national, "2 clusters, 2 pathways"),
        (state, "2 clusters, 2 pathways"),
        (numbers, "2 course numbers"),
        (pathways, "1 pathways, 2 courses"),
        (diploma, "2 areas, 2 course numbers"),
        (catalog, "1 of 2 courses have a number"),
        (occupations, "1 occupations"),
    ],
)
def test_what_agrees_is_one_line_with_its_counts(check: Callable[[], Outcome], counts: str) -> None:
    outcome = check()
    assert outcome.differences == ()
    assert str(outcome) == f"{outcome.name}: {counts}: agree"


DIFFERENT: dict[str, Callable[[], Outcome]] = {
    "cluster '02 Kites' is not in the facts": lambda: national(
        changed(NATIONAL, lambda facts: facts["clusters"].pop())
    ),
    "cluster '02 Kits' of the facts is missing": lambda: national(
        changed(NATIONAL, lambda facts: facts["clusters"][1].update(name="Kits"))
    ),
    "pathway 'Kites > Stunt Kites' of the facts is missing": lambda: national(
        changed(
            NATIONAL, lambda facts: facts["clusters"][1]["pathways"].append({"name": "Stunt Kites"})
        )
    ),
    "the facts count 3 clusters, 2 pathways": lambda: national(
        changed(NATIONAL, lambda facts: facts["counts"].update(clusters=3))
    ),
    "cluster 'Kites' is not in the facts": lambda: state(
        changed(STATE, lambda facts: facts["state_career_clusters"]["names"].remove("Kites"))
    ),
    "pathway 'Box Kites' of Kites is not in the facts": lambda: state(
        changed(STATE, lambda facts: facts["ctae_pathways"]["rows"].pop(1))
    ),
    "pathway 'Stunt Kites' of the facts is missing": lambda: state(
        changed(
            STATE,
            lambda facts: facts["ctae_pathways"]["rows"].append(
                {"cluster": "Kites", "pathway": "Stunt Kites", "courses": []}
            ),
        )
    ),
    "90.44000 'Introduction to Rafts': not printed so": lambda: numbers(
        titled("90.44000", "Introduction to Rafts")
    ),
    "91.X200XXX 'Knots': the facts call it 'AP Knots'": lambda: numbers(
        titled("91.X200XXX", "Knots")
    ),
    "90.41000 'Introduction to Kites': the facts call it": lambda: numbers(
        titled("90.41000", "Introduction to Kites")
    ),
    "its row has no '91.X200XXX AP Knots'": lambda: pathways(
        with_course(PathwayCourse("AP Knots", "91.X200XXX", 3))
    ),
    "its row has no ' Sailing'": lambda: pathways(with_course(PathwayCourse("Sailing", "", 3))),
    "total 4: the facts say 3": lambda: diploma(replace(DIPLOMA, total=400)),
    "units of the areas [200]: the facts say [200, 100]": lambda: diploma(
        replace(DIPLOMA, requirements=DIPLOMA.requirements[:1])
    ),
    "90.X900XXX: no such number in the facts": lambda: diploma(
        replace(
            DIPLOMA,
            requirements=(
                replace(DIPLOMA.requirements[0], match=NumberLike("90.X900XXX")),
                DIPLOMA.requirements[1],
            ),
        )
    ),
    "91.0300000 'AP Knots': no such number in the facts": lambda: diploma(
        replace(DIPLOMA, awards=(replace(DIPLOMA.awards[0], number="91.0300000"),))
    ),
    "90.99000 'Rafts': no such number in the facts": lambda: catalog(
        Course("R", "Rafts", "rafts", 100, number="90.99000")
    ),
    "53-5011.00 'Sailors': no such code": lambda: occupations({}),
    "53-5011.00 'Sailors': O*NET calls it 'Sailors and Oilers'": lambda: occupations(
        {"53-5011.00": "Sailors and Oilers"}
    ),
}


@pytest.mark.parametrize("difference", DIFFERENT)
def test_every_difference_is_said(difference: str) -> None:
    outcome = DIFFERENT[difference]()
    assert any(difference in each for each in outcome.differences), outcome.differences
    assert difference in str(outcome)


def test_without_a_folder_of_facts_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_data.main([""]) == 2
    assert "make check-data DATA=folder" in capsys.readouterr().err
