"""Changes of agreements with colleges as values, and what differs between two versions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypedDict, TypeVar

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.catalog import Agreement, Agreements, Continuation, Institution
from pathloom.engine.catalog.agreements import CollegeCourse, Funding, format_dollars
from pathloom.engine.units import SchoolYear, format_credits
from pathloom.portal.core.days import day_said
from pathloom.portal.programs.presenters.agreements import (
    claim_words,
    hours_words,
    years_words,
)
from pathloom.portal.programs.presenters.continuations import continuation_words, funding_words


class Difference(TypedDict):
    """One thing that a version says otherwise; ``tone`` and ``label`` are of its chip."""

    tone: str
    label: str
    words: str


def with_agreement(found: Agreements, each: Agreement) -> Agreements:
    """The agreement in place of the one with its id, or at the end."""
    if each.id in {one.id for one in found.agreements}:
        kept = tuple(each if one.id == each.id else one for one in found.agreements)
        return replace(found, agreements=kept)
    return replace(found, agreements=(*found.agreements, each))


def without_agreement(found: Agreements, agreement: str) -> Agreements:
    """Without one agreement."""
    return replace(found, agreements=tuple(one for one in found.agreements if one.id != agreement))


def retired(each: Agreement, *, today: date) -> Agreement:
    """The agreement, held to the courses that are taken up to this school year."""
    return replace(each, valid_to=max(SchoolYear.of(today), each.valid_from))


def agreement_of(found: Agreements, agreement: str) -> Agreement | None:
    """The agreement with an id."""
    return next((each for each in found.agreements if each.id == agreement), None)


def with_institution(found: Agreements, each: Institution) -> Agreements:
    """The college in place of the one with its id, or at the end."""
    if found.institution(each.id) is not None:
        kept = tuple(each if one.id == each.id else one for one in found.institutions)
        return replace(found, institutions=kept)
    return replace(found, institutions=(*found.institutions, each))


def with_course(each: Institution, course: CollegeCourse) -> Institution:
    """The college with a course, in place of the one with its code."""
    others = tuple(one for one in each.courses if one.code != course.code)
    return replace(each, courses=tuple(sorted((*others, course), key=lambda one: one.code)))


def without_course(each: Institution, code: str) -> Institution:
    """The college without a course."""
    return replace(each, courses=tuple(one for one in each.courses if one.code != code))


def continuation_of(found: Agreements, *, program: str, college: str) -> Continuation | None:
    """How a program goes on at a college."""
    return next(
        (one for one in found.programs if (one.program, one.institution) == (program, college)),
        None,
    )


def with_continuation(
    found: Agreements, each: Continuation, *, before: Continuation | None
) -> Agreements:
    """The continuation in place of the one before it, or at the end."""
    if before is None:
        return replace(found, programs=(*found.programs, each))
    return replace(found, programs=tuple(each if one == before else one for one in found.programs))


def without_continuation(found: Agreements, each: Continuation) -> Agreements:
    """Without one continuation."""
    return replace(found, programs=tuple(one for one in found.programs if one != each))


def users_of(found: Agreements, institution: str, code: str) -> bool:
    """Whether an agreement, or a program that goes on there, names a course of a college."""
    agreed = any(
        (one.institution, one.college_course) == (institution, code) for one in found.agreements
    )
    goes_on = any(
        one.institution == institution and any(code in term.courses for term in one.terms)
        for one in found.programs
    )
    return agreed or goes_on


def new_agreement_id(found: Agreements, *, course: str, institution: str, college: str) -> str:
    """A name that no agreement has yet."""
    return _free(f"{course}-{institution}-{college}", {one.id for one in found.agreements})


def new_institution_id(found: Agreements, title: str) -> str:
    """A name that no college has yet."""
    return _free(title, {one.id for one in found.institutions})


def _free(text: str, taken: set[str]) -> str:
    name = slugify(text) or "college"
    number, free = 2, name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free


def differences(
    before: Agreements | None,
    after: Agreements,
    *,
    titles: Mapping[str, str],
    programs: Mapping[str, str],
) -> list[Difference]:
    """What a version says otherwise than the one before.

    Args:
        titles: course code -> title.
        programs: slug of a program of study -> title.
    Returns:
        Agreements, then colleges, then how programs go on, then who pays.
    """
    old = before or Agreements(())
    colleges = {one.id: one.title for one in (*old.institutions, *after.institutions)}
    return [
        *_differences(
            {one.id: one for one in old.agreements},
            {one.id: one for one in after.agreements},
            words=lambda one: _agreement_words(one, titles),
        ),
        *_differences(
            {one.id: one for one in old.institutions},
            {one.id: one for one in after.institutions},
            words=_college_words,
        ),
        *_differences(
            {(one.institution, one.program): one for one in old.programs},
            {(one.institution, one.program): one for one in after.programs},
            words=lambda one: continuation_words(one, programs=programs, colleges=colleges),
        ),
        *_differences(
            {"": old.funding} if old.funding else {},
            {"": after.funding} if after.funding else {},
            words=funding_words,
        ),
    ]


K = TypeVar("K")
T = TypeVar("T", Agreement, Institution, Continuation, Funding)


def _differences(
    before: Mapping[K, T], after: Mapping[K, T], *, words: Callable[[T], list[str]]
) -> Iterator[Difference]:
    for name, each in after.items():
        if name not in before:
            yield {"tone": "met", "label": _("+ Added"), "words": ", ".join(words(each))}
        elif before[name] != each:
            said = _changed(words(before[name]), words(each))
            yield {"tone": "info", "label": _("Changed"), "words": said}
    for name, each in before.items():
        if name not in after:
            yield {"tone": "short", "label": _("− Taken out"), "words": ", ".join(words(each))}


def _changed(before: list[str], after: list[str]) -> str:
    """What it is, and of the rest only what is said otherwise; all of it where no word differs."""
    gone = ", ".join(part for part in before if part not in after)
    come = [part for part in after[1:] if part not in before]
    now = ", ".join([after[0], *come] if gone or come else after)
    if not gone:
        return _("{now} (not said before)").format(now=now) if come else now
    if come or before[0] != after[0]:
        return _("{now} (before: {before})").format(now=now, before=gone)
    return _("{now} (no longer: {before})").format(now=now, before=gone)


def _agreement_words(each: Agreement, titles: Mapping[str, str]) -> list[str]:
    course = titles.get(each.course, each.course or each.number)
    parts = [
        _("{course} counts as {college_course}").format(
            course=course, college_course=each.college_course
        ),
        _("taken {years}").format(years=years_words(each)),
        _("lowest mark {mark}").format(mark=each.minimum_mark) if each.minimum_mark else "",
        _("to be claimed {when}").format(when=claim_words(each)) if claim_words(each) else "",
        *each.needs,
        each.source.url,
    ]
    return [part for part in parts if part]


def _college_words(each: Institution) -> list[str]:
    parts = [each.title, ngettext("%(n)s course", "%(n)s courses", len(each.courses))]
    parts[1] %= {"n": len(each.courses)}
    if each.tuition is not None:
        parts.append(
            _("{amount} an hour as of {day}").format(
                amount=format_dollars(each.tuition.per_hour), day=day_said(each.tuition.as_of)
            )
        )
        parts.append(each.tuition.source.url)
    if each.term_months is not None:
        words = ngettext("%(n)s month in a term", "%(n)s months in a term", each.term_months)
        parts.append(words % {"n": each.term_months})
    if each.accepts is not None:
        hours = format_credits(each.accepts).removesuffix(".0")
        parts.append(_("takes over at most {hours} hours").format(hours=hours))
    return parts + [f"{one.code} {one.title} ({hours_words(one)})" for one in each.courses]
