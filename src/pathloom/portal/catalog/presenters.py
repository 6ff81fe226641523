"""Courses as plain dicts for pages and files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from pathloom.engine.catalog import AllOf, AnyOf, CourseNeed, Need
from pathloom.engine.units import format_credits, format_grade
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.queries import SORTS, CourseSearch
from pathloom.portal.catalog.snapshot import need_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Words = dict[str, str]


def subject_name(subject: str) -> str:
    """The subject as people say it; a subject without a word of its own is spelled out."""
    names = {
        "english": _("English"),
        "mathematics": _("Mathematics"),
        "science": _("Science"),
        "social-studies": _("Social studies"),
        "health": _("Health and fitness"),
        "health-pe": _("Health and fitness"),
        "world-language": _("World languages"),
        "fine-arts": _("Fine arts"),
        "cte": _("Career and technical"),
        "jrotc": _("JROTC"),
        "elective": _("Electives"),
        "physical-education": _("Physical education"),
        "military-science": _("Military science"),
        "other": _("Other"),
    }
    return names.get(subject, subject.replace("-", " ").capitalize())


_TAGS: dict[str, StrOrPromise] = {
    "ap": _lazy("AP"),
    "ib": _lazy("IB"),
    "cte": _lazy("Career and technical"),
    "jrotc": _lazy("JROTC"),
    "fourth-science": _lazy("Fourth science"),
    "core-math": _lazy("Core mathematics"),
    "local": _lazy("Local course"),
    "us-history": _lazy("US history"),
    "work-based-learning": _lazy("Work-based learning"),
    "advanced-algebra": _lazy("Advanced algebra"),
    "algebra": _lazy("Algebra"),
    "american-government": _lazy("American government"),
    "american-literature": _lazy("American literature"),
    "art": _lazy("Art"),
    "biology": _lazy("Biology"),
    "chemistry": _lazy("Chemistry"),
    "civics": _lazy("Civics"),
    "computer-literacy": _lazy("Computer literacy"),
    "consumer-education": _lazy("Consumer education"),
    "earth-systems": _lazy("Earth systems"),
    "economics": _lazy("Economics"),
    "environmental-science": _lazy("Environmental science"),
    "forensic-speech": _lazy("Forensic speech"),
    "french": _lazy("French"),
    "geometry": _lazy("Geometry"),
    "health": _lazy("Health"),
    "laboratory": _lazy("Laboratory"),
    "latin": _lazy("Latin"),
    "music": _lazy("Music"),
    "ninth-literature": _lazy("Ninth-grade literature"),
    "personal-finance": _lazy("Personal finance"),
    "personal-fitness": _lazy("Personal fitness"),
    "physical-science": _lazy("Physical science"),
    "physics": _lazy("Physics"),
    "spanish": _lazy("Spanish"),
    "world-history": _lazy("World history"),
    "writing-intensive": _lazy("Writing intensive"),
}


def tag_name(tag: str) -> str:
    """The tag as people say it; a tag without a word of its own is spelled out."""
    word = tag.partition(":")[2] or tag  # language:spanish is Spanish
    return str(_TAGS.get(word, word.replace("-", " ").capitalize()))


def part_name(part: str) -> str:
    """When in the school year a course is offered, in a word."""
    names = {
        "year": _("All year"),
        "fall": _("Fall"),
        "spring": _("Spring"),
        "summer": _("Summer"),
    }
    return names.get(part, part)


def grades_text(grades: Iterable[int]) -> str:
    """``9, 10, 11, 12`` as ``9 to 12``; gaps are kept."""
    runs: list[list[int]] = []
    for grade in sorted(grades):
        if runs and grade == runs[-1][1] + 1:
            runs[-1][1] = grade
        else:
            runs.append([grade, grade])
    return ", ".join(_run(first, last) for first, last in runs)


def _run(first: int, last: int) -> str:
    if first == last:
        return format_grade(first)
    if last == first + 1:
        return f"{format_grade(first)}, {format_grade(last)}"
    return _("%(first)s to %(last)s") % {"first": format_grade(first), "last": format_grade(last)}


def course_url(school: School, code: str) -> str:
    return reverse("programs:course", args=[school.slug, code])


def course_card(course: Course, *, school: School) -> dict[str, Any]:
    """What every course card shows; a tag that says no more than the subject is left out."""
    subject = subject_name(course.subject)
    return {
        "code": course.code,
        "title": course.title,
        "number": course.number,
        "subject": course.subject,
        "subject_name": subject,
        "credits": format_credits(course.credits),
        "grades": grades_text(course.grades),
        "one_grade": len(course.grades) == 1,
        "parts": ", ".join(part_name(part) for part in course.parts),
        "tags": [name for name in map(tag_name, sorted(course.tags)) if name != subject],
        "local": "local" in course.tags,
        "url": course_url(school, course.code),
    }


def course_page(course: Course, *, school: School, known: Mapping[str, Course]) -> dict[str, Any]:
    """A course in full; ``known`` are the courses its prerequisite may name, by code."""
    need = need_of(course.prerequisite)
    return course_card(course, school=school) | {
        "about": course.about,
        "sced": course.sced,
        "repeatable": course.repeatable,
        "prerequisite": [] if need is None else need_words(need, school=school, known=known),
    }


def named_courses(prerequisite: object) -> set[str]:
    """The codes that a stored prerequisite names."""
    need = need_of(prerequisite)
    return set() if need is None else _codes(need)


def _codes(need: Need) -> set[str]:
    if isinstance(need, CourseNeed):
        return {need.course}
    inner = need.all if isinstance(need, AllOf) else need.any
    return set().union(*(_codes(each) for each in inner))


def need_words(
    need: Need, *, school: School, known: Mapping[str, Course], outer: str = ""
) -> list[Words]:
    """A prerequisite as a sentence in pieces: each has ``text`` and, for a course, ``url``."""
    if isinstance(need, CourseNeed):
        return _course_words(need, school=school, known=known)
    joint, inner = _joint(need)
    words: list[Words] = []
    for index, each in enumerate(inner):
        if index:
            words.append({"text": f" {joint} "})
        words += need_words(each, school=school, known=known, outer=joint)
    nested = outer and outer != joint and len(inner) > 1
    return [{"text": "("}, *words, {"text": ")"}] if nested else words


def _joint(need: AllOf | AnyOf) -> tuple[str, tuple[Need, ...]]:
    return (_("and"), need.all) if isinstance(need, AllOf) else (_("or"), need.any)


def _course_words(need: CourseNeed, *, school: School, known: Mapping[str, Course]) -> list[Words]:
    course = known.get(need.course)
    words: list[Words] = [
        {"text": course.title, "url": course_url(school, course.code)}
        if course
        else {"text": need.course}
    ]
    if need.minimum is not None:
        words.append({"text": _(" with at least %(mark)s") % {"mark": need.minimum}})
    if need.concurrent:
        words.append({"text": _(" (before, or at the same time)")})
    return words


def course_list(
    courses: Sequence[Course],
    *,
    school: School,
    search: CourseSearch,
    choices: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """The course list with its search: rows, filter choices, links that sort."""
    asked = _asked(search)
    return {
        "school": {"name": school.name},
        "crumbs": _crumbs(school),
        "rows": [_table_row(course_card(course, school=school)) for course in courses],
        "count": len(courses),
        "search": search,
        "asked": bool(asked),
        "columns": _columns(asked, search),
        "subjects": [(each, subject_name(each)) for each in choices["subjects"]],
        "tags": [(each, tag_name(each)) for each in choices["tags"]],
        "grades": [(grade, format_grade(grade)) for grade in range(9, 13)],
        "csv_url": _with(reverse("catalog:courses_csv", args=[school.slug]), asked),
        "clear_url": reverse("catalog:courses", args=[school.slug]),
    }


def _asked(search: CourseSearch) -> dict[str, str]:
    """The search as it stands in an address, without what asks for nothing."""
    asked = {
        "q": search.words,
        "subject": search.subject,
        "grade": "" if search.grade is None else str(search.grade),
        "tag": search.tag,
    }
    return {name: value for name, value in asked.items() if value}


def _crumbs(school: School) -> list[Words]:
    return [
        {"label": _("Schools"), "url": reverse("programs:schools")},
        {"label": school.name, "url": reverse("programs:school", args=[school.slug])},
        {"label": _("Courses"), "url": ""},
    ]


def _table_row(card: Mapping[str, Any]) -> dict[str, Any]:
    """A course as cells of the table."""
    return {
        "title": {"text": card["title"], "url": card["url"], "lang": "en"},
        "subject": card["subject_name"],
        "credits": card["credits"],
        "grades": card["grades"],
        "parts": card["parts"],
        "code": card["code"],
        "number": card["number"] or {"text": "–", "muted": True},
    }


def _columns(asked: Mapping[str, str], search: CourseSearch) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = [
        {"key": "title", "label": _("Course"), "heading": True},
        {"key": "subject", "label": _("Subject")},
        {"key": "credits", "label": _("Credit"), "numeric": True},
        {"key": "grades", "label": _("Grades")},
        {"key": "parts", "label": _("Offered")},
        {"key": "code", "label": _("Code")},
        {"key": "number", "label": _("State number")},
    ]
    for column in columns:
        if column["key"] in SORTS:
            next_sort = _next_sort(column["key"], search)
            column["sorted"] = _sorted(column["key"], search)
            column["sort_url"] = _with("", {**asked, "sort": next_sort})
    return columns


def _sorted(key: str, search: CourseSearch) -> str:
    if key != search.sort:
        return ""
    return "descending" if search.descending else "ascending"


def _next_sort(key: str, search: CourseSearch) -> str:
    return f"-{key}" if key == search.sort and not search.descending else key


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(asked)}" if asked else address
