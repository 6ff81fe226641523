"""What is known about a record before any rule is applied: catalog facts and awarded courses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pathloom.engine.catalog import Catalog, Course
from pathloom.engine.errors import Problems, RecordError, nearest
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.matchers import predicate, without_delivery
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import Credits

COUNTABLE = (State.EARNED, State.IN_PROGRESS, State.PLANNED)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One student under one rule set, with everything known before courses are allocated.

    ``record`` is completed and in units of the rule set, with overridden credits; ``ruleset`` has
    the readings of the student's tracks; ``records`` can count, awarded ones included.
    ``outside_total`` are ids of records that add nothing to the total. ``admitted`` are the places
    (ids of requirements with a place of their own) in which a record may count although it does not
    match; ``excused`` is what need not be filled of a place, or of a condition (then 1);
    ``exempt`` are ids of requirements, parts included, that the student need not fulfil.
    The total falls by ``lowered``.
    """

    record: StudentRecord
    ruleset: RuleSet
    records: tuple[CourseRecord, ...]
    outside_total: frozenset[str] = frozenset()
    admitted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    excused: Mapping[str, Credits] = field(default_factory=dict)
    exempt: frozenset[str] = frozenset()
    lowered: Credits = 0


def complete(record: StudentRecord, catalog: Catalog | None) -> StudentRecord:
    """Fill what a record leaves empty (title, number, sced, subject, tags) from the catalog.

    What the record says itself is kept. Records whose order and content need nothing come back
    as they are.

    Raises:
        RecordError: all at once: a course that the catalog does not have, on a record that does
            not say its subject; neither a course nor a subject; the same record id twice.
    """
    problems = Problems()
    _check_ids(record, problems)
    courses = tuple(
        _complete_one(each, catalog, f"record '{record.student}', course '{each.id}'", problems)
        for each in record.courses
    )
    problems.raise_if_any(RecordError)
    if all(new is old for new, old in zip(courses, record.courses, strict=True)):
        return record
    return replace(record, courses=courses)


def _check_ids(record: StudentRecord, problems: Problems) -> None:
    ids = [each.id for each in record.courses]
    if len(set(ids)) == len(ids):
        return
    for double in sorted({name for name in ids if ids.count(name) > 1}):
        problems.add(
            f"record '{record.student}'",
            f"record id '{double}' stands {ids.count(double)} times",
            "Give each course record its own id.",
        )


def _complete_one(
    each: CourseRecord, catalog: Catalog | None, where: str, problems: Problems
) -> CourseRecord:
    if each.course and catalog is not None:
        course = catalog.course(each.course)
        if course is None and each.subject:
            return each  # a course of another school of the district: the record says enough
        if course is None:
            known = (other.id for other in catalog.courses)
            problems.add(
                where, f"unknown course '{each.course}'", _or_transfer(nearest(each.course, known))
            )
            return each
        return _filled(each, course)
    if not each.subject:
        what = (
            f"course '{each.course}' has no subject, and no catalog is given to look it up in"
            if each.course
            else "no course and no subject"
        )
        problems.add(where, what, "Name a course of the catalog, or give the subject.")
    return each


def _or_transfer(suggestion: str) -> str:
    if suggestion.startswith("Did"):
        return f"{suggestion} A course from elsewhere has a subject and no course."
    return "Name a course of the catalog, or give the subject and leave the course out."


def _filled(each: CourseRecord, course: Course) -> CourseRecord:
    title = each.title or course.title
    number = each.number or course.number
    sced = each.sced or course.sced
    subject = each.subject or course.subject
    tags = each.tags or course.tags
    had = (each.title, each.number, each.sced, each.subject, each.tags)
    if had == (title, number, sced, subject, tags):
        return each
    return CourseRecord(
        id=each.id,
        credits=each.credits,
        state=each.state,
        course=each.course,
        title=title,
        number=number,
        sced=sced,
        subject=subject,
        tags=tags,
        term=each.term,
        mark=each.mark,
    )


def granted(each: CourseRecord, ruleset: RuleSet) -> tuple[CourseRecord, ...]:
    """Return what the rules would award because of one record, in file order; see ``awarded``."""
    if each.state not in COUNTABLE:
        return ()
    return tuple(
        CourseRecord(
            id=f"{each.id}+{award.id}",
            credits=award.credits,
            state=each.state,
            title=award.title,
            number=award.number,
            subject=award.subject,
            tags=award.tags,
            term=each.term,
        )
        for award in ruleset.awards
        if each.credits >= award.at_least and predicate(award.when)(each)
    )


def is_same_course(one: CourseRecord, other: CourseRecord) -> bool:
    """Whether two records are of one course by state number, or by title where one has none."""
    if one.number and other.number:
        return without_delivery(one.number) == without_delivery(other.number)
    return bool(one.title) and one.title.casefold() == other.title.casefold()


def awarded(record: StudentRecord, ruleset: RuleSet) -> dict[str, tuple[CourseRecord, ...]]:
    """Return the records that the rules add, by the id of the record that earns them.

    Each award is given once, for the record that is furthest; and not at all where the course is
    on the record already, because a school may post the second credit itself.
    """
    if not ruleset.awards:
        return {}
    countable = [each for each in record.courses if each.state in COUNTABLE]
    ranked = sorted(countable, key=lambda each: (COUNTABLE.index(each.state), each.id))
    found: dict[str, tuple[CourseRecord, ...]] = {}
    given: list[CourseRecord] = []
    for each in ranked:
        for extra in granted(each, ruleset):
            if not any(is_same_course(extra, other) for other in (*countable, *given)):
                given.append(extra)
                found[each.id] = (*found.get(each.id, ()), extra)
    return found


def countable(record: StudentRecord, ruleset: RuleSet) -> tuple[CourseRecord, ...]:
    """Return every record that can count, each followed by what is awarded for it."""
    extras = awarded(record, ruleset)
    found: list[CourseRecord] = []
    for each in record.courses:
        if each.state in COUNTABLE:
            found.append(each)
            found.extend(extras.get(each.id, ()))
    return tuple(found)
