"""Whether high school and college fit together: agreements that hold, nothing taught twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from pathloom.engine.catalog import Agreement, Agreements, Course
from pathloom.engine.program.content import CollegeRow, Content
from pathloom.engine.units import SchoolYear
from pathloom.portal.programs.checks.findings import Finding, Weight
from pathloom.portal.programs.queries.agreed import covered_by
from pathloom.portal.programs.queries.published import codes_in
from pathloom.portal.programs.queries.words import plain

_NUMBER = re.compile(r"[A-Z]{2,5}[ -]?\d{3,4}[A-Z]?\s+")  # a college's number before a title


def check_agreed(
    content: Content, *, courses: Mapping[str, Course], agreed: Agreements, on: date
) -> Iterator[Finding]:
    """A course whose every agreement ends before a student entering grade 9 next year takes it."""
    starts = SchoolYear.of(on).plus(1)
    found = covered_by(agreed, _named(content, courses))
    for code in sorted({course.id for _, course in found}):
        own = [each for each, course in found if course.id == code]
        ended = [each for each in own if each.valid_to is not None and each.valid_to < starts]
        if len(ended) == len(own):
            last = max(str(each.valid_to) for each in ended)
            what = f"the agreement on {courses[code].title} ({code}) ended with {last}"
            fix = "Ask the college to renew it, or tell students that it gives no college credit."
            yield Finding(Weight.WARN, "agreements", what, fix, *_step(code, content))


def check_twice(
    content: Content, *, courses: Mapping[str, Course], agreed: Agreements | None
) -> Iterator[Finding]:
    """A college course that repeats one of high school, by title or by an agreement, or itself.

    A number that the college prints before the title is left out of account.
    """
    taught = {
        plain(courses[code].title): courses[code] for code in codes_in(content) & courses.keys()
    }
    years: dict[str, int] = {}
    for row in sorted(content.college, key=lambda each: each.year):
        for text in row.courses:
            title = plain(_NUMBER.sub("", text, count=1))
            same = taught.get(plain(text)) or taught.get(title)
            if same is not None:
                why = f"is taught in high school already: {same.title} ({same.id})"
                yield _again(row, text, why)
            elif agreed is not None and (course := _counted(text, content, courses, agreed)):
                yield _again(row, text, f"is what {course.title} ({course.id}) counts for already")
            elif plain(text) in years:
                yield _again(row, text, f"stands in year {years[plain(text)]} already")
            years.setdefault(plain(text), row.year)


def _again(row: CollegeRow, text: str, why: str) -> Finding:
    return Finding(
        Weight.WARN,
        f"year {row.year} after high school",
        f"{text} {why}",
        "Name what comes next instead, or say for whom it is.",
        "college",
        row.key,
    )


def _counted(
    text: str, content: Content, courses: Mapping[str, Course], agreed: Agreements
) -> Course | None:
    """The high school course of the program that counts as the college course of this text."""
    found = covered_by(agreed, _named(content, courses))
    return next((course for each, course in found if _names(text, each, agreed)), None)


def _named(content: Content, courses: Mapping[str, Course]) -> list[Course]:
    """The courses that the program names and the catalog has, by code."""
    return [courses[code] for code in sorted(codes_in(content) & courses.keys())]


def _names(text: str, agreement: Agreement, agreed: Agreements) -> bool:
    institution = agreed.institution(agreement.institution)
    course = institution.course(agreement.college_course) if institution else None
    if course is None:
        return False
    number, said = plain(course.code), plain(text)
    return said in (number, plain(course.title)) or said.startswith(f"{number} ")


def _step(code: str, content: Content) -> tuple[str, str]:
    found = next((step.key for step in content.steps if code in step.courses), None)
    return ("steps", found) if found is not None else ("", "")
