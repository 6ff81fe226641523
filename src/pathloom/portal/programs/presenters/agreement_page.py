"""The page of one version of the agreements with colleges."""

from __future__ import annotations

from typing import Any, TypedDict

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.engine.catalog import Agreements
from pathloom.portal.core.days import day_said
from pathloom.portal.core.queries import today
from pathloom.portal.core.tables import table
from pathloom.portal.programs import checks
from pathloom.portal.programs.access import may_agree, may_write_agreements
from pathloom.portal.programs.models import CollegeAgreements
from pathloom.portal.programs.presenters.agreement_changes import Difference, differences
from pathloom.portal.programs.presenters.agreements import (
    COLUMNS,
    AgreementRow,
    CollegeLine,
    agreement_rows,
    chosen_rows,
    college_lines,
    over_words,
    state_choices,
    table_row,
)
from pathloom.portal.programs.presenters.continuation_draft import program_titles
from pathloom.portal.programs.presenters.continuations import (
    ContinuationLine,
    FundingLine,
    continuation_lines,
    funding_line,
)
from pathloom.portal.programs.queries.agreements import (
    open_agreements,
    published_agreements,
    seen_hash,
    titles_of,
)
from pathloom.portal.programs.snapshot import agreements_in

Option = tuple[str, str]


class Draft(TypedDict):
    """Another version that is being written, and by whom."""

    number: int
    words: str
    url: str


class AgreementsPage(TypedDict):
    """``writes``, ``reviews``, ``takes_back``, ``discards``, ``starts``: what the reader may do."""

    number: int
    title: str
    state: str
    returned_why: str
    seen: str
    table: dict[str, Any]
    count: int
    all: int
    words: str
    college: str
    asked_state: str
    colleges: list[Option]
    states: list[Option]
    over: str
    lines: list[CollegeLine]
    goes_on: list[ContinuationLine]
    funding: FundingLine | None
    undo: str
    changes: list[Difference]
    problems: list[str]
    draft: Draft | None
    writes: bool
    takes_back: bool
    reviews: bool
    discards: bool
    starts: bool


def filtered_rows(request: HttpRequest, version: CollegeAgreements) -> list[AgreementRow]:
    """The agreements of a version that the address asks for."""
    return _chosen(request, _rows(version, agreements_in(version)))


def agreements_page(request: HttpRequest, version: CollegeAgreements) -> AgreementsPage:
    """Show a version with everything that the reader may do with it."""
    content = agreements_in(version)
    rows, user = _rows(version, content), request.user
    chosen = _chosen(request, rows)
    open_, own = version.published_at is None, version.author_id == user.pk
    in_review = open_ and version.submitted_at is not None
    agrees, draft = may_agree(user, version.district), open_agreements(version.district_id)
    number = {"number": version.number}
    writes = open_ and own and not in_review
    csv_url = reverse("programs:agreements_csv", kwargs=number)
    return {
        "number": version.number,
        "title": _title(version),
        "state": _state(version),
        "returned_why": version.returned_why if open_ else "",
        "seen": seen_hash(version),
        "table": table(
            request,
            caption=_("Agreements with colleges"),
            columns=COLUMNS,
            rows=[table_row(row, edit_url=_edit_url(row, version, writes)) for row in chosen],
            csv_url=f"{csv_url}?{request.GET.urlencode()}",
        ),
        "count": len(chosen),
        "all": len(rows),
        "words": request.GET.get("q", ""),
        "college": request.GET.get("college", ""),
        "asked_state": request.GET.get("state", ""),
        "colleges": [(each.id, each.title) for each in content.institutions],
        "states": state_choices(),
        "over": over_words(rows),
        "lines": college_lines(content),
        "goes_on": _goes_on(version, content, writes),
        "funding": funding_line(content.funding),
        "undo": version.last_change if writes else "",
        "changes": _changes(version, content) if open_ else [],
        "problems": [str(each) for each in checks.problems_of_agreements(version)] if open_ else [],
        "draft": _draft(draft) if draft is not None and draft.pk != version.pk else None,
        "writes": writes,
        "takes_back": in_review and own,
        "reviews": in_review and agrees and not own,
        "discards": open_ and (own or agrees),
        "starts": not open_ and draft is None and may_write_agreements(user, version.district),
    }


def _rows(version: CollegeAgreements, content: Agreements) -> list[AgreementRow]:
    titles = titles_of(version.district)
    return agreement_rows(content, titles=titles, today=today(version.district))


def _chosen(request: HttpRequest, rows: list[AgreementRow]) -> list[AgreementRow]:
    asked = request.GET
    return chosen_rows(
        rows,
        words=asked.get("q", ""),
        college=asked.get("college", ""),
        state=asked.get("state", ""),
    )


def _edit_url(row: AgreementRow, version: CollegeAgreements, writes: bool) -> str:
    if not writes:
        return ""
    return reverse("programs:agreement", args=[version.number, row["id"]])


def _goes_on(
    version: CollegeAgreements, content: Agreements, writes: bool
) -> list[ContinuationLine]:
    edits = version.number if writes else 0
    return continuation_lines(content, programs=program_titles(version), edits=edits)


def _changes(version: CollegeAgreements, content: Agreements) -> list[Difference]:
    holds = published_agreements(version.district_id)
    before = agreements_in(holds) if holds else None
    return differences(
        before, content, titles=titles_of(version.district), programs=program_titles(version)
    )


def _title(version: CollegeAgreements) -> str:
    if version.published_at is not None:
        return _("What {district} agreed with colleges").format(district=version.district.name)
    return _("Agreements with colleges: version {number}").format(number=version.number)


def _state(version: CollegeAgreements) -> str:
    """Who wrote it, and how far it is."""
    author = version.author.get_full_name()
    if version.published_at is not None and version.reviewer is not None:
        return _("Version {number}, written by {author}, published by {reviewer} on {day}.").format(
            number=version.number,
            author=author,
            reviewer=version.reviewer.get_full_name(),
            day=day_said(version.published_at.date()),
        )
    if version.submitted_at is not None:
        return _("{author} wrote it and handed it in. It is being reviewed.").format(author=author)
    return _("{author} is writing it. Nobody’s plan counts with it yet.").format(author=author)


def _draft(draft: CollegeAgreements) -> Draft:
    words = _("{name} is writing version {number}.")
    if draft.submitted_at is not None:
        words = _("Version {number} by {name} is being reviewed.")
    return {
        "number": draft.number,
        "words": words.format(name=draft.author.get_full_name(), number=draft.number),
        "url": reverse("programs:agreements_version", args=[draft.number]),
    }
