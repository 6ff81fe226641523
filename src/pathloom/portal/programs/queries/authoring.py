"""What staff read while they write programs of study: lists, people, reviews, coverage."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet
from pydantic import ValidationError

from pathloom.portal.accounts.models import District, RoleGrant, User
from pathloom.portal.accounts.roles import PARTNER
from pathloom.portal.catalog.models import Course, Offering
from pathloom.portal.core.queries import today
from pathloom.portal.programs.access import PROGRAM_DRAFTS
from pathloom.portal.programs.models import (
    Invitation,
    ProgramOfStudy,
    ProgramVersion,
    Proposal,
    Remark,
    Review,
    ReviewCycle,
    Revision,
)
from pathloom.portal.programs.queries.published import codes_in, content_of, published_versions
from pathloom.portal.programs.roles import AUTHORS, TEMPLATE_AUTHORS

_FOUND_RIGHT = (Review.Kind.APPROVED, Review.Kind.STILL_RIGHT)


@dataclass(frozen=True, slots=True)
class Written:
    """A program of study with the version to work on, the published one, and its last review."""

    program: ProgramOfStudy
    newest: ProgramVersion
    published: ProgramVersion | None
    reviewed_on: date | None
    stale: bool
    own: bool = True  # whether the person who asks may open its authoring pages


def months_until_stale(district: District) -> int:
    """After how many months without a review the district calls a program stale."""
    found = ReviewCycle.objects.filter(district=district).first()
    return found.months if found else ReviewCycle.USUAL_MONTHS


def written_programs(user: Any) -> list[Written]:
    """The programs a person may work on, by title of the newest version; five queries."""
    versions = (
        PROGRAM_DRAFTS.may_list(user)
        .distinct()
        .select_related(
            "program__school__district", "program__district", "program__owner", "publication"
        )
        .order_by("program", "-number")
    )
    by_program: dict[int, list[ProgramVersion]] = {}
    for version in versions:
        by_program.setdefault(version.program_id, []).append(version)
    reviewed = last_reviews(by_program)
    months: dict[int, int] = {}
    found = []
    for own in by_program.values():
        district = own[0].program.home_district
        if district.pk not in months:
            months[district.pk] = months_until_stale(district)
        found.append(_written(own, reviewed, months[district.pk]))
    return sorted(found, key=lambda each: (each.newest.title.casefold(), each.program.pk))


def not_offered(programs: Iterable[Written]) -> dict[int, int]:
    """Program id -> how many courses it names that its school (or district) has not; two queries.

    What the public sees counts, or the newest version before there is that.
    """
    every = list(programs)
    schools = {each.program.school_id for each in every}
    districts = {each.program.district_id for each in every}
    offered: dict[tuple[str, int | None], set[str]] = {}
    rows = Offering.objects.filter(school__in=schools - {None})
    for school, code in rows.values_list("school", "course__code"):
        offered.setdefault(("school", school), set()).add(code)
    courses = Course.objects.filter(district__in=districts - {None})
    for district, code in courses.values_list("district", "code"):
        offered.setdefault(("district", district), set()).add(code)
    return {
        each.program.pk: len(_named_in(each) - offered.get(_home_of(each.program), set()))
        for each in every
    }


def _home_of(program: ProgramOfStudy) -> tuple[str, int | None]:
    if program.district_id is not None:
        return "district", program.district_id
    return "school", program.school_id


def _named_in(written: Written) -> set[str]:
    try:
        return codes_in(content_of(written.published or written.newest))
    except ValidationError:
        return set()


def _written(own: list[ProgramVersion], reviewed: dict[int, date], months: int) -> Written:
    published = next((v for v in own if v.state == ProgramVersion.State.PUBLISHED), None)
    program = own[0].program
    last = reviewed.get(program.pk)
    if last is None and published is not None and published.published_at is not None:
        last = published.published_at.date()
    day = today(program.home_district)
    stale = published is not None and is_stale(last, months=months, on=day)
    return Written(program, own[0], published, last, stale)


def covering_programs(user: Any, district: District) -> list[Written]:
    """The programs of a district's schools: those a person works on, and what others publish."""
    mine = [each for each in written_programs(user) if not each.program.is_template]
    known = {each.program.pk for each in mine}
    others = published_versions().filter(program__school__district=district)
    versions = [
        each for each in others.select_related("program__owner") if each.program_id not in known
    ]
    reviewed = last_reviews(version.program_id for version in versions)
    months = months_until_stale(district)
    return [
        *mine,
        *(replace(_written([each], reviewed, months), own=False) for each in versions),
    ]


def last_reviews(programs: Iterable[int]) -> dict[int, date]:
    """When each program was last found right, by the id of the program; one query."""
    found = Review.objects.filter(version__program__in=list(programs), kind__in=_FOUND_RIGHT)
    rows = found.values_list("version__program").annotate(last=Max("at"))
    return {program: last.date() for program, last in rows.order_by()}


def is_stale(last: date | None, *, months: int, on: date) -> bool:
    """Whether a review is due: none was held in the last so many months."""
    return last is None or months_later(last, months) <= on


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def draft_of(version: ProgramVersion) -> ProgramVersion:
    """The version with all that its pages show beside its content; three queries more."""
    return (
        ProgramVersion.objects.select_related(
            "program__school__district", "program__district", "program__owner", "author"
        )
        .prefetch_related(
            Prefetch("remarks", Remark.objects.select_related("author", "resolved_by")),
            Prefetch("proposals", Proposal.objects.select_related("by", "decided_by")),
            Prefetch("invitations", Invitation.objects.select_related("person")),
            Prefetch("reviews", Review.objects.select_related("by")),
            Prefetch("revisions", Revision.objects.select_related("by").order_by("-number")),
        )
        .get(pk=version.pk)
    )


def published_before(version: ProgramVersion) -> ProgramVersion | None:
    """The version the public sees until this one is published; none for the first."""
    others = ProgramVersion.objects.filter(
        program=version.program_id, state__in=ProgramVersion.ONCE_PUBLIC, number__lt=version.number
    )
    return others.order_by("-number").first()


def partners_of(district: District) -> list[User]:
    """The people of a district who hold the role of a partner today, by name."""
    here = Q(district=district) | Q(school__district=district)
    return _holding(Q(role=PARTNER) & here, district)


def authors_at(program: ProgramOfStudy) -> list[User]:
    """The people who may write a program, by name."""
    if program.district is not None:
        wanted = Q(role__in=TEMPLATE_AUTHORS, district=program.district)
    else:
        wanted = Q(role__in=AUTHORS, school=program.school) | Q(
            role__in=AUTHORS, district=program.school.district
        )
    return _holding(wanted, program.home_district)


def _holding(wanted: Q, district: District) -> list[User]:
    day = today(district)
    grants: QuerySet[RoleGrant] = RoleGrant.objects.filter(
        wanted, Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day
    )
    people = User.objects.filter(pk__in=grants.values("user"), is_active=True, district=district)
    return list(people.order_by("display_name", "pk"))


def contributors_of(version: ProgramVersion) -> list[tuple[User, str, str]]:
    """Who worked on a version: (person, organization, how: wrote, commented, proposed), once each.

    Three queries; authors come first, each group in the order in which they came in.
    """
    found: dict[int, tuple[User, str, str]] = {}
    for revision in Revision.objects.filter(version=version).select_related("by"):
        found.setdefault(revision.by_id, (revision.by, "", "wrote"))
    found.setdefault(version.author_id, (version.author, "", "wrote"))
    for proposal in Proposal.objects.filter(version=version).select_related("by"):
        if proposal.answer == Proposal.Answer.ACCEPTED:
            found.setdefault(proposal.by_id, (proposal.by, proposal.organization, "proposed"))
    for remark in Remark.objects.filter(version=version).select_related("author"):
        found.setdefault(remark.author_id, (remark.author, remark.organization, "commented"))
    return list(found.values())
