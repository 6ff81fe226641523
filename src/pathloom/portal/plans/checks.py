"""What is checked before anything is written: rights, words, terms, courses, hashes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.repair import plan_before
from pathloom.engine.planner.types import Finding
from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import UserError
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.queries import stops
from pathloom.portal.plans.queries.terms import term_words
from pathloom.portal.plans.snapshot import Basis, content_hash
from pathloom.portal.records.access import relation_with
from pathloom.portal.records.models import Student
from pathloom.portal.records.roles import ROLE_OF

LONGEST = 2000
Places = list[list[str]]  # course code and term, as a version keeps them

_AUDIT = TypeAdapter(AuditResult)
_FINDINGS = TypeAdapter(tuple[Finding, ...])


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the engine says about placements, as a version keeps it."""

    status: str
    audit: dict[str, Any]
    findings: list[dict[str, Any]]


def assess(basis: Basis, placements: Iterable[Sequence[str]]) -> Assessment:
    """Audit the record with a plan added, and check the plan course by course.

    What students lock or rule out themselves binds the planner, not their own hand.
    """
    places = list(placements)
    result = audit(
        basis.planned_record(places), basis.ruleset, catalog=basis.catalog, as_of=basis.day
    )
    asked = replace(basis.request(), locks=(), bans=())
    findings = check_plan(asked, basis.ahead(places))
    return Assessment(
        status=result.status,
        audit=_AUDIT.dump_python(result, mode="json"),
        findings=_FINDINGS.dump_python(findings, mode="json"),
    )


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a plan as things are today, one sentence each.

    ``news`` was not so when the version was made: a failed course, a new schedule, a new rule.
    """

    broke: tuple[str, ...] = ()
    news: tuple[str, ...] = ()


def trouble_of(version: PlanVersion, basis: Basis) -> Trouble:
    """Check a version again, as things are today."""
    before = plan_before(basis.request(previous=version.placements), as_of=basis.day)
    if not before.broke:
        return Trouble()
    known = {_place_of(each) for each in _FINDINGS.validate_python(version.findings)}
    kept = _AUDIT.validate_python(version.audit)
    then = {each.id: each.short for each in (*kept.walk(), kept.total)}
    news = [each.what for each in before.findings if _place_of(each) not in known]
    for each in (result for short in before.short for result in short):
        if each.id != kept.total.id and each.short > then.get(each.id, 0):
            news.append(_less_of(each.title, before=then.get(each.id, 0)))
    return Trouble(before.broke, tuple(dict.fromkeys(news)))


def _less_of(title: str, *, before: int) -> str:
    if before:
        return _("More is missing in {title} than before.").format(title=title)
    return _("{title} would not be complete any more.").format(title=title)


def _place_of(finding: Finding) -> tuple[str, str, str]:
    return (finding.code, finding.course, finding.term)


def acting_role(by: User, student: Student, permission: str) -> str:
    """The role in which someone acts on a student's plan now; refuses who has none for it."""
    relation = relation_with(by, student, permission)
    if relation is None:
        raise UserError(
            _("You may not do this for {name}’s plan now.").format(name=student.name),
            _("If this is new to you, ask the counseling office."),
        )
    return ROLE_OF[relation]


def words_of(text: str, *, where: str) -> str:
    """The words of a comment or a return, without blanks around them; not empty, not endless."""
    words = text.strip()
    if not words:
        raise UserError(
            _("The {where} has no words.").format(where=where), _("Write what you want to say.")
        )
    if len(words) > LONGEST:
        raise UserError(
            _("The {where} has {count} characters.").format(where=where, count=len(words)),
            _("Use at most {most}.").format(most=LONGEST),
        )
    return words


def term_to_come(basis: Basis, term: str) -> str:
    """A term that may still be edited; what is past or under way stays as it is."""
    if term not in basis.open_terms():
        raise UserError(
            _(
                "{term} cannot be changed: it is over, has begun, or is not one of your terms."
            ).format(term=term_words(term) or "?"),
            _("Choose a term still to come."),
        )
    return term


def title_in(basis: Basis, course: str) -> str:
    """The title of a course that the school offers."""
    offered = basis.catalog.course(course)
    if offered is None:
        raise UserError(
            _("{school} does not offer a course {course}.").format(
                school=basis.school.name, course=course or "?"
            ),
            _("Choose a course from the search."),
        )
    return offered.title


def place_of(basis: Basis, places: Places, *, course: str, from_term: str) -> int:
    """Where a planned course stands; only in a term that may still be edited."""
    found = [
        index
        for index, (code, term) in enumerate(places)
        if code == course and from_term in ("", term)
    ]
    ahead = [index for index in found if places[index][1] in basis.open_terms()]
    if len(ahead) == 1:
        return ahead[0]
    if ahead:
        raise UserError(
            _("{course} is in this plan more than once.").format(course=course),
            _("Say from which term."),
        )
    if found:
        term_to_come(basis, places[found[0]][1])
    raise UserError(
        _("{course} is not in this plan.").format(course=course or "?"),
        _("Open the plan again to see what is in it."),
    )


def not_planned_yet(basis: Basis, places: Places, course: str) -> None:
    """Refuse a course that is planned already, unless it may be taken again."""
    offered = basis.catalog.course(course)
    terms = [term for code, term in places if code == course and term in basis.open_terms()]
    if terms and offered is not None and not offered.repeatable:
        raise UserError(
            _("{course} is already planned in {term}.").format(
                course=offered.title, term=term_words(terms[0])
            ),
            _("Move it instead of adding it again."),
        )


def seen_as_is(version: PlanVersion, *, seen_hash: str) -> None:
    """Refuse a signature on anything but what was shown, or on a version changed by hand."""
    if content_hash(version) != version.content_hash:
        raise UserError(
            _("Version {number} is not what was saved.").format(number=version.number),
            _("Tell the district: someone changed the data by hand."),
        )
    if seen_hash != version.content_hash:
        raise UserError(
            _("The plan you saw is not version {number} as it is now.").format(
                number=version.number
            ),
            _("Open it again, read it, then sign."),
        )


def nothing_stops(version: PlanVersion) -> None:
    """Refuse to hand in a plan that cannot be carried out."""
    if stops(version.findings):
        first = next(finding for finding in version.findings if finding["level"] == "stop")
        raise UserError(
            _("This plan cannot work yet: {what}.").format(what=first["what"].rstrip(".")),
            first["fix"],
        )
