"""Catalogs from JSON and CSV, prerequisites as expressions, every mistake by its text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.catalog import (
    AllOf,
    AnyOf,
    Catalog,
    Course,
    CourseNeed,
    Credential,
    Need,
    ProgramOfStudy,
    Step,
    check_catalog,
    format_need,
    load_catalog,
    parse_catalog,
    parse_need,
)
from pathloom.engine.errors import CatalogError
from pathloom.engine.units import Mark, Part

HEAD = "id,title,subject,credits,tags,grades,parts,prerequisite,repeatable\n"


def course(name: str, **more: object) -> Course:
    return replace(Course(name, name.title(), "arts", 100), **more)  # type: ignore[arg-type]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def said(catalog: Catalog) -> list[str]:
    return [str(problem) for problem in check_catalog(catalog, where="c.json")]


def test_a_csv_catalog_is_read_with_every_column(tmp_path: Path) -> None:
    path = written(
        tmp_path / "north.csv",
        HEAD + "ALG,Algebra,mathematics,1,core algebra,8-10,year,,\n"
        '"GEO","Geometry, honors",mathematics,0.5,,K 12,fall;spring,ALG >= 70*,yes\n',
    )
    catalog = load_catalog(path)
    algebra, geometry = catalog.courses
    assert catalog.id == "north"
    assert (algebra.tags, algebra.grades, algebra.parts) == (
        {"core", "algebra"},
        (8, 9, 10),
        (Part.YEAR,),
    )
    assert geometry.title == "Geometry, honors"
    assert (geometry.credits, geometry.grades, geometry.repeatable) == (50, (0, 12), True)
    assert geometry.parts == (Part.FALL, Part.SPRING)
    assert geometry.prerequisite == CourseNeed("ALG", Mark("70", 70), True)


def test_every_mistake_of_a_csv_catalog_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(
        tmp_path / "c.csv",
        HEAD + "A,Art,arts,-1,,9-12,,,\n"
        "B,Band,arts,1,,12-9,,(A,maybe\n"
        "C,Choir,arts\n"
        "D,Dance,arts,1,,9,autumn,,\n",
    )
    with pytest.raises(CatalogError) as caught:
        load_catalog(path)
    lines = [line.removeprefix(f"{path}:") for line in str(caught.value).splitlines()]
    assert lines[:5] == [
        "2: credits: 'credits': -1 is out of range. Write an amount from 0 to 1000.",
        "3: grades: '12-9' runs backwards. Write the lower grade first.",
        "3: repeatable: 'maybe' is neither yes nor no. Write yes or no.",
        "3: prerequisite: prerequisite '(A': a bracket is not closed. "
        "Write it like ALG1 & (GEO | GEOH >= 80); a * means at the same time is enough.",
        "4: fewer cells than columns. Put cells with a comma into quotes.",
    ]
    assert lines[5].startswith("5: parts[0]: '0': ")


def test_unknown_and_missing_columns_are_named(tmp_path: Path) -> None:
    path = written(tmp_path / "c.csv", "id,titel,subject\n")
    with pytest.raises(CatalogError) as caught:
        load_catalog(path)
    assert str(caught.value).splitlines() == [
        f"{path}:1: unknown column 'titel'. Did you mean 'title'?",
        f"{path}:1: column 'title' is missing. Add a column 'title'.",
        f"{path}:1: column 'credits' is missing. Add a column 'credits'.",
    ]


def test_unknown_keys_of_a_json_catalog_are_named_with_the_nearest() -> None:
    data = {
        "id": "c",
        "courses": [
            {
                "id": "A",
                "title": "A",
                "subject": "arts",
                "credits": 1,
                "grade": [9],
                "prerequisite": {"all": [{"cours": "B"}]},
            }
        ],
        "programs": [{"id": "p", "title": "P", "steps": [{"course": ["A"]}]}],
    }
    with pytest.raises(CatalogError) as caught:
        parse_catalog(data, where="c.json")
    assert set(str(caught.value).splitlines()) == {
        "c.json: courses[0].grade: unknown key 'grade'. Did you mean 'grades'?",
        "c.json: courses[0].prerequisite.all[0].course: 'course' is missing. Add 'course'.",
        "c.json: courses[0].prerequisite.all[0].cours: unknown key 'cours'. Did you mean 'course'?",
        "c.json: programs[0].steps[0].courses: 'courses' is missing. Add 'courses'.",
        "c.json: programs[0].steps[0].course: unknown key 'course'. Did you mean 'courses'?",
    }


def test_all_problems_of_a_catalog_are_found_at_once() -> None:
    catalog = Catalog(
        "c",
        (
            course("algebra", subject=" "),
            course("band", credits=-50),
            course("band", title=""),
            course("choir", prerequisite=CourseNeed("coir")),
            course("dance", grades=(), parts=()),
        ),
        (ProgramOfStudy("p", "P", (Step(("choir", "chior")), Step(()))),),
    )
    assert said(catalog) == [
        "c.json: course 'band': this id stands 2 times. Keep one of them.",
        "c.json: course 'algebra': no subject. "
        "Say which subject it counts as, such as mathematics.",
        "c.json: course 'band': credits out of range. Write an amount from 0 to 1000.",
        "c.json: course 'band': no title. Give the title that is printed.",
        "c.json: course 'choir': unknown prerequisite 'coir'. Did you mean 'choir'?",
        "c.json: course 'dance': no grade may take it. List its grades, or leave them out.",
        "c.json: course 'dance': never offered. List its parts of the year, or leave them out.",
        "c.json: program 'p': step 1 names unknown course 'chior'. Did you mean 'choir'?",
        "c.json: program 'p': step 2 names no course. Name at least one.",
    ]


def test_a_cycle_of_prerequisites_is_named_course_by_course() -> None:
    catalog = Catalog(
        "c",
        (
            course("a", prerequisite=AllOf((CourseNeed("d"), CourseNeed("b")))),
            course("b", prerequisite=AnyOf((CourseNeed("d"), CourseNeed("c")))),
            course("c", prerequisite=CourseNeed("a")),
            course("d"),
            course("e", prerequisite=CourseNeed("e")),
        ),
    )
    assert said(catalog) == [
        "c.json: course 'a': its prerequisites run in a circle: a needs b, b needs c, c needs a. "
        "Remove one of these prerequisites.",
        "c.json: course 'e': its prerequisites run in a circle: e needs e. "
        "Remove one of these prerequisites.",
    ]


def test_courses_that_share_a_prerequisite_form_no_cycle() -> None:
    shared = (course("a"), course("b", prerequisite=CourseNeed("a")))
    both = AllOf((CourseNeed("b"), CourseNeed("a")))
    assert said(Catalog("c", (*shared, course("c", prerequisite=both)))) == []


NAMES = st.sampled_from(["ALG1", "GEO-H", "B.2", "X_3"])
MARKS = st.none() | st.sampled_from([Mark("80", 80), Mark("B", 80)])
NEEDS = st.recursive(
    st.builds(CourseNeed, NAMES, MARKS, st.booleans()),
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@given(NEEDS)
def test_a_prerequisite_reads_back_as_it_was_written(need: Need) -> None:
    assert parse_need(format_need(need)) == need


def test_and_binds_closer_than_or() -> None:
    assert parse_need("A & B | C") == AnyOf(
        (AllOf((CourseNeed("A"), CourseNeed("B"))), CourseNeed("C"))
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("A &", "it ends early"),
        ("(A | B", "a bracket is not closed"),
        ("A >= Q", "'Q' is not a mark"),
        ("& A", "a course is missing before '&'"),
        ("A B", "unexpected 'B'"),
        ("A > 3", "cannot read '> 3'"),
    ],
)
def test_a_wrong_prerequisite_says_what_is_wrong(text: str, what: str) -> None:
    with pytest.raises(ValueError, match="Write it like ALG1") as caught:
        parse_need(text)
    assert f"prerequisite '{text}': {what}." in str(caught.value)


def test_a_csv_catalog_says_what_runs_together_how_long_and_how_hard(tmp_path: Path) -> None:
    head = "id,title,subject,credits,corequisites,slots,difficulty,parts\n"
    rows = "LAB,Lab,science,1,CHEM BIO,2,4,year\nCHEM,C,science,1,,,,\nBIO,B,science,1,,,,online\n"
    lab, chemistry, _ = load_catalog(written(tmp_path / "c.csv", head + rows)).courses

    assert (lab.corequisites, lab.slots, lab.difficulty) == (("CHEM", "BIO"), 2, 4)
    assert (chemistry.corequisites, chemistry.slots, chemistry.difficulty) == ((), 1, 0)

    wrong = "A,A,arts,1,,9,much,\n"
    with pytest.raises(CatalogError) as caught:
        load_catalog(written(tmp_path / "wrong.csv", head + wrong))
    assert [line.split(": ")[1] for line in str(caught.value).splitlines()] == [
        "slots",
        "difficulty",
    ]


def test_mistakes_of_slots_difficulty_corequisites_and_credentials_are_named_at_once() -> None:
    catalog = Catalog(
        "c",
        (
            course("a", corequisites=("b", "bb"), slots=9),
            course("b", difficulty=6),
            course("d", corequisites=("d",)),
        ),
        credentials=(Credential("weld", "", ()), Credential("weld", "Welder", ("aa",))),
    )
    assert said(catalog) == [
        "c.json: credential 'weld': this id stands 2 times. Keep one of them.",
        "c.json: course 'a': 9 slots. Write 1 to 8: the periods of the day that it takes.",
        "c.json: course 'a': unknown corequisite 'bb'. Did you mean 'b'?",
        "c.json: course 'b': difficulty 6. Write 1 (little) to 5 (most work), or leave it out.",
        "c.json: course 'd': it is its own corequisite. Remove it there.",
        "c.json: credential 'weld': no title. Give the title that is printed.",
        "c.json: credential 'weld': no course prepares for it. Name at least one.",
        "c.json: credential 'weld': unknown course 'aa'. Did you mean 'a'?",
    ]


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({"parts": (Part.SPRING,)}, True),
        ({"parts": (Part.SUMMER,)}, True),
        ({"grades": (12,)}, True),
        ({"parts": (Part.YEAR,)}, False),
        ({"parts": (Part.ONLINE,)}, False),
        ({"parts": (Part.SPRING, Part.FALL)}, False),
    ],
)
def test_courses_that_need_each_other_and_can_never_run_together_are_named(
    other: dict[str, object], wrong: bool
) -> None:
    fall = course("a", corequisites=("b",), parts=(Part.FALL,), grades=(9, 10))
    second = course("b", **other)

    circle = said(Catalog("c", (fall, replace(second, corequisites=("a",)))))
    assert bool(circle) is wrong
    assert not wrong or circle[0] == (
        "c.json: course 'a': it and b need each other, and are never offered to one grade at one"
        " time. Correct parts or grades, or remove a corequisite."
    )
    assert not said(Catalog("c", (fall, second)))  # open to those who have passed it


def test_three_courses_that_can_never_run_together_are_named() -> None:
    """Each two of them could."""
    fall, any_, spring = (
        course("a", corequisites=("b",), parts=(Part.FALL,)),
        course("b", corequisites=("a", "d")),
        course("d", corequisites=("b",), parts=(Part.SPRING,)),
    )
    year = replace(spring, parts=(Part.YEAR,))

    assert [one.split(": it")[0] for one in said(Catalog("c", (fall, any_, spring)))] == [
        f"c.json: course '{name}'" for name in "abd"
    ]
    assert not said(Catalog("c", (fall, any_, year)))


def test_a_corequisite_that_needs_the_course_first_is_a_mistake() -> None:
    strict, together = CourseNeed("a"), CourseNeed("a", concurrent=True)
    first = course("a", corequisites=("b",))

    assert said(Catalog("c", (first, course("b", prerequisite=strict)))) == [
        "c.json: course 'a': it runs together with b, which needs it first."
        " Remove the corequisite or the prerequisite."
    ]
    assert not said(Catalog("c", (first, course("b", prerequisite=together))))
    either = AnyOf((strict, CourseNeed("d")))
    assert not said(Catalog("c", (first, course("b", prerequisite=either), course("d"))))


def test_courses_that_run_only_together_are_no_mistake() -> None:
    pair = (course("a", corequisites=("b",)), course("b", corequisites=("a",)))

    assert not said(Catalog("c", pair))
