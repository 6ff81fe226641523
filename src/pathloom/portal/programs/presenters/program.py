"""One program of study: the whole way from grade 9 to a first job."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathloom.engine.program.content import STAGES, Content, OccupationContent, SubjectRow
from pathloom.engine.units import format_credits, format_grade
from pathloom.portal.accounts.models import School
from pathloom.portal.accounts.presenters import logo_url
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.presenters import course_url, subject_name
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.careers import place_links
from pathloom.portal.programs.presenters.occupation_words import pay_words
from pathloom.portal.programs.presenters.sharing_links import program_links
from pathloom.portal.programs.presenters.words import Say, titled, words
from pathloom.portal.programs.queries.leads import occupation_of
from pathloom.portal.programs.queries.occupations import occupation_book
from pathloom.portal.programs.queries.published import content_of, courses_in

Page = dict[str, Any]
HIGH_SCHOOL = (9, 10, 11, 12)


def stage_name(stage: str) -> str:
    """A stage as a heading over what it leads to."""
    names = {
        "high_school": _("Right after high school"),
        "certificate": _("With a certificate"),
        "apprenticeship": _("Through an apprenticeship"),
        "associate": _("With a 2-year degree"),
        "bachelor": _("With a 4-year degree"),
        "service": _("In the armed forces"),
    }
    return names.get(stage, stage)


def program_page(
    version: ProgramVersion,
    *,
    known: Mapping[str, Course] | None = None,
    levels: Page | None = None,
) -> Page:
    """Everything the page says about a version; a query each for courses and names of levels.

    None where they are given: ``known`` courses by code, ``levels`` as ``level_names`` makes them.
    """
    content = content_of(version)
    say = words(content.words)
    school = version.program.school
    show = _Courses(school, content, courses_in(version, content) if known is None else known)
    grades = _grades(content)
    return {
        "title": say(version.title),
        "summary": say(version.summary),
        "only_english": get_language() != "en" and get_language() not in content.words,
        "number": version.number,
        "published_on": version.published_at,
        "school": school_face(school),
        "crumbs": [
            {"label": _("Schools"), "url": reverse("programs:schools")},
            {"label": school.name, "url": reverse("programs:school", args=[school.slug])},
            {"label": say(version.title), "url": ""},
        ],
        **place_links(version, levels),
        "columns": [_column(grade, content, show) for grade in grades],
        "subjects": [subject_name(row.subject) for row in content.rows],
        "exits": _exits(content, say, school),
        "has_local": show.has_local,
        "activities": [
            {"title": say(each.title), "about": say(each.about)} for each in content.activities
        ],
        "partners": list(content.partners),
        "contact": _contact(content, say),
        "sources": [
            {"title": s.title, "url": web_address(s.url), "read_on": s.read_on}
            for s in content.sources
        ],
        "url": program_url(version),
        "pdf_url": reverse("programs:one_page", args=[school.slug, version.program.slug]),
        "share": program_links(school.slug, version.program.slug),
        "start_url": _start_url(version),
    }


def program_url(version: ProgramVersion) -> str:
    program = version.program
    return reverse("programs:program", args=[program.school.slug, program.slug])


def web_address(url: str) -> str:
    """The address if it leads to the web; empty for anything a browser might run."""
    return url if url.startswith(("https://", "http://")) else ""


def school_face(school: School) -> Page:
    """What every page of a school shows of it."""
    return {
        "name": school.name,
        "slug": school.slug,
        "district": school.district.name,
        "monogram": school.monogram,
        "logo_url": logo_url(school),
        "address": school.address_line,
        "counselor_office": school.counselor_office,
        "url": reverse("programs:school", args=[school.slug]),
        "courses_url": reverse("catalog:courses", args=[school.slug]),
    }


class _Courses:
    """Turns codes into what a card shows; a code without a course is shown and told."""

    def __init__(self, school: School, content: Content, known: Mapping[str, Course]) -> None:
        self.school = school
        self.local = frozenset(content.local_courses)
        self.known = known

    @property
    def has_local(self) -> bool:
        return any(code in self.local for code in self.known)

    def __call__(self, codes: Iterable[str]) -> list[Page]:
        return [self._one(code) for code in codes]

    def _one(self, code: str) -> Page:
        course = self.known.get(code)
        if course is None:
            title = _("%(code)s (not in the catalog now)") % {"code": code}
            return {"code": code, "title": title, "credits": "", "number": "", "local": False}
        return {
            "code": code,
            "title": course.title,
            "credits": format_credits(course.credits),
            "number": course.number,
            "local": code in self.local,
            "url": course_url(self.school, code),
        }


def _grades(content: Content) -> list[int]:
    return sorted({*HIGH_SCHOOL, *(step.grade for step in content.steps)})


def _column(grade: int, content: Content, show: _Courses) -> Page:
    return {
        "grade": grade,
        "title": _("Grade %(grade)s") % {"grade": format_grade(grade)},
        "steps": [
            {
                "courses": show(step.courses),
                "required": step.required,
                "standards": [{"code": each.code, "title": each.title} for each in step.standards],
            }
            for step in content.steps
            if step.grade == grade
        ],
        "rows": [_row(row, grade, show) for row in content.rows],
    }


def _row(row: SubjectRow, grade: int, show: _Courses) -> Page:
    return {
        "subject": row.subject,
        "name": subject_name(row.subject),
        "courses": show(row.grades.get(str(grade), ())),
    }


def _exits(content: Content, say: Say, school: School) -> list[Page]:
    """What each stage offers, in the order in which stages can be reached; empty ones left out."""
    exits = [
        {
            "stage": stage,
            "name": stage_name(stage),
            "ways": [
                {"title": say(way.title), "place": say(way.place), "length": say(way.length)}
                for way in content.postsecondary
                if way.kind == stage
            ],
            "credentials": [
                {"title": say(each.title), "issuer": say(each.issuer), "grade": each.grade}
                for each in content.credentials
                if each.after == stage
            ],
            "occupations": [
                _occupation(each, say, school)
                for each in content.occupations
                if each.after == stage
            ],
        }
        for stage in STAGES
    ]
    return [each for each in exits if each["ways"] or each["credentials"] or each["occupations"]]


def _occupation(named: OccupationContent, say: Say, school: School) -> Page:
    """An occupation a program names; ``url`` and ``pay`` are empty where nothing is known of it."""
    found = occupation_of(occupation_book(school.district), named.soc)
    median = found.bls.median if found and found.bls else None
    return {
        "title": titled(found) if found and found.title == named.title else say(named.title),
        "soc": named.soc,
        "url": reverse("programs:school_occupation", args=[school.slug, found.code])
        if found
        else "",
        "pay": pay_words(median) if median else "",
    }


def _contact(content: Content, say: Say) -> Page | None:
    contact = content.contact
    if contact is None:
        return None
    return {
        "name": contact.name,
        "role": say(contact.role),
        "email": contact.email,
        "phone": contact.phone,
    }


def _start_url(version: ProgramVersion) -> str:
    """The way to a plan with this program; empty where no application answers to the name."""
    try:
        start = reverse("plans:start")
    except NoReverseMatch:
        return ""
    return f"{start}?program={version.program_id}"
