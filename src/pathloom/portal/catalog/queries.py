"""Courses of a school, searched, filtered and sorted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from pathloom.portal.accounts.models import District, School
from pathloom.portal.catalog.models import Course, SchoolPlanning

SORTS = ("title", "code", "subject", "credits", "number")


@dataclass(frozen=True, slots=True)
class CourseSearch:
    """What a visitor asks the course list for; empty words ask for nothing."""

    words: str = ""
    subject: str = ""
    grade: int | None = None
    tag: str = ""
    sort: str = "title"
    descending: bool = False


def school_of(slug: str) -> School | None:
    """The school with this slug, with its district."""
    return School.objects.select_related("district").filter(slug=slug).first()


def courses_of(school: School) -> QuerySet[Course]:
    """The courses a school offers, by title."""
    return Course.objects.filter(offerings__school=school).order_by("title", "code")


def course_of(school: School, code: str) -> Course | None:
    """One course a school offers."""
    return courses_of(school).filter(code=code).first()


def found_courses(school: School, search: CourseSearch) -> list[Course]:
    """The courses of a school that fit a search, in the order asked for; one query.

    Grades and tags are lists in JSON, which SQLite and PostgreSQL search differently, and they
    sort capitals differently; a school has some hundreds of courses, so this is done here.
    """
    courses = courses_of(school)
    for word in search.words.split():
        courses = courses.filter(
            Q(title__icontains=word)
            | Q(code__icontains=word)
            | Q(number__startswith=word)
            | Q(about__icontains=word)
        )
    if search.subject:
        courses = courses.filter(subject=search.subject)
    found = [course for course in courses if _fits(course, search)]
    found.sort(key=lambda course: _sort_key(course, search.sort))
    return found[::-1] if search.descending else found


def _sort_key(course: Course, sort: str) -> tuple[int, str, str, str]:
    words = getattr(course, sort) if sort in ("code", "subject", "number") else ""
    amount = course.credits if sort == "credits" else 0
    return (amount, words.casefold(), course.title.casefold(), course.code)


def _fits(course: Course, search: CourseSearch) -> bool:
    if search.grade is not None and search.grade not in course.grades:
        return False
    return not search.tag or search.tag in course.tags


def choices_of(school: School) -> dict[str, list[str]]:
    """The subjects and tags that occur in a school's courses, sorted; one query."""
    subjects: set[str] = set()
    tags: set[str] = set()
    for subject, own in courses_of(school).values_list("subject", "tags"):
        subjects.add(subject)
        tags.update(own)
    return {"subjects": sorted(subjects), "tags": sorted(tags)}


def courses_by_code(district: District, codes: Iterable[str]) -> dict[str, Course]:
    """Courses of a district by code; codes it does not have are left out; one query."""
    found = Course.objects.filter(district=district, code__in=set(codes))
    return {course.code: course for course in found}


def planning_of(school: School) -> SchoolPlanning:
    """How a school plans; the usual, not saved, before it said so. One query."""
    found = SchoolPlanning.objects.filter(school=school).first()
    return found or SchoolPlanning(school=school)
