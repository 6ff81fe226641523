"""Writing, reviewing and publishing what a district has agreed with colleges."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.engine.catalog import Agreements
from pathloom.portal.accounts.models import District, User
from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.programs import checks
from pathloom.portal.programs.access import may_agree, may_write_agreements
from pathloom.portal.programs.actions.publish import refuse_draft
from pathloom.portal.programs.models import CollegeAgreements
from pathloom.portal.programs.queries.agreements import (
    open_agreements,
    published_agreements,
    seen_hash,
    versions_of,
)
from pathloom.portal.programs.snapshot import AGREEMENTS, agreements_in

LONGEST = 2000
_WRITTEN = ("content", "before", "last_change")


@transaction.atomic
def start_agreements(*, district: District, by: User) -> CollegeAgreements:
    """Begin a draft with what holds now; the draft that the person writes already is returned.

    Raises:
        UserError: no right to write here, or somebody else is writing a draft.
    """
    _may_write(by, district)
    District.objects.select_for_update().get(pk=district.pk)
    draft = open_agreements(district.pk)
    if draft is not None and draft.author_id == by.pk:
        return draft
    if draft is not None:
        raise UserError(
            _("{name} is writing version {number}.").format(
                name=draft.author.get_full_name(), number=draft.number
            ),
            _("Tell the author what to change, or review that version."),
        )
    newest, holds = versions_of(district.pk).first(), published_agreements(district.pk)
    version = CollegeAgreements.objects.create(
        district=district,
        number=newest.number + 1 if newest else 1,
        content=holds.content if holds else {"institutions": []},
        author=by,
    )
    _record("start", version, by)
    return version


@transaction.atomic
def save_agreements(
    *, version: CollegeAgreements, content: Agreements, seen: str, what: str, by: User
) -> CollegeAgreements:
    """Keep a change of a draft; whether it all holds together is asked when it is handed in.

    Args:
        seen: ``seen_hash`` of the version on the page.
        what: the change in words.
    Raises:
        UserError: not the author, or the draft is in review or published.
        Conflict: it has changed since the page was opened.
    """
    version = _changeable(version, by)
    _as_seen(version, seen)
    version.before, version.last_change = version.content, what
    version.content = AGREEMENTS.dump_python(content, mode="json")
    version.save(update_fields=_WRITTEN)
    _record("change", version, by, what=what)
    return version


@transaction.atomic
def undo_agreements(*, version: CollegeAgreements, seen: str, by: User) -> CollegeAgreements:
    """Take back the last change of a draft, one step.

    Args:
        seen: ``seen_hash`` of the version on the page.
    Raises:
        UserError: as ``save_agreements``, or there is no change to take back.
        Conflict: it has changed since the page was opened.
    """
    version = _changeable(version, by)
    _as_seen(version, seen)
    if version.before is None:
        raise UserError(_("There is nothing to undo."), _("Change what should be different."))
    what = _("Undone: {what}").format(what=version.last_change)
    version.content, version.before, version.last_change = version.before, None, ""
    version.save(update_fields=_WRITTEN)
    _record("change", version, by, what=what)
    return version


@transaction.atomic
def submit_agreements(*, version: CollegeAgreements, by: User) -> CollegeAgreements:
    """Hand a draft in for review; until it comes back nobody changes it.

    Raises:
        UserError: not the author, handed in already, what it says does not hold together or is
            what holds already.
    """
    version = _own_draft(version, by)
    if version.submitted_at is not None:
        raise UserError(_("This version is being reviewed already."), _("Wait for the answer."))
    _holds_together(version)
    holds = published_agreements(version.district_id)
    if holds is not None and agreements_in(holds) == agreements_in(version):
        raise UserError(
            _("Nothing is different from what holds now."),
            _("Change something first, or throw the draft away."),
        )
    version.submitted_at, version.returned_why = timezone.now(), ""
    version.save(update_fields=["submitted_at", "returned_why"])
    _record("submit", version, by)
    return version


@transaction.atomic
def return_agreements(*, version: CollegeAgreements, why: str, by: User) -> CollegeAgreements:
    """Give a version in review back to its author; the author may take it back without words.

    Raises:
        UserError: neither the author nor of the district, not in review, or no words.
    """
    version = _locked(version)
    own, words = version.author_id == by.pk, why.strip()
    if not own and not may_agree(by, version.district):
        raise UserError(
            _("You may not review agreements of this district."),
            _("Ask an administrator of the district."),
        )
    if version.submitted_at is None or version.published_at is not None:
        raise UserError(_("This version is not in review."), _("Look at the page again."))
    if not own and not words:
        raise UserError(_("The answer has no words."), _("Write what should change."))
    if len(words) > LONGEST:
        raise UserError(
            _("The answer has {count} characters.").format(count=len(words)),
            _("Use at most {most}.").format(most=LONGEST),
        )
    version.submitted_at, version.returned_why = None, "" if own else words
    version.save(update_fields=["submitted_at", "returned_why"])
    _record("return", version, by, why=version.returned_why)
    return version


@transaction.atomic
def discard_agreements(*, version: CollegeAgreements, by: User) -> None:
    """Throw a draft away; its author, or the district.

    Raises:
        UserError: neither of them, or the version is published.
    """
    version = _locked(version)
    if version.author_id != by.pk and not may_agree(by, version.district):
        raise UserError(_("This is not your draft."), _("Ask its author."))
    if version.published_at is not None:
        raise UserError(
            _("This version is published."), _("Start a new draft and change it there.")
        )
    _record("discard", version, by)
    version.delete()


@transaction.atomic
def publish_agreements(version: CollegeAgreements, *, by: User, seen: str) -> CollegeAgreements:
    """Let a version of the agreements with colleges hold for the district from now on.

    Args:
        version: in review; its author is somebody else.
        by: an administrator of the district; becomes the reviewer.
        seen: ``seen_hash`` of the version that was read.
    Raises:
        UserError: the role is missing, the author publishes their own version, it is published
            already, not handed in, a later version is, or what it says does not hold together.
        Conflict: it is not what was read.
    """
    version = _locked(version)
    if not may_agree(by, version.district):
        raise UserError(
            _("You may not publish agreements of this district."),
            _("Ask an administrator of the district."),
        )
    holds = published_agreements(version.district_id)
    refuse_draft(version, by=by, newest=holds.number if holds else 0)
    if version.submitted_at is None:
        raise UserError(
            _("This version is not handed in for review."), _("Ask its author to hand it in.")
        )
    _as_seen(version, seen)
    _holds_together(version)
    version.reviewer, version.published_at = by, timezone.now()
    version.before, version.last_change = None, ""
    version.save(update_fields=["reviewer", "published_at", "before", "last_change"])
    _record("publish", version, by)
    return version


def _may_write(by: User, district: District) -> None:
    if not may_write_agreements(by, district):
        raise UserError(
            _("You may not write agreements of this district."), _("Ask the district office.")
        )


def _locked(version: CollegeAgreements) -> CollegeAgreements:
    """The version as it is now; writers of a district take turns."""
    District.objects.select_for_update().get(pk=version.district_id)
    return CollegeAgreements.objects.select_related("district", "author").get(pk=version.pk)


def _own_draft(version: CollegeAgreements, by: User) -> CollegeAgreements:
    version = _locked(version)
    _may_write(by, version.district)
    if version.author_id != by.pk:
        raise UserError(
            _("Only {name}, who wrote this version, changes it.").format(
                name=version.author.get_full_name()
            ),
            _("Tell the author what to change."),
        )
    if version.published_at is not None:
        raise UserError(
            _("This version is published."), _("Start a new draft and change it there.")
        )
    return version


def _changeable(version: CollegeAgreements, by: User) -> CollegeAgreements:
    """The person's own draft, while nobody reviews it."""
    version = _own_draft(version, by)
    if version.submitted_at is not None:
        raise UserError(
            _("This version is being reviewed."), _("Take it back first, then change it.")
        )
    return version


def _as_seen(version: CollegeAgreements, seen: str) -> None:
    if seen_hash(version) != seen:
        raise Conflict(
            _("This version has changed since you opened the page."),
            _("Look at what is there now, then try again."),
        )


def _holds_together(version: CollegeAgreements) -> None:
    problems = checks.problems_of_agreements(version)
    if problems:
        raise UserError(
            " ".join(str(problem) for problem in problems), _("Correct this, then go on.")
        )


def _record(done: str, version: CollegeAgreements, by: User, **more: Any) -> None:
    record_event(
        by=by,
        action=f"{done}_agreements",
        obj=version,
        district_id=version.district_id,
        data={"number": version.number, **more},
    )
