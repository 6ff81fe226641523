"""What a program of study says beside its courses: ways in, college, skills, work, people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from pathloom.engine.catalog import Agreement, Agreements
from pathloom.engine.program.content import Content, WorkContent
from pathloom.engine.units import SchoolYear, format_grade
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.presenters import subject_name
from pathloom.portal.catalog.snapshot import engine_course
from pathloom.portal.core.queries import today
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.words import Said, Say, either, words
from pathloom.portal.programs.queries.agreed import covered_by
from pathloom.portal.programs.queries.authoring import contributors_of, last_reviews
from pathloom.portal.programs.queries.published import codes_in, content_of, courses_in
from pathloom.portal.programs.queries.skills import skills
from pathloom.portal.programs.snapshot import agreements_for

Page = dict[str, Any]


def work_kind_name(kind: str) -> str:
    """A kind of work-based learning."""
    names = {
        "job_shadowing": _("Job shadowing"),
        "mentorship": _("Mentorship"),
        "internship": _("Internship"),
        "apprenticeship": _("Apprenticeship"),
        "cooperative_education": _("Cooperative education"),
        "school_enterprise": _("School enterprise"),
        "service": _("Service"),
    }
    return names.get(kind, kind)


def more_page(version: ProgramVersion) -> Page:
    """Everything of a version that does not stand in its courses or exits; six queries."""
    content = content_of(version)
    say = words(content.words)
    return {
        "entries": [
            {
                "title": _("Grade %(grade)s") % {"grade": format_grade(each.grade)},
                "about": say(each.about),
            }
            for each in content.entries
        ],
        "college": college_years(content),
        "dual_credit": _dual_credit(version, content),
        "skills": [
            {"title": say(each.title), "proposed_by": each.proposed_by} for each in content.skills
        ],
        "practiced": _practiced(content),
        "standards": standards_of_steps(content, courses_in(version, content)),
        "work": [work_line(each, say) for each in content.work],
        "organizations": [
            {"title": say(each.title), "about": say(each.about)} for each in content.organizations
        ],
        "advisors": [
            {"name": each.name, "organization": each.organization, "on": each.advised_on}
            for each in content.advisors
        ],
        "proposed": sorted({c.proposed_by for c in content.credentials if c.proposed_by}),
        "contributors": [
            {"name": person.get_full_name(), "organization": organization}
            for person, organization, _how in contributors_of(version)
        ],
        "reviewed_on": last_reviews([version.program_id]).get(version.program_id),
    }


def _rows(year: int, content: Content) -> list[Page]:
    return [
        {
            "name": _("Pathway") if row.subject == "pathway" else subject_name(row.subject),
            "subject": row.subject,
            "courses": list(row.courses),
            "place": row.place,
        }
        for row in content.college
        if row.year == year
    ]


def college_years(content: Content) -> list[Page]:
    """The years after grade 12 of which the content says something."""
    return [_year(year, content) for year in (1, 2) if _rows(year, content)]


def _year(year: int, content: Content) -> Page:
    titles = {1: _("First year after high school"), 2: _("Second year after high school")}
    return {"title": titles[year], "rows": _rows(year, content)}


def _dual_credit(version: ProgramVersion, content: Content) -> list[Page]:
    district = version.program.home_district
    return college_credit(
        content,
        courses=courses_in(version, content),
        agreed=agreements_for(district.pk),
        year=SchoolYear.of(today(district)),
    )


def college_credit(
    content: Content,
    *,
    courses: Mapping[str, Course],
    agreed: Agreements | None,
    year: SchoolYear,
) -> list[Page]:
    """College courses that courses of the program count as, by the district's agreements."""
    if agreed is None:
        return []
    rows = [courses[code] for code in sorted(codes_in(content) & courses.keys())]
    return [
        counts_as(each, agreed, courses[course.id])
        for each, course in covered_by(agreed, map(engine_course, rows))
        if each.holds_in(year)
    ]


def counts_as(agreement: Agreement, agreed: Agreements, course: Course) -> Page:
    """What a course counts as at a college, by one agreement."""
    institution = agreed.institution(agreement.institution)
    counted = institution.course(agreement.college_course) if institution else None
    name = f"{counted.code} {counted.title}" if counted else agreement.college_course
    kinds = {
        "dual_credit": _("college credit at once"),
        "articulated": _("college credit to claim later"),
        "ap": _("college credit for an exam"),
    }
    return {
        "code": course.code,
        "course": course.title,
        "kind": kinds[agreement.kind],
        "college_course": name,
        "institution": institution.title if institution else "",
    }


def _practiced(content: Content) -> list[Said]:
    """The employability skills that steps practice, each once."""
    tagged = {skill for step in content.steps for skill in step.skills}
    return [either(each.title, each.es_title) for each in skills() if each.id in tagged]


def standards_of_steps(content: Content, courses: Mapping[str, Course]) -> list[Page]:
    """The steps that name standards: their courses by title, and each standard's code and title."""
    titles = {code: course.title for code, course in courses.items()}
    return [
        {
            "course": f" {_('or')} ".join(titles.get(code, code) for code in step.courses),
            "standards": [{"code": each.code, "title": each.title} for each in step.standards],
        }
        for step in content.steps
        if step.standards
    ]


def work_line(work: WorkContent, say: Say) -> Page:
    """One offer of work-based learning."""
    return {
        "kind": work_kind_name(work.kind),
        "title": say(work.title),
        "about": say(work.about),
        "grade": format_grade(work.grade) if work.grade is not None else "",
        "hours": work.hours,
    }
