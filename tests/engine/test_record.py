"""Records from files, completed from a catalog; every mistake as it is read by people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pathloom.engine.catalog import Catalog, Course
from pathloom.engine.errors import RecordError
from pathloom.engine.record import CourseRecord, State, StudentRecord, load_record, parse_record
from pathloom.engine.rules.facts import complete
from pathloom.engine.units import SchoolYear

CATALOG = Catalog(
    "c", (Course("ALG", "Algebra", "mathematics", 100, number="27.0", tags=frozenset({"algebra"})),)
)


def student(*courses: CourseRecord) -> StudentRecord:
    return StudentRecord("S1", SchoolYear(2023), courses)


def test_a_record_is_completed_from_the_catalog_and_keeps_its_own_words() -> None:
    record = student(CourseRecord("1", 50, State.EARNED, course="ALG", title="Algebra (gifted)"))
    (course,) = complete(record, CATALOG).courses
    assert (course.title, course.subject, course.number) == (
        "Algebra (gifted)",
        "mathematics",
        "27.0",
    )
    assert course.tags == {"algebra"}
    assert course.credits == 50


def test_a_complete_record_comes_back_as_it_is() -> None:
    record = student(CourseRecord("1", 100, State.EARNED, subject="arts"))
    assert complete(record, CATALOG) is record


def test_every_mistake_of_a_record_is_named_at_once() -> None:
    record = student(
        CourseRecord("1", 100, State.EARNED, course="ALGE"),
        CourseRecord("2", 100, State.EARNED),
        CourseRecord("2", 100, State.EARNED, subject="arts"),
    )
    with pytest.raises(RecordError) as caught:
        complete(record, CATALOG)
    assert str(caught.value).splitlines() == [
        "record 'S1': record id '2' stands 2 times. Give each course record its own id.",
        "record 'S1', course '1': unknown course 'ALGE'. Did you mean 'ALG'? "
        "A course from elsewhere has a subject and no course.",
        "record 'S1', course '2': no course and no subject. "
        "Name a course of the catalog, or give the subject.",
    ]


def test_without_a_catalog_a_course_alone_says_too_little() -> None:
    record = student(CourseRecord("1", 100, State.EARNED, course="ALG"))
    with pytest.raises(RecordError) as caught:
        complete(record, None)
    assert str(caught.value) == (
        "record 'S1', course '1': course 'ALG' has no subject, and no catalog is given to look "
        "it up in. Name a course of the catalog, or give the subject."
    )


def test_mistakes_in_the_format_say_where_and_what_to_do() -> None:
    data = {
        "student": "S1",
        "entered_grade_9": "2023",
        "courses": [
            {"id": "1", "credits": 0.125, "state": "earned", "subjet": "arts"},
            {"id": "2", "credits": 1, "state": "done", "mark": "Z"},
            {"credits": 1, "state": "earned", "term": "fall"},
        ],
    }
    with pytest.raises(RecordError) as caught:
        parse_record(data, where="r.json")
    lines = str(caught.value).splitlines()
    assert "r.json: courses[0].subjet: unknown key 'subjet'. Did you mean 'subject'?" in lines
    assert (
        "r.json: courses[0].credits: 'credits': 0.125 has more than two decimals. "
        "Round it to hundredths." in lines
    )
    assert (
        "r.json: entered_grade_9: 'entered_grade_9': '2023' is not a school year. "
        "Write it like 2026-27." in lines
    )
    assert "r.json: courses[2].id: 'id' is missing. Add 'id'." in lines
    assert any("courses[1].state" in line and "'earned'" in line for line in lines)
    assert len(lines) == 7


def test_mistakes_in_evidence_and_exceptions_say_where_and_what_to_do() -> None:
    data = {
        "student": "S1",
        "entered_grade_9": "2023-24",
        "track": ["x"],
        "courses": [{"id": "1", "credits": -1, "state": "earned", "subject": "arts"}],
        "experiences": [{"id": "1", "kind": "service", "hour": 5}],
        "scores": [{"exam": "sat", "score": "high"}],
        "milestones": [{"nam": "fafsa"}],
        "exceptions": [{"id": "e", "kind": "excus", "by": "L", "why": "w", "on": "2026-01-01"}],
    }
    with pytest.raises(RecordError) as caught:
        parse_record(data, where="r.json")
    assert str(caught.value).splitlines() == [
        "r.json: courses[0].credits: 'credits': -1 is out of range. "
        "Write an amount from 0 to 1000.",
        "r.json: experiences[0].hour: unknown key 'hour'. Did you mean 'hours'?",
        "r.json: scores[0].score: 'score': 'high' is not a score. Write a number such as 1200.",
        "r.json: milestones[0].name: 'name' is missing. Add 'name'.",
        "r.json: milestones[0].nam: unknown key 'nam'. Did you mean 'name'?",
        "r.json: exceptions[0].kind: 'kind': input should be 'excuse', 'substitute' or "
        "'credit_override'. Correct this value.",
        "r.json: track: unknown key 'track'. Did you mean 'tracks'?",
    ]


def test_values_of_the_wrong_kind_are_refused_in_plain_words() -> None:
    data = {
        "student": "S1",
        "entered_grade_9": "2023-24",
        "tracks": "welding",
        "courses": [{"id": 1, "credits": float("inf"), "state": "earned", "subject": "arts"}],
        "milestones": [{"name": "fafsa", "on": "2026-02-30"}, "fafsa"],
    }
    with pytest.raises(RecordError) as caught:
        parse_record(data, where="r.json")
    assert sorted(str(caught.value).splitlines()) == [
        "r.json: courses[0].credits: 'credits': inf is not an amount of credit. "
        "Write a number such as 0.5.",
        "r.json: courses[0].id: 'id': text is expected. Put it in quotes.",
        "r.json: milestones[0].on: 'on': not a day. Write it like 2026-11-21.",
        "r.json: milestones[1]: '1': keys with values are expected. "
        "Write them as in docs/reference/formats.md.",
        "r.json: tracks: 'tracks': a list is expected. Write it in brackets, even a single one.",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "too many things within each other"),
        (f'{{"student": {"9" * 5000}}}', "a number in it is too long"),
        ("[1]", "keys with values are expected"),
    ],
)
def test_a_strange_file_is_refused_and_nothing_breaks(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "record.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load_record(path)
    assert caught.value.what == message


def test_a_file_that_is_not_json_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text('{"student": "S1",\n "courses": [,]}', encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load_record(path)
    assert caught.value.where == f"{path}:2"
    assert caught.value.what.startswith("not JSON: expecting value")


def test_a_missing_file_and_a_file_that_is_no_text_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"no such file\. Check the path\."):
        load_record(tmp_path / "none.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecordError, match=r"not text in UTF-8\. Save the file as UTF-8\."):
        load_record(tmp_path / "bytes.json")


def test_a_record_file_is_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    course = {
        "id": "1",
        "credits": 0.5,
        "state": "planned",
        "course": "ALG",
        "term": "2026-27 fall",
    }
    path.write_text(
        json.dumps({"student": "S1", "entered_grade_9": "2023-24", "courses": [course]}),
        encoding="utf-8",
    )
    record = load_record(path)
    assert record.courses[0].credits == 50
    assert str(record.courses[0].term) == "2026-27 fall"
