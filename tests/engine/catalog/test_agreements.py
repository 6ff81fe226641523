"""Agreements with colleges as files: read with every mistake at once, each with its line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from pathloom.engine.catalog import (
    Agreements,
    Catalog,
    Course,
    Kind,
    ProgramOfStudy,
    load_agreements,
)
from pathloom.engine.catalog.agreement_file import agreements_schema
from pathloom.engine.errors import CatalogError
from pathloom.engine.units import SchoolYear

CATALOG = Catalog(
    "small",
    (Course("BAND", "Band", "arts", 100), Course("ECON", "Economics", "social", 50)),
    (ProgramOfStudy("music", "Music", ()),),
)
GOOD = """\
institutions:
  - id: lakeside
    title: Lakeside College
    courses:
      - {code: MUS 1, title: Ensemble, hours: 2}
      - {code: ECO 1, title: Economics, hours: 3}
    tuition:
      per_hour: 112.50
      as_of: 2026-07-01
      source: {url: "https://lakeside.example/tuition", read_on: 2026-09-01}
    term_months: 4
    accepts: 30
agreements:
  - id: band
    kind: articulated
    course: BAND
    institution: lakeside
    college_course: MUS 1
    minimum_mark: 80
    valid_from: 2024-25
    valid_to: 2026-27
    claim_months: 18
    needs: [enroll in Recording]
    source: {url: "https://lakeside.example/band", read_on: 2026-09-01}
programs:
  - program: music
    institution: lakeside
    credential: Recording Certificate
    source: {url: "https://lakeside.example/recording", read_on: 2026-09-01}
    terms:
      - {year: 1, part: fall, courses: [MUS 1]}
      - {year: 2, part: fall, courses: [ECO 1]}
funding:
  title: Dual Enrollment
  hours: 30
  per_term: 15
  source: {url: "https://state.example/funding", read_on: 2026-09-01}
"""
AGREEMENT = GOOD[GOOD.index("  - id: band") : GOOD.index("programs:")]
PROGRAM = GOOD[GOOD.index("  - program: music") : GOOD.index("funding:")]


def read(folder: Path, text: str, *, name: str = "a.yaml") -> Agreements:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_agreements(path, catalog=CATALOG)


def said(folder: Path, text: str) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        read(folder, text)
    return [str(each).replace(f"{folder / 'a.yaml'}", "a") for each in caught.value.problems]


def test_a_file_is_read_with_all_of_its_parts(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    college, agreement, program = found.institutions[0], found.agreements[0], found.programs[0]
    assert college.tuition is not None
    assert (college.tuition.per_hour, college.tuition.as_of) == (11250, date(2026, 7, 1))
    assert (college.accepts, college.term_months) == (3000, 4)
    assert (agreement.kind, agreement.claim_months) == (Kind.ARTICULATED, 18)
    assert [term.courses for term in program.terms] == [("MUS 1",), ("ECO 1",)]
    assert found.funding is not None
    assert (found.funding.hours, found.funding.per_term) == (3000, 1500)


@pytest.mark.parametrize("indent", [2, "\t"])
def test_the_same_file_as_json_is_the_same_value(tmp_path: Path, indent: int | str) -> None:
    plain = YAML(typ="safe").load(GOOD)
    text = json.dumps(plain, default=str, indent=indent)
    assert read(tmp_path, text, name="a.json") == read(tmp_path, GOOD)


def test_a_good_file_fits_the_schema_and_one_with_an_unknown_key_does_not() -> None:
    document = json.loads(json.dumps(YAML(typ="safe").load(GOOD), default=str))
    jsonschema.validate(document, agreements_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document | {"price": 1}, agreements_schema())


def test_an_agreement_holds_from_its_first_to_its_last_year(tmp_path: Path) -> None:
    agreement = read(tmp_path, GOOD).agreements[0]
    assert [agreement.holds_in(SchoolYear(year)) for year in range(2023, 2028)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_an_agreement_without_an_end_holds_on(tmp_path: Path) -> None:
    agreement = read(tmp_path, GOOD.replace("    valid_to: 2026-27\n", "")).agreements[0]
    assert agreement.holds_in(SchoolYear(2099))
    assert not agreement.holds_in(SchoolYear(2023))


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "fix"),
    [
        (
            "course: BAND",
            "course: BAN",
            16,
            "agreement 'band' names unknown course 'BAN'",
            "Did you mean 'BAND'?",
        ),
        (
            "college_course: MUS 1",
            "college_course: MUS 2",
            18,
            "agreement 'band' names 'MUS 2', which is no course of 'lakeside'",
            "Did you mean 'MUS 1'?",
        ),
        (
            "    institution: lakeside\n    college",
            "    institution: lake\n    college",
            17,
            "agreement 'band' names unknown institution 'lake'",
            "Did you mean 'lakeside'?",
        ),
        (
            "valid_to: 2026-27",
            "valid_to: 2023-24",
            21,
            "agreement 'band' ends (2023-24) before it begins (2024-25)",
            "Correct one of the two school years.",
        ),
        (
            "hours: 2}",
            "hours: -2}",
            5,
            "'hours': -2 is out of range",
            "Write an amount from 0 to 1000.",
        ),
        (
            "hours: 2}",
            "hours: 0}",
            5,
            "college course 'MUS 1' has no hours",
            "Write more than 0.",
        ),
        (
            "kind: articulated",
            "kind: ap",
            14,
            "agreement 'band' is of kind ap and names no exam",
            "Add its exam and score.",
        ),
        (
            "    course: BAND\n",
            "",
            14,
            "agreement 'band' names neither a course nor a number",
            "Give the course of the catalog, or the pattern of its state number.",
        ),
        (
            "    course: BAND\n",
            "    course: BAND\n    number: 50.X100XXX\n",
            14,
            "agreement 'band' names a course and a number",
            "Give the course of the catalog, or the pattern of its state number.",
        ),
        (
            "    course: BAND\n",
            "    number: 50.1\n",
            16,
            "'number': '50.1' is not a pattern of course numbers",
            "Write two and seven digits, with X for any digit, such as 25.X210XXX.",
        ),
        (
            "claim_months: 18",
            "claim_by: 2024-06-30",
            22,
            "agreement 'band' is to be claimed by 2024-06-30, before it begins",
            "Write a day in 2024-25 or later.",
        ),
        (
            "claim_months: 18",
            "claim_months: 18\n    claim_by: 2030-06-30",
            23,
            "agreement 'band' has two deadlines",
            "Keep claim_by or claim_months.",
        ),
        (
            "per_hour: 112.50",
            "per_hour: 112.505",
            8,
            "'per_hour': '112.505' is not an amount of money",
            "Write dollars such as 112.50.",
        ),
        (
            'url: "https://lakeside.example/band"',
            "url: lakeside",
            24,
            "'url': not a web address",
            "Write it with https:// in front.",
        ),
        (
            "minimum_mark: 80",
            "minimun_mark: 80",
            19,
            "unknown key 'minimun_mark' in agreement 'band'",
            "Did you mean 'minimum_mark'?",
        ),
        (
            "program: music",
            "program: musik",
            26,
            "program 'musik' is not in the catalog",
            "Did you mean 'music'?",
        ),
        (
            "courses: [ECO 1]",
            "courses: [MUS 1]",
            32,
            "program 'music': 'MUS 1' stands there twice",
            "Keep one of them.",
        ),
        (
            "courses: [ECO 1]",
            "courses: [ECO 2]",
            32,
            "program 'music' names 'ECO 2', which is no course of 'lakeside'",
            "Did you mean 'ECO 1'?",
        ),
        (
            "courses: [ECO 1]",
            "courses: []",
            32,
            "program 'music': term 2 has no courses",
            "Name its courses, or leave the term out.",
        ),
        (
            "{year: 2, part: fall",
            "{year: 1, part: fall",
            32,
            "program 'music': term 2 is not after the one above it",
            "List each term once, in calendar order.",
        ),
        (
            "{year: 2, part: fall",
            "{year: 1, part: year",
            32,
            "program 'music': 'year' is no term of a college",
            "Write fall, spring or summer.",
        ),
        (
            "per_term: 15",
            "per_term: 31",
            36,
            "more hours are paid for in a term than in all",
            "Correct one of the two.",
        ),
        (
            "title: Lakeside College",
            'title: ""',
            3,
            "'title' is empty",
            "Write it as it is printed.",
        ),
        (
            "credential: Recording Certificate",
            'credential: " "',
            28,
            "'credential' is empty",
            "Write it as it is printed.",
        ),
        (
            "code: ECO 1",
            "code: MUS 1",
            6,
            "college course 'MUS 1' stands here twice",
            "Keep one of them.",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_do(
    tmp_path: Path, old: str, new: str, line: int, what: str, fix: str
) -> None:
    assert GOOD.count(old) == 1
    assert f"a:{line}: {what}. {fix}" in said(tmp_path, GOOD.replace(old, new))


def test_every_mistake_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    wrong = GOOD.replace("course: BAND", "course: TUBA").replace(
        "valid_to: 2026-27", "valid_to: 2020-21"
    )
    wrong = wrong.replace("program: music", "program: art").replace("per_term: 15", "per_term: 40")
    assert [line.split(":")[1] for line in said(tmp_path, wrong)] == ["16", "21", "26", "36"]


def test_the_same_agreement_twice_is_a_mistake_also_under_another_id(tmp_path: Path) -> None:
    twice = GOOD.replace("programs:\n", f"{AGREEMENT}programs:\n")
    assert said(tmp_path, twice) == ["a:25: agreement 'band' stands here twice. Keep one of them."]
    again = GOOD.replace("programs:\n", f"{AGREEMENT.replace('id: band', 'id: bands')}programs:\n")
    assert said(tmp_path, again) == [
        "a:25: agreement 'bands' says the same as 'band'. "
        "Keep one of them, or give them years that do not overlap."
    ]


@pytest.mark.parametrize(("first", "good"), [("2026-27", False), ("2027-28", True)])
def test_an_agreement_may_follow_on_another_after_its_last_year(
    tmp_path: Path, first: str, good: bool
) -> None:
    later = AGREEMENT.replace("id: band", "id: bands").replace("2024-25", first)
    text = GOOD.replace(
        "programs:\n", f"{later.replace('2026-27', '2029-30') if good else later}programs:\n"
    )
    if good:
        assert len(read(tmp_path, text).agreements) == 2
    else:
        assert len(said(tmp_path, text)) == 1


def test_a_program_goes_on_at_one_college_once(tmp_path: Path) -> None:
    twice = GOOD.replace("funding:\n", f"{PROGRAM}funding:\n")
    assert said(tmp_path, twice) == [
        "a:33: program 'music' goes on at 'lakeside' twice. Keep one of them."
    ]


def test_without_a_catalog_the_names_of_courses_are_not_looked_up(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(GOOD.replace("BAND", "TUBA").replace("music", "art"), encoding="utf-8")
    assert load_agreements(path, catalog=None).agreements[0].course == "TUBA"


def test_a_file_that_is_not_there_is_a_mistake_of_the_catalog(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no such file"):
        load_agreements(tmp_path / "none.yaml", catalog=None)


LEAVES = st.none() | st.booleans() | st.integers(-5, 5000) | st.text("a12 -./:", max_size=8)
VALUES = LEAVES | st.lists(LEAVES, max_size=2) | st.dictionaries(st.text("ab"), LEAVES, max_size=2)


def places(value: object, path: tuple[int | str, ...] = ()) -> list[tuple[int | str, ...]]:
    if isinstance(value, dict):
        return [path, *(at for key in value for at in places(value[key], (*path, key)))]
    if isinstance(value, list):
        return [path, *(at for key, each in enumerate(value) for at in places(each, (*path, key)))]
    return [path]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_stands_anywhere_in_a_file_it_is_read_or_refused_with_its_line(
    tmp_path: Path, data: st.DataObject
) -> None:
    plain = json.loads(json.dumps(YAML(typ="safe").load(GOOD), default=str))
    *path, last = data.draw(st.sampled_from(places(plain)[1:]))
    inner = plain
    for step in path:
        inner = inner[step]
    inner[last] = data.draw(VALUES)
    try:
        assert read(tmp_path, json.dumps(plain, indent=1)).institutions is not None
    except CatalogError as error:
        for problem in error.problems:
            assert problem.where.rpartition(":")[2].isdigit()
            assert problem.what
            assert problem.fix.endswith((".", "?"))
