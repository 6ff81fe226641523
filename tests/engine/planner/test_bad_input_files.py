"""Broken request files on the command line: refused with what and where, never with a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pathloom.cli import app
from tests.engine.planner.test_request import RECORD, REQUEST, RULES

GOOD = json.dumps(REQUEST)
COURSE: dict[str, Any] = {"id": "A", "title": "A", "subject": "mathematics", "credits": 1}
TERM = {"term": "2026-27 fall", "grade": 12}


def catalog(**more: object) -> dict[str, Any]:
    return {"catalog": {"id": "x", "courses": [COURSE | more]}}


def record(**more: object) -> dict[str, Any]:
    return {"record": RECORD | {"courses": [{"id": "x", "credits": 1, "state": "earned"} | more]}}


def limit(**more: object) -> dict[str, Any]:
    return {"limits": [{"title": "few", "tag": "ap", "most": 1} | more]}


def within(depth: int) -> str:
    """A prerequisite within a prerequisite, so many times."""
    need = '{"all": [' * depth + '{"course": "A"}' + "]}" * depth
    made = json.dumps(REQUEST | catalog(prerequisite="@"))
    return made.replace('"@"', need)


# What the file says instead, and where the mistake is said to be.
CHANGED: dict[str, tuple[dict[str, Any], str]] = {
    "no record": ({"record": None}, "record"),
    "a number for a record": ({"record": 5}, "record: 'record'"),
    "a list for a record": ({"record": []}, "record: 'record'"),
    "a record that is empty": ({"record": {}}, "record.student"),
    "a record in no file": ({"record": "none.json"}, "none.json"),
    "a record in a folder": ({"record": "."}, "cannot be read"),
    "a year that is none": ({"record": RECORD | {"entered_grade_9": "2026"}}, "entered_grade_9"),
    "a mark that is none": (record(mark="Z+"), "courses[0].mark"),
    "credit that is no number": (record(credits="nan"), "courses[0].credits"),
    "a state that is none": (record(state="passed"), "courses[0].state"),
    "no rules": ({"rules": None}, "rules"),
    "rules that nobody wrote": ({"rules": "us-xx/diploma"}, "us-xx/diploma"),
    "rules in no file": ({"rules": "none.yaml"}, "none.yaml"),
    "a number for rules": ({"rules": 3}, "rules"),
    "rules that are no YAML": ({"rules": "bad.yaml"}, "bad.yaml:2"),
    "rules that are no text": ({"rules": "bytes.yaml"}, "bytes.yaml"),
    "no catalog": ({"catalog": None}, "catalog"),
    "a catalog in no file": ({"catalog": "none.csv"}, "none.csv"),
    "a catalog without courses": ({"catalog": {"id": "x", "courses": []}}, "no courses"),
    "a course twice": ({"catalog": {"id": "x", "courses": [COURSE] * 2}}, "course 'A'"),
    "a course that needs itself": (catalog(prerequisite={"course": "A"}), "course 'A'"),
    "a course that is never offered": (catalog(parts=[]), "never offered"),
    "a part of the year that is none": (catalog(parts=["winter"]), "parts[0]"),
    "no period": (catalog(slots=0), "slots"),
    "nine periods": (catalog(slots=9), "slots"),
    "difficulty beyond all": (catalog(difficulty=6), "difficulty"),
    "a word for corequisites": (catalog(corequisites="A"), "corequisites"),
    "less than no credit": (catalog(credits=-1), "credits"),
    "credit beyond all": (catalog(credits=1e30), "credits"),
    "no day": ({"as_of": None}, "as_of"),
    "a day that is none": ({"as_of": "tomorrow"}, "as_of"),
    "a number for a day": ({"as_of": 20260715}, "as_of"),
    "a day before all others": ({"as_of": "0001-01-01"}, "as_of"),
    "a day after all others": ({"as_of": "9999-12-31"}, "as_of"),
    "more periods than can be counted": ({"terms": [TERM | {"slots": 10**30}]}, "slots"),
    "neither grade nor terms": ({"grade": None}, "Add the grade, or list the terms"),
    "a grade beyond all": ({"grade": 13}, "grade"),
    "half a grade": ({"grade": 8.5}, "grade"),
    "yes for a grade": ({"grade": True}, "grade"),
    "less than nothing in a term": ({"most": -4}, "most"),
    "more in a term than there is": ({"most": 1e9}, "most"),
    "a term that is none": ({"terms": [TERM | {"term": "fall 2026"}]}, "terms[0].term"),
    "a term twice": ({"terms": [TERM, TERM]}, "2 times"),
    "loads that cross": ({"terms": [TERM | {"most": 1, "least": 2}]}, "terms 1"),
    "part of a period": ({"terms": [TERM | {"slots": 7.5}]}, "terms[0].slots"),
    "a term with an unknown key": ({"terms": [TERM | {"moist": 1}]}, "Did you mean 'most'?"),
    "a lock on nothing": ({"locks": [{"course": "NO", "term": "2026-27 fall"}]}, "locks 1"),
    "a lock in no term": ({"locks": [{"course": "ALG", "term": "soon"}]}, "locks[0].term"),
    "a word for locks": ({"locks": "ALG"}, "locks"),
    "a ban on nothing": ({"bans": ["NO"]}, "bans 1"),
    "a lock of staff on nothing": (
        {"staff_locks": [{"course": "NO", "term": "2026-27 fall"}]},
        "staff_locks 1",
    ),
    "a list for wishes": ({"wishes": ["ALG"]}, "wishes"),
    "a wish for nothing": ({"wishes": {"wanted": ["NO"]}}, "wanted 1"),
    "a wish with an unknown key": ({"wishes": {"want": []}}, "Did you mean 'wanted'?"),
    "less than no hours": ({"wishes": {"college_hours": -3}}, "college_hours"),
    "a free period in no grade": ({"wishes": {"study_halls": [99]}}, "study_halls[0]"),
    "a program that nobody offers": ({"program": "none"}, "program"),
    "a seed below zero": ({"seed": -1}, "seed"),
    "a seed beyond all": ({"seed": 10**40}, "seed"),
    "no effort": ({"effort": 0}, "effort"),
    "a word for effort": ({"effort": "fast"}, "effort"),
    "a limit without a tag": ({"limits": [{"title": "x", "most": 1}]}, "limits[0].tag"),
    "a limit on minutes": (limit(counted="minutes"), "limits[0].counted"),
    "a limit on hours of no agreement": (limit(counted="hours"), "limits 1"),
    "further rules that nobody wrote": ({"also": ["us-xx/none"]}, "us-xx/none"),
    "a word for further rules": ({"also": "us-ga/diploma"}, "also"),
    "agreements in no file": ({"agreements": "none.yaml"}, "none.yaml"),
    "a finish that is no term": ({"finish": "soon"}, "finish"),
    "a finish that is past": ({"finish": "2020-21 fall"}, "finish"),
    "an order that is none": ({"order": "random"}, "order"),
    "a plan before that is none": ({"previous": [1]}, "previous[0]"),
    "an unknown key": ({"wish": 1}, "Did you mean 'wishes'?"),
}

RAW: dict[str, bytes] = {
    "nothing": b"",
    "null": b"null",
    "a list": b"[]",
    "half a file": GOOD[:80].encode(),
    "bytes": bytes(range(256)),
    "another encoding": GOOD.encode("utf-16"),
    "no number": f'{GOOD[:-1]}, "most": NaN}}'.encode(),
    "a number of thousands of digits": f'{GOOD[:-1]}, "seed": {"9" * 5000}}}'.encode(),
    "a list within a list without end": b"[" * 100_000,
    "a prerequisite within a prerequisite without end": within(3000).encode(),
}


def refused(folder: Path, content: bytes) -> str:
    """What the command line says; it says it without a traceback, and with the code for it."""
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    (folder / "bad.yaml").write_text("a: [1\n b: {", encoding="utf-8")
    (folder / "bytes.yaml").write_bytes(bytes(range(256)))
    path = folder / "request.json"
    path.write_bytes(content)

    result = CliRunner().invoke(app, ["plan", str(path)], env={"COLUMNS": "400"})

    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    return result.output


@pytest.mark.parametrize(("change", "words"), CHANGED.values(), ids=CHANGED)
def test_a_broken_request_file_is_refused_with_what_and_where(
    tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    data = {key: value for key, value in (REQUEST | change).items() if value is not None}

    said = refused(tmp_path, json.dumps(data).encode())

    assert words in said
    assert "'=" not in said


@pytest.mark.parametrize("content", RAW.values(), ids=RAW)
def test_a_file_that_is_no_request_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "request.json" in refused(tmp_path, content)


def test_the_request_that_is_broken_here_is_good(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "request.json").write_text(GOOD, encoding="utf-8")

    result = CliRunner().invoke(app, ["plan", str(tmp_path / "request.json")])

    assert result.exit_code == 0, result.output
