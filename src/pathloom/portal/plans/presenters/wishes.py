"""What a student wants of a plan, in plain words: what was said, and what can be said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from pathloom.engine.planner.change import possible_changes
from pathloom.engine.planner.types import ChangeKind, PlanTerm
from pathloom.engine.record import State
from pathloom.engine.rules.nodes import Kind
from pathloom.engine.units import Part, Term, format_credits
from pathloom.portal.catalog.presenters import subject_name
from pathloom.portal.plans.models import PlanJob, PlanWishes
from pathloom.portal.plans.presenters.what_if import goes_with
from pathloom.portal.plans.queries.terms import term_label, term_words
from pathloom.portal.plans.queries.wishes import rule_sets
from pathloom.portal.plans.snapshot import Basis, Ground
from pathloom.portal.records.snapshot import rulebook

Options = list[tuple[str, str]]

_ADDED = (ChangeKind.SUMMER, ChangeKind.ONLINE, ChangeKind.LATER)
_FULLER = (50, 100, 200)


class CourseRow(TypedDict):
    """A course of which something is said; ``undo`` is the mark that takes it back."""

    code: str
    title: str
    words: str
    term: str
    staff: bool
    undo: str


class CourseGroup(TypedDict):
    subject: str
    courses: Options


class Read(TypedDict):
    label: str
    words: str


class WishesPage(TypedDict):
    """``fix`` is the last change that made a plan possible; ``stuck`` a job that found none.

    ``by_staff``: staff made that change, and may undo it.
    """

    marked: list[CourseRow]
    locked: list[CourseRow]
    groups: list[CourseGroup]
    terms: Options
    read: list[Read]
    fix: str
    by_staff: bool
    stuck: int | None


def wishes_page(basis: Basis, kept: PlanWishes, *, stuck: PlanJob | None) -> WishesPage:
    """Show what is said of courses, and the courses and terms of which something can be said."""
    titles = {course.id: course.title for course in basis.catalog.courses}
    return {
        "marked": _marked(kept, titles),
        "locked": [
            *_locked(kept.locks, titles, staff=False),
            *_locked(kept.staff_locks, titles, staff=True),
        ],
        "groups": _groups(basis),
        "terms": [(str(entry.term), _in_grade(entry)) for entry in basis.terms],
        "read": _read(basis, kept),
        "fix": kept.fix,
        "by_staff": (kept.before_fix or {}).get("staff", False),
        "stuck": stuck.pk if stuck else None,
    }


def _marked(kept: PlanWishes, titles: dict[str, str]) -> list[CourseRow]:
    said = (
        (kept.wanted, _("wanted"), False),
        (kept.liked, _("liked if there is a choice"), False),
        (kept.avoided, _("rather not"), False),
        (kept.bans, _("ruled out"), False),
        (kept.staff_bans, _("ruled out by the school"), True),
    )
    return [
        {
            "code": code,
            "title": titles.get(code, code),
            "words": words,
            "term": "",
            "staff": staff,
            "undo": "plain",
        }
        for codes, words, staff in said
        for code in codes
    ]


def _locked(locks: Iterable[list[str]], titles: dict[str, str], *, staff: bool) -> list[CourseRow]:
    words = _("fixed by the school in {term}") if staff else _("locked in {term}")
    return [
        {
            "code": code,
            "title": titles.get(code, code),
            "words": words.format(term=term_words(term)),
            "term": term,
            "staff": staff,
            "undo": "unlock",
        }
        for code, term in locks
    ]


def _groups(basis: Basis) -> list[CourseGroup]:
    """The courses still to be taken, by subject."""
    behind = {
        one.course for one in basis.record.courses if one.state in (State.EARNED, State.IN_PROGRESS)
    }
    found: dict[str, Options] = {}
    for course in sorted(basis.catalog.courses, key=lambda one: one.title):
        if course.repeatable or course.id not in behind:
            found.setdefault(subject_name(course.subject), []).append((course.id, course.title))
    return [{"subject": subject, "courses": found[subject]} for subject in sorted(found)]


def _in_grade(entry: PlanTerm) -> str:
    return _("Grade %(grade)s, %(term)s") % {
        "grade": entry.grade,
        "term": term_label(entry.term),
    }


def wish_choices(basis: Basis, kept: PlanWishes) -> dict[str, Options]:
    """Field of the page -> what can be chosen; a field with nothing to choose is not there."""
    grades = sorted({entry.grade for entry in basis.terms})
    found: dict[str, Options] = {
        "every_year": sorted(
            {
                (one.subject, subject_name(one.subject))
                for one in basis.catalog.courses
                if one.subject != "other"
            },
            key=lambda option: option[1],
        ),
        "study_halls": [(str(grade), _("Grade {n}").format(n=grade)) for grade in grades],
        "credentials": [(one.id, one.title) for one in basis.catalog.credentials],
        "also": _also(basis),
        "finish": _finishes(basis),
        "most": _part_time(basis, kept),
        "more_terms": _more_terms(basis, kept),
        "fuller": _fuller(kept),
        "given_up": [(title, title) for title in kept.given_up],
    }
    if kept.lighter:
        found["lighter"] = []
    return {name: options for name, options in found.items() if options or name == "lighter"}


def _also(basis: Basis) -> Options:
    """Endorsements, scholarships and the like that go with the student's diploma."""
    ground = Ground(
        student=basis.student,
        day=basis.day,
        school=basis.school,
        record=basis.record,
        ruleset=basis.ruleset,
        catalog=basis.catalog,
    )
    return [
        (file.id, chosen.title)
        for file in rulebook().files
        if file.kind not in (Kind.DIPLOMA, Kind.DEFINITION) and goes_with(file, ground)
        for chosen in rule_sets([file.id], basis.record, as_of=basis.day)
    ]


def _finishes(basis: Basis) -> Options:
    usual = [one for one in basis.terms if one.term.part in (Part.FALL, Part.SPRING)]
    early = [one for one in usual[:-1] if one.grade >= 11]
    if not early:
        return []
    return [
        ("", _("As usual, after grade 12")),
        *(
            (str(one.term), _("Early, after {term}").format(term=term_label(one.term)))
            for one in early
        ),
    ]


def _part_time(basis: Basis, kept: PlanWishes) -> Options:
    room = max((entry.most for entry in basis.terms), default=0) - kept.fuller
    most = max(room, 400 if kept.most else 0)
    return [
        ("", _("The full school day")),
        *(
            (str(less), _("Part-time: at most {n} credits a term").format(n=format_credits(less)))
            for less in range(most - 100, 0, -100)
        ),
    ]


def _more_terms(basis: Basis, kept: PlanWishes) -> Options:
    there = {Term.parse(text) for text in kept.more_terms}
    offered = {
        change.term
        for change in possible_changes(basis.asked)
        if change.kind in _ADDED and change.term is not None
    }
    last = max(
        (one.term for one in basis.terms if str(one.term) not in kept.more_terms), default=None
    )
    return [
        (
            str(term),
            _("{term}, after grade 12").format(term=term_label(term))
            if last is not None and last < term and term.part in (Part.FALL, Part.SPRING)
            else term_label(term),
        )
        for term in sorted(there | offered)
    ]


def _fuller(kept: PlanWishes) -> Options:
    return [
        ("0", _("As many credits as usual")),
        *(
            (str(more), _("Up to {n} more credits in each term").format(n=format_credits(more)))
            for more in sorted({*_FULLER, *([kept.fuller] if kept.fuller else [])})
        ),
    ]


def _read(basis: Basis, kept: PlanWishes) -> list[Read]:
    """What is wanted of the whole plan, for who only reads it."""
    choices, values = wish_choices(basis, kept), wish_values(kept)
    choices["college"] = [("none", _("not wanted")), ("some", _("some")), ("most", _("much"))]
    labels = {
        "every_year": _("Every year"),
        "study_halls": _("Study hall"),
        "college": _("College credit"),
        "credentials": _("Certificates"),
        "also": _("Besides the diploma"),
        "finish": _("When to finish"),
        "most": _("How much school"),
        "more_terms": _("More time"),
        "fuller": _("Full terms"),
        "given_up": _("Limits lifted"),
    }
    found: list[Read] = []
    for name, label in labels.items():
        value = values[name]
        chosen = value if isinstance(value, list) else [value]
        words = [said for key, said in choices.get(name, []) if key in chosen]
        if words:
            found.append({"label": label, "words": ", ".join(words)})
    return found


def wish_values(kept: PlanWishes) -> dict[str, Any]:
    """What the page shows as chosen."""
    return {
        "every_year": kept.every_year,
        "study_halls": [str(grade) for grade in kept.study_halls],
        "college": kept.college,
        "credentials": kept.credentials,
        "also": kept.also,
        "finish": kept.finish,
        "most": str(kept.most or ""),
        "more_terms": kept.more_terms,
        "fuller": str(kept.fuller),
        "lighter": kept.lighter,
        "given_up": kept.given_up,
    }
