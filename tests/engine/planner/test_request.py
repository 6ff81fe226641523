"""Plan requests and answers as JSON files."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pathloom.engine.errors import PathloomError, RequestError
from pathloom.engine.planner import plan
from pathloom.engine.planner.request import (
    load_request,
    plan_document,
    plan_schema,
    request_schema,
)
from pathloom.engine.planner.types import (
    Counted,
    Fix,
    GoalOrder,
    Infeasible,
    Limit,
    Plan,
    Undecided,
    Wishes,
)

RULES = """
jurisdiction: us-small
diploma: diploma
title: Small Diploma
credit: {name: unit, carnegie_units: 1}
status: draft
checked: []
subjects: {mathematics: mathematics}
tags: {}
sources:
  us:
    title: Our own words
    url: https://magnolia.example/rules
    read_on: 2026-11-21
    kind: secondary
versions:
  - id: us-small/diploma/2020
    entered_grade_9: {from: 2020-21}
    total: 2
    requirements:
      - {id: mathematics, title: Mathematics, earn: 2, from: {subject: mathematics}, source: us}
"""
CATALOG = {
    "id": "small",
    "courses": [
        {"id": "ALG", "title": "Algebra", "subject": "mathematics", "credits": 1},
        {
            "id": "GEO",
            "title": "Geometry",
            "subject": "mathematics",
            "credits": 1,
            "prerequisite": {"course": "ALG"},
        },
    ],
}
RECORD = {"student": "S1", "entered_grade_9": "2026-27"}
REQUEST: dict[str, Any] = {
    "record": RECORD,
    "rules": "rules.yaml",
    "catalog": CATALOG,
    "as_of": "2026-07-15",
    "grade": 12,
}


def file_of(folder: Path, **more: object) -> Path:
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    path = folder / "request.json"
    data = {key: value for key, value in (REQUEST | more).items() if value is not None}
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_a_request_with_a_grade_is_planned_for_the_terms_that_are_left(tmp_path: Path) -> None:
    request, day = load_request(file_of(tmp_path))
    found = plan(request, as_of=day)

    assert day == date(2026, 7, 15)
    assert isinstance(found, Plan)
    assert [(one.course, str(one.term)) for one in found.placements] == [
        ("ALG", "2026-27 fall"),
        ("GEO", "2026-27 spring"),
    ]


def test_record_and_catalog_may_stand_in_files_beside_the_request(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text(json.dumps(RECORD), encoding="utf-8")
    (tmp_path / "catalog.json").write_text(json.dumps(CATALOG), encoding="utf-8")
    apart = file_of(tmp_path, record="record.json", catalog="catalog.json")
    whole = tmp_path / "whole"
    whole.mkdir()

    found, _ = load_request(apart)
    other, _ = load_request(file_of(whole))

    assert (found.record, found.catalog, found.terms) == (other.record, other.catalog, other.terms)


def test_a_packaged_diploma_is_named_by_its_id(tmp_path: Path) -> None:
    request, _ = load_request(file_of(tmp_path, rules="us-ga/diploma"))

    assert request.ruleset.diploma == "diploma"
    assert request.ruleset.jurisdiction == "us-ga"


def test_every_mistake_of_the_format_is_named_at_once(tmp_path: Path) -> None:
    term = {"term": "fall 2026", "grade": 12, "mots": 4}
    path = file_of(tmp_path, wihses=["ALG"], terms=[term], as_of=None)

    with pytest.raises(RequestError) as raised:
        load_request(path)

    found = {str(problem).removeprefix(str(path)) for problem in raised.value.problems}
    assert found == {
        ": as_of: 'as_of' is missing. Add 'as_of'.",
        ": wihses: unknown key 'wihses'. Did you mean 'wishes'?",
        ": terms[0].mots: unknown key 'mots'. Did you mean 'most'?",
        ": terms[0].term: 'term': 'fall 2026' is not a term. Write it like 2026-27 fall.",
    }


def test_every_mistake_of_the_files_it_names_is_there_at_once(tmp_path: Path) -> None:
    path = file_of(tmp_path, catalog="nothing.json", rules="no.yaml", grade=None)

    with pytest.raises(RequestError) as raised:
        load_request(path)

    found = [str(problem) for problem in raised.value.problems]
    assert len(found) == 3
    assert "nothing.json" in found[0]
    assert "no.yaml" in found[1]
    assert found[2].endswith(
        "neither 'terms' nor 'grade' is there. Add the grade, or list the terms."
    )


def test_a_plain_list_of_wishes_says_how_to_write_it(tmp_path: Path) -> None:
    path = file_of(tmp_path, wishes=["ALG"], locks=[{"cours": "ALG", "term": "2026-27 fall"}])

    with pytest.raises(RequestError) as raised:
        load_request(path)

    found = {str(problem).removeprefix(str(path)) for problem in raised.value.problems}
    assert found == {
        ": locks[0].course: 'course' is missing. Add 'course'.",
        ": locks[0].cours: unknown key 'cours'. Did you mean 'course'?",
        ": wishes: 'wishes': a list does not say which wishes these are."
        ' Write {"wanted": [...]}.',
    }


def test_everything_a_plan_depends_on_can_stand_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "merit.yaml").write_text(RULES.replace("2020\n", "merit\n"), encoding="utf-8")
    college = {
        "institutions": [
            {"id": "c", "title": "College", "courses": [{"code": "M", "title": "M", "hours": 3}]}
        ]
    }
    (tmp_path / "college.json").write_text(json.dumps(college), encoding="utf-8")
    term = {"grade": 12, "most": 4, "target": 3, "slots": 8}
    more: dict[str, Any] = {
        "also": ["merit.yaml", "us-ga/hope"],
        "terms": [{"term": "2026-27 fall", **term}, {"term": "2026-27 spring", **term}],
        "staff_locks": [{"course": "ALG", "term": "2026-27 fall"}],
        "wishes": {"liked": ["GEO"], "study_halls": ["12"], "college_hours": 3},
        "limits": [{"title": "Math", "tag": "math", "most": 6, "counted": "hours"}],
        "agreements": "college.json",
        "on_time": "2026-27 spring",
        "finish": "2026-27 spring",
        "order": "near",
    }

    asked, _ = load_request(file_of(tmp_path, **more))
    in_full, _ = load_request(file_of(tmp_path, **more | {"agreements": college}))

    assert [each.title for each in asked.also] == ["Small Diploma", "HOPE Scholarship"]
    assert [(entry.target, entry.slots) for entry in asked.terms] == [(300, 8), (300, 8)]
    assert [lock.course for lock in asked.staff_locks] == ["ALG"]
    assert asked.wishes == Wishes(liked=("GEO",), study_halls=(12,), college_hours=300)
    assert asked.limits == (Limit("Math", "math", 600, Counted.HOURS),)
    assert asked.agreements is not None
    assert asked.agreements == in_full.agreements
    assert (str(asked.on_time), str(asked.finish)) == ("2026-27 spring", "2026-27 spring")
    assert asked.order is GoalOrder.NEAR
    Draft202012Validator(request_schema()).validate(REQUEST | more)


def test_agreements_of_a_request_file_have_to_name_its_courses(tmp_path: Path) -> None:
    dual = {
        "id": "dual",
        "kind": "dual_credit",
        "institution": "c",
        "college_course": "M",
        "course": "ALGE",
        "valid_from": "2020-21",
        "source": {"url": "https://magnolia.example", "read_on": "2026-11-21"},
    }
    taught = [{"code": "M", "title": "M", "hours": 3}]
    college = {
        "institutions": [{"id": "c", "title": "College", "courses": taught}],
        "agreements": [dual],
    }
    (tmp_path / "college.json").write_text(json.dumps(college), encoding="utf-8")

    for given in (college, "college.json"):
        with pytest.raises(PathloomError) as raised:
            load_request(file_of(tmp_path, agreements=given))
        assert [problem.what for problem in raised.value.problems] == [
            "agreement 'dual' names unknown course 'ALGE'"
        ]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_far_away_is_a_mistake(tmp_path: Path, day: str) -> None:
    with pytest.raises(RequestError) as raised:
        load_request(file_of(tmp_path, as_of=day))

    (found,) = raised.value.problems
    assert str(found).endswith(
        f"as_of: 'as_of': {day} is out of range. Write a day from 1900 to 2200."
    )


def test_a_request_that_is_not_json_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_text('{\n"record": \n', encoding="utf-8")

    with pytest.raises(PathloomError) as raised:
        load_request(path)

    assert raised.value.where.startswith(f"{path}:")


def test_answers_are_plain_json_with_their_status(tmp_path: Path) -> None:
    request, day = load_request(file_of(tmp_path))

    found = plan_document(plan(request, as_of=day))

    assert found["status"] == "plan"
    assert found["proof"] == "optimal"
    assert found["placements"][0] == {"course": "ALG", "term": "2026-27 fall"}
    assert found["audit"]["status"] == "planned"
    json.dumps(found)
    no = plan_document(Infeasible(("A.",), (Fix("B.", ()),)))
    fix = {"sentence": "B.", "changes": [], "staff": False}
    assert no == {"status": "infeasible", "reasons": ["A."], "fixes": [fix]}
    assert plan_document(Undecided("C."))["status"] == "undecided"


def test_request_and_answer_fit_their_schemas(tmp_path: Path) -> None:
    request, day = load_request(file_of(tmp_path))
    answer = plan_document(plan(request, as_of=day))
    del answer["status"]

    Draft202012Validator(request_schema()).validate(REQUEST)
    Draft202012Validator(plan_schema()).validate(answer)
    assert not Draft202012Validator(request_schema()).is_valid(REQUEST | {"wihses": []})
