"""A batch of plans: what broke and its repair, course requests, going on, and what is left out."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pathloom.engine.errors import RequestError
from pathloom.engine.planner.batch import Wanted, plan_batch
from pathloom.engine.planner.batch.school import entries, files_of, school_of
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.repair import Repaired, repair
from pathloom.engine.planner.types import Level, Placement
from pathloom.engine.planner.watch import Cancelled, Progress
from pathloom.engine.units import Term
from tests.engine.planner.batch.school import (
    COURSES,
    FALL,
    PLAN,
    SPRING,
    STUDENTS,
    failed,
    run,
    student,
    tables,
    write,
)


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return write(tmp_path / "school")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def rows(out: Path, name: str) -> list[dict[str, str]]:
    with (out / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "drift.jsonl").read_text("utf-8").splitlines()]


def test_every_student_has_an_outcome(school: Path, out: Path) -> None:
    summary = run(school, out)

    found = {"holds": 1, "repaired": 2, "planned": 1, "infeasible": 1, "undecided": 0}
    assert summary.outcomes == found
    assert (summary.students, summary.broke, summary.rejected) == (5, 3, 0)
    assert json.loads((out / "summary.json").read_text("utf-8"))["outcomes"] == found


def test_drift_says_what_broke_first_and_then_the_repair(school: Path, out: Path) -> None:
    run(school, out)

    said = [
        (row["student"], row["what"], row["sentence"].partition(" to ")[0])
        for row in rows(out, "drift.csv")
    ]
    assert said == [
        ("S-2", "broke", "Drawing is not offered in spring."),
        ("S-2", "moved", "Drawing moves from spring of grade 10"),
        ("S-4", "broke", "Geometry needs Algebra first; Algebra is in spring of grade 10."),
        ("S-4", "moved", "Geometry moves from fall of grade 10"),
        ("S-5", "broke", "Algebra was ruled out for this plan."),
    ]
    whys = {row["why"] for row in rows(out, "drift.csv") if row["what"] == "moved"}
    assert whys == {sentence for _, what, sentence in said[:4] if what == "broke"}
    assert [line["student"] for line in lines(out)] == ["S-2", "S-4", "S-5"]


def test_a_student_in_a_batch_gets_the_repair_of_the_single_command(
    school: Path, out: Path
) -> None:
    run(school, out)

    entry = next(one for one in entries(files_of([school])) if "S-4" in one.text)
    request, file = school_of(school.resolve()).request(entry)
    alone = repair(request, as_of=file.as_of)
    assert isinstance(alone, Repaired)
    found = next(line for line in lines(out) if line["student"] == "S-4")
    assert [one["sentence"] for one in found["changes"]] == [one.sentence for one in alone.changes]
    courses = tuple(Placement(one["course"], Term.parse(one["term"])) for one in found["courses"])
    assert courses == alone.plan.placements
    assert all(one.level is Level.NOTE for one in check_plan(request, courses))


def test_next_years_requests_count_the_valid_plans(school: Path, out: Path) -> None:
    run(school, out)

    each = rows(out, "requests-by-student.csv")
    assert {row["term"] for row in each} <= {FALL, SPRING}  # the plans go on into 2027-28
    assert not [row for row in each if row["student"] == "S-5"]
    counted = Counter((row["course"], row["term"]) for row in each)
    shown = {
        (row["course"], row["term"]): int(row["students"]) for row in rows(out, "requests.csv")
    }
    assert shown == counted
    assert ("GEO", SPRING) in counted


def test_who_has_no_plan_is_told_why_and_what_would_help(school: Path, out: Path) -> None:
    run(school, out)

    said = rows(out, "no-plan.csv")
    assert {row["student"] for row in said} == {"S-5"}
    assert said[-1]["sentence"] == "Allow Algebra again."


def test_only_the_tables_asked_for_are_there(school: Path, out: Path) -> None:
    run(school, out, requests=False)
    assert "requests.csv" not in tables(out)
    run(school, out, drift=False)
    assert "requests.csv" in tables(out)
    assert "drift.csv" not in tables(out)


def test_the_tables_are_the_same_whatever_the_number_of_processes(
    school: Path, tmp_path: Path
) -> None:
    write(school, [*STUDENTS, student("S-6", PLAN | {"BAND": FALL, "GEO": FALL}), "nonsense"])
    one, two = tmp_path / "one", tmp_path / "two"

    first, second = run(school, one), run(school, two, workers=2)

    assert first == second
    assert tables(one) == tables(two)


def test_what_is_done_with_the_same_inputs_is_not_done_again(school: Path, out: Path) -> None:
    run(school, out)
    before = tables(out)
    again = run(school, out)
    assert again.again == 5
    assert {**tables(out), "summary.json": ""} == {**before, "summary.json": ""}

    changed = student("S-1", record=failed("ALG"))
    summary = run(write(school, [changed, *STUDENTS[1:]]), out)

    assert summary.again == 4
    assert summary.broke == 3  # Algebra is in the plan of S-1 already


def test_another_catalog_is_another_input(school: Path, out: Path) -> None:
    run(school, out)
    courses = [one | {"parts": ["fall"]} if one["id"] == "BAND" else one for one in COURSES]

    summary = run(write(school, catalog={"id": "school", "courses": courses}), out)

    assert summary.again == 0


def test_a_stopped_run_leaves_no_table_and_is_gone_on_with(
    school: Path, out: Path, tmp_path: Path
) -> None:
    def stop(progress: Progress) -> None:
        if progress.done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        plan_batch([school], out, wanted=Wanted(drift=True), workers=1, watch=stop)
    assert tables(out) == {}
    (half,) = [path.with_suffix(".1.new") for path in sorted(out.rglob("*.json"))[:1]]
    half.write_text("{", encoding="utf-8")  # what a process leaves that is killed while it writes

    summary = run(school, out)

    assert summary.again == 2
    whole = tmp_path / "whole"
    run(school, whole)
    assert {**tables(out), "summary.json": ""} == {**tables(whole), "summary.json": ""}
    assert not half.exists()
    assert len(list((out / "kept").rglob("*.json"))) == 5


def test_nothing_stays_of_students_who_are_gone(school: Path, out: Path) -> None:
    run(school, out)
    run(write(school, STUDENTS[:2]), out)

    assert len(list((out / "kept").rglob("*.json"))) == 2


def test_one_bad_student_stops_nobody_else(school: Path, out: Path) -> None:
    write(
        school,
        [
            STUDENTS[0],
            '{"record": ',
            student("S-7", record=failed("ALGE")),
            "",
            student("S-1", {}),
            student("S-8", most=0.5, terms=[{"term": FALL, "grade": 10, "most": 1, "least": 2}]),
            student("S-9", nickname="Z"),
            student("S-10"),
        ],
    )

    summary = run(school, out)

    assert (summary.students, summary.rejected, summary.outcomes["holds"]) == (7, 5, 2)
    said = rows(out, "rejects.csv")
    assert [one["row"] for one in said] == ["2", "3", "5", "6", "7"]
    syntax, course, twice, load, key = (one["what"] for one in said)
    assert "not a plan request in JSON" in syntax
    assert "'ALGE'" in course
    assert said[1]["fix"].startswith("Did you mean 'ALG'?")
    assert twice == "students.jsonl:5: the same student as in students.jsonl:1"
    assert "'least' is more than 'most'" in load
    assert "unknown key 'nickname'" in key


def test_what_an_earlier_result_says_is_not_said_again(school: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    run(school, first)
    write(school, [*STUDENTS, student("S-6", {"GEO": FALL, "ALG": SPRING, "BAND": FALL})])

    summary = run(school, second, since=first)

    assert summary.broke == 1
    assert {row["student"] for row in rows(second, "drift.csv")} == {"S-6"}
    assert summary.outcomes["repaired"] == 3  # known or not, a broken plan is repaired
    with pytest.raises(RequestError, match="holds no drift"):
        run(school, second, since=school)


def test_whole_request_files_are_read_too(school: Path, out: Path) -> None:
    (school / "students.jsonl").unlink()
    alone = school / "alone.json"
    alone.write_text(json.dumps(STUDENTS[1], indent=1), encoding="utf-8")

    summary = plan_batch([alone], out, wanted=Wanted(drift=True), workers=1)

    assert summary.outcomes["repaired"] == 1


def test_a_school_that_cannot_be_read_is_refused_with_every_mistake(
    school: Path, out: Path, tmp_path: Path
) -> None:
    write(school, rulez="x", rules="us-demo/diplom", agreements="nowhere.yaml")
    with pytest.raises(RequestError) as caught:
        run(school, out)
    said = str(caught.value)
    assert "Did you mean 'rules'?" in said
    assert "Did you mean 'us-demo/diploma'?" in said
    assert "nowhere.yaml: no such file" in said
    assert not out.exists()

    with pytest.raises(RequestError, match="no such file or folder"):
        run(tmp_path / "absent", out)
    (tmp_path / "empty").mkdir()
    with pytest.raises(RequestError, match="no students"):
        run(tmp_path / "empty", out)
    with pytest.raises(RequestError, match="no students in it"):
        run(write(school, []), out)


def test_a_folder_of_something_else_is_left_alone(school: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("Dear", encoding="utf-8")

    with pytest.raises(RequestError, match="no batch of plans made it"):
        run(school, mine)
    with pytest.raises(RequestError, match="no such folder"):
        run(school, tmp_path / "no" / "where")


def test_progress_counts_every_student(school: Path, out: Path) -> None:
    seen: list[Progress] = []
    plan_batch([school], out, wanted=Wanted(drift=True), workers=1, watch=seen.append)

    assert [one.done for one in seen] == [1, 2, 3, 4, 5]
    assert {one.of for one in seen} == {5}


def test_the_day_decides_which_year_is_next(school: Path, out: Path) -> None:
    write(school, [student("S-1", as_of="2026-11-22", grade=10)])

    run(school, out)

    assert {row["term"][:7] for row in rows(out, "requests-by-student.csv")} == {"2027-28"}
