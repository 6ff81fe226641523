"""What the checks find where the levels meet: agreements that end, courses taken twice."""

from __future__ import annotations

import pytest

from pathloom.portal.catalog.models import Course, Offering
from pathloom.portal.programs.models import CollegeAgreements
from tests.portal.programs.making import CARPENTRY, PUBLISHED_AT, content, found
from tests.portal.world import World


def agreed(world: World, *, valid_to: str | None, **covers: str) -> None:
    source = {"url": "https://example.org/agreement", "read_on": "2026-01-01"}
    held = {
        "institutions": [
            {
                "id": "fern",
                "title": "Fern College",
                "courses": [{"code": "ENGR 1101", "title": "Building Things", "hours": 300}],
            }
        ],
        "agreements": [
            {
                "id": "a",
                "kind": "dual_credit",
                "institution": "fern",
                "college_course": "ENGR 1101",
                **(covers or {"course": "FET"}),
                "valid_from": "2020-21",
                "valid_to": valid_to,
                "source": source,
            }
        ],
    }
    CollegeAgreements.objects.create(
        district=world.district,
        number=1,
        content=held,
        author=world["lind"],
        reviewer=world["whitcomb"],
        published_at=PUBLISHED_AT,
    )


def test_an_agreement_that_ends_before_anybody_takes_the_course_is_a_warning(world: World) -> None:
    agreed(world, valid_to="2026-27")
    assert found(world, content())[0].startswith(
        "warn agreements: the agreement on Foundations of Engineering and Technology (FET) ended"
    )


@pytest.mark.parametrize(("digits", "found_it"), [("21.X25XXXX", True), ("47.XXXXXXX", False)])
def test_an_agreement_on_a_pattern_of_state_numbers_covers_every_course_that_fits(
    world: World, digits: str, found_it: bool
) -> None:
    agreed(world, valid_to="2026-27", number=digits)
    ended = [each for each in found(world, content()) if "ended with" in each]
    assert any("(FET)" in each for each in ended) is found_it
    rows = [{"year": 1, "subject": "pathway", "courses": ["Building Things"]}]
    counted = found(world, content(college=rows), slug="other", **CARPENTRY)
    assert any("counts for already" in each for each in counted) is found_it


def test_an_agreement_that_still_holds_is_no_finding(world: World) -> None:
    agreed(world, valid_to="2027-28")
    assert found(world, content()) == []


def test_an_agreement_that_another_one_carries_on_is_no_finding(world: World) -> None:
    agreed(world, valid_to="2026-27")
    version = CollegeAgreements.objects.get()
    (ended,) = version.content["agreements"]
    version.content["agreements"].append(ended | {"id": "b", "valid_from": "2027-28"})
    version.content["agreements"][1].pop("valid_to")
    version.save()
    assert found(world, content()) == []


@pytest.mark.parametrize("text", ["ENGR 1101 Building Things", "building things"])
def test_a_college_course_that_high_school_counts_for_is_a_warning(world: World, text: str) -> None:
    agreed(world, valid_to=None)
    rows = [{"year": 1, "subject": "pathway", "courses": [text, "Bridges"]}]
    (finding,) = found(world, content(college=rows))
    assert f"{text} is what Foundations of Engineering and Technology (FET) counts for" in finding


def test_a_college_course_that_repeats_high_school_is_a_warning(world: World) -> None:
    rows = [{"year": 2, "subject": "pathway", "courses": ["Engineering concepts"]}]
    (finding,) = found(world, content(college=rows))
    assert finding.startswith("warn year 2 after high school: Engineering concepts is taught in")


@pytest.mark.parametrize(
    ("steps", "rows", "words"),
    [
        (["FET", "ENGCON", "FET"], {}, "(FET) stands in grade 11, and in grade 9 already"),
        (["FET"], {"10": ["FET"]}, "(FET) stands in grade 10, and in grade 9 already"),
        (["FET"], {"9": ["BIO"], "10": ["BIO"]}, "(BIO) stands in grade 10"),
        (["FET"], {"9": ["BIO", "PHYSCI"], "10": ["BIO"]}, ""),
        (["FET"], {"9": ["TWIN"]}, "(TWIN) teaches what"),
        (["FET", "ENGCON"], {"9": ["AGAIN"], "10": ["AGAIN"]}, ""),
    ],
)
def test_a_course_that_everybody_takes_twice_is_a_warning(
    world: World, steps: list[str], rows: dict[str, list[str]], words: str
) -> None:
    for code, title, again in (
        ("TWIN", "Foundations of Engineering and  Technology", False),
        ("AGAIN", "Band", True),
    ):
        course = Course.objects.create(
            district=world.district,
            code=code,
            title=title,
            subject="cte",
            credits=100,
            grades=[9, 10, 11, 12],
            parts=["fall", "spring"],
            repeatable=again,
        )
        Offering.objects.create(school=world.school, course=course)
    taken = [{"courses": [code], "grade": 9 + at} for at, code in enumerate(steps)]
    beside = [{"subject": "science", "grades": rows}] if rows else []
    told = [each for each in found(world, content(steps=taken, rows=beside)) if "courses:" in each]
    assert len(told) == bool(words), told
    assert words in "".join(told)


@pytest.mark.parametrize(
    ("year", "text", "words"),
    [
        (
            1,
            "ENGR 1101",
            "ENGR 1101 is what Foundations of Engineering and Technology (FET) counts",
        ),
        (1, "ENGR 1101, with a laboratory", "counts for already"),
        (1, "ENGR 11010 Bridges", ""),
        (2, "EDT 210 Engineering Concepts", "is taught in high school already"),
        (2, "Bridges", "Bridges stands in year 1 already"),
    ],
)
def test_what_was_taught_before_is_told_after_high_school(
    world: World, year: int, text: str, words: str
) -> None:
    agreed(world, valid_to=None)
    rows = [
        {"year": year, "subject": "pathway", "courses": [text]},
        {"year": 1, "subject": "science", "courses": ["Bridges"]},
    ]
    told = found(world, content(college=rows[::-1]))
    assert len(told) == bool(words), told
    assert words in "".join(told)
