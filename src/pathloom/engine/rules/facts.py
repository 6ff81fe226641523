"""One student under one rule set, with everything known before courses are allocated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pathloom.engine.catalog import Catalog, Course
from pathloom.engine.errors import Problems, RecordError, nearest
from pathloom.engine.record import CourseRecord, Experience, StaffException, StudentRecord
from pathloom.engine.rules.awards import awarded_for, by_content
from pathloom.engine.rules.conditions import COUNTABLE
from pathloom.engine.rules.exceptions import Decided, decide, left_out, overridden
from pathloom.engine.rules.nodes import Requirement, RuleSet
from pathloom.engine.rules.tracks import exemptions, on_tracks
from pathloom.engine.units import Credits, format_credits


@dataclass(frozen=True, slots=True)
class Prepared:
    """One student under one rule set, with everything known before courses are allocated.

    ``record`` is completed and in units of the rule set, with overridden credits; ``ruleset`` has
    the readings of the student's tracks; ``records`` can count, awarded ones included.
    ``outside_total`` are ids of records that add nothing to the total. ``admitted`` are the places
    (ids of requirements with a place of their own) in which a record may count although it does not
    match; ``excused`` is what need not be filled of a place, or of a condition (then 1);
    ``exempt`` are ids of requirements, parts included, that the student need not fulfil.
    The total falls by ``lowered``. ``awarded`` are the records that the rules added, by the id of
    the record that earns them, completions by the empty id; ``decided`` are the exceptions.
    """

    record: StudentRecord
    ruleset: RuleSet
    records: tuple[CourseRecord, ...]
    outside_total: frozenset[str] = frozenset()
    admitted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    excused: Mapping[str, Credits] = field(default_factory=dict)
    exempt: frozenset[str] = frozenset()
    lowered: Credits = 0
    awarded: Mapping[str, tuple[CourseRecord, ...]] = field(default_factory=dict)
    decided: tuple[Decided, ...] = ()


def prepare(
    record: StudentRecord, ruleset: RuleSet, *, catalog: Catalog | None, as_of: date
) -> Prepared:
    """Find out everything about a student that does not depend on where courses count.

    In this order: empty fields from the catalog, credit set by staff, units of the rule set, the
    readings of the student's tracks, awards, and what exceptions change. Records come out in an
    order of their content, never in that of the input.

    Raises:
        RecordError: all mistakes at once, as in ``complete``; or credit that is not exact in the
            rule set's units.
    """
    completed = complete(record, catalog)
    credits, overrides = overridden(completed, as_of) if completed.exceptions else ({}, [])
    converted = _converted(completed, ruleset, credits)
    rules = on_tracks(ruleset, record.tracks) if record.tracks else ruleset
    records = [each for each in converted.courses if each.state in COUNTABLE]
    records.sort(key=by_content)
    extras = awarded_for(records, rules)
    if extras:
        records += (extra for some in extras.values() for extra in some)
        records.sort(key=by_content)
    exempt = exemptions(rules, record.tracks)
    lowered = sum(_lowered(each, exempt) for each in rules.requirements) if exempt else 0
    found = decide(converted, rules, records=records, exempt=exempt, as_of=as_of)
    return Prepared(
        record=converted,
        ruleset=rules,
        records=tuple(records),
        outside_total=_outside_total(rules, extras),
        admitted=found.admitted,
        excused=found.excused,
        exempt=exempt,
        lowered=min(rules.total, lowered + found.lowered),
        awarded=extras,
        decided=tuple(sorted((*overrides, *found.decided), key=_by_day)),
    )


def _by_day(decided: Decided) -> tuple[date, str]:
    return decided.exception.on, decided.exception.id


def _outside_total(
    ruleset: RuleSet, extras: Mapping[str, tuple[CourseRecord, ...]]
) -> frozenset[str]:
    outside = {award.id for award in ruleset.awards if not award.in_total}
    if not outside:
        return frozenset()
    return frozenset(
        extra.id
        for because_of, some in extras.items()
        for extra in some
        if extra.id.removeprefix(f"{because_of}+") in outside
    )


def _lowered(node: Requirement, exempt: frozenset[str]) -> Credits:
    """What the total falls by where a requirement, or a part of it, is exempt."""
    if node.id in exempt:
        return node.earn
    amounts = [_lowered(part, exempt) for part in node.parts]
    return sum(sorted(amounts, reverse=True)[: node.choose]) if node.of else sum(amounts)


def _converted(
    record: StudentRecord, ruleset: RuleSet, credits: Mapping[str, Credits]
) -> StudentRecord:
    """Put overridden credit into a record, and all credit into units of the rule set."""
    of, into = record.carnegie_units, ruleset.carnegie_units
    if of == into and not credits:
        return record
    problems = Problems()
    courses = []
    for each in record.courses:
        amount, rest = divmod(credits.get(each.id, each.credits) * of, into)
        if rest:
            problems.add(
                f"record '{record.student}', course '{each.id}'",
                f"{format_credits(each.credits)} credit is no exact number of "
                f"{ruleset.credit_name}s",
                "Correct the credit, or carnegie_units of the record.",
            )
        courses.append(each if amount == each.credits else replace(each, credits=amount))
    problems.raise_if_any(RecordError)
    return replace(record, courses=tuple(courses), carnegie_units=into)


def complete(record: StudentRecord, catalog: Catalog | None) -> StudentRecord:
    """Fill what a record leaves empty (title, number, sced, subject, tags) from the catalog.

    What the record says itself is kept. Records whose order and content need nothing come back
    as they are.

    Raises:
        RecordError: all at once: a course that the catalog does not have, on a record that does
            not say its subject; neither a course nor a subject; the same id twice; a decision of
            staff that does not say who, why or about what.
    """
    problems = Problems()
    for each in record.exceptions:
        for what, fix in left_out(each):
            problems.add(f"record '{record.student}', exception '{each.id}'", what, fix)
    if not record.carnegie_units:
        problems.add(
            f"record '{record.student}'",
            "carnegie_units is 0, so no course would have credit",
            "Write how many Carnegie units one credit of this record is, such as 1.",
        )
    _check_ids(record, "record", record.courses, problems)
    _check_ids(record, "experience", record.experiences, problems)
    _check_ids(record, "exception", record.exceptions, problems)
    courses = tuple(
        _complete_one(each, catalog, record.student, problems) for each in record.courses
    )
    problems.raise_if_any(RecordError)
    if all(new is old for new, old in zip(courses, record.courses, strict=True)):
        return record
    return replace(record, courses=courses)


def _check_ids(
    record: StudentRecord,
    kind: str,
    items: Iterable[CourseRecord | Experience | StaffException],
    problems: Problems,
) -> None:
    ids = [each.id for each in items]
    if len(set(ids)) == len(ids):
        return
    what = "course record" if kind == "record" else kind
    for double, count in sorted(Counter(ids).items()):
        if count > 1:
            problems.add(
                f"record '{record.student}'",
                f"{kind} id '{double}' stands {count} times",
                f"Give each {what} its own id.",
            )


def _complete_one(
    each: CourseRecord, catalog: Catalog | None, student: str, problems: Problems
) -> CourseRecord:
    if each.course and catalog is not None:
        course = catalog.course(each.course)
        if course is None and each.subject:
            return each  # a course of another school of the district: the record says enough
        if course is None:
            known = (other.id for other in catalog.courses)
            problems.add(
                _place(student, each),
                f"unknown course '{each.course}'",
                _or_transfer(nearest(each.course, known)),
            )
            return each
        return _filled(each, course)
    if not each.subject:
        what = (
            f"course '{each.course}' has no subject, and no catalog is given to look it up in"
            if each.course
            else "no course and no subject"
        )
        fix = "Name a course of the catalog, or give the subject."
        problems.add(_place(student, each), what, fix)
    return each


def _place(student: str, each: CourseRecord) -> str:
    return f"record '{student}', course '{each.id}'"


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
