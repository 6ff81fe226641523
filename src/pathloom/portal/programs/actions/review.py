"""Handing in a draft, sending it back, taking it back; saying that a program is still right."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.portal.accounts.models import District, User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.programs import checks
from pathloom.portal.programs.access import districts_written_for, may_publish
from pathloom.portal.programs.actions.lines import locked_draft, refuse_author
from pathloom.portal.programs.models import (
    ProgramOfStudy,
    ProgramVersion,
    Publication,
    Review,
    ReviewCycle,
    Revision,
)
from pathloom.portal.programs.queries.sheets import says_what_is_published

State = ProgramVersion.State


@transaction.atomic
def submit_for_review(version: ProgramVersion, *, by: User) -> ProgramVersion:
    """Hand a draft in, so that somebody who did not write it reads it.

    Raises:
        UserError: no author, not a draft, nothing is different from what is published, or a
            ``stop`` finding is open.
    """
    version = locked_draft(version)
    refuse_author(version, by=by)
    if version.state not in (State.DRAFT, State.RETURNED):
        raise UserError(_("This version is no draft."), _("Start a draft first."))
    if says_what_is_published(version):
        raise UserError(
            _("Nothing is different from what is published."),
            _("Change something first, or say of the published one that it is still right."),
        )
    findings = checks.stops(checks.run(version))
    if findings:
        raise UserError(" ".join(str(each) for each in findings), _("Correct this first."))
    version.state, version.submitted_at = State.IN_REVIEW, timezone.now()
    version.save(update_fields=["state", "submitted_at"])
    _event(version, by=by, action="submit_program")
    return version


@transaction.atomic
def take_back(version: ProgramVersion, *, by: User) -> ProgramVersion:
    """Take a draft back from review, to change it. Raises UserError: no author, not in review."""
    version = locked_draft(version)
    refuse_author(version, by=by)
    _refuse_unless_in_review(version)
    version.state = State.DRAFT
    version.save(update_fields=["state"])
    _event(version, by=by, action="take_back_program")
    return version


@transaction.atomic
def return_draft(version: ProgramVersion, *, by: User, words: str) -> Review:
    """Send a draft back to its authors, with words.

    Raises:
        UserError: no reviewer here, an author, no words, or it is not in review.
    """
    version = locked_draft(version)
    refuse_reviewer(version, by=by)
    _refuse_unless_in_review(version)
    if not words.strip():
        raise UserError(_("There are no words for the authors."), _("Write what has to change."))
    version.state = State.RETURNED
    version.save(update_fields=["state"])
    _event(version, by=by, action="return_program")
    return keep_review(version, by=by, kind=Review.Kind.RETURNED, words=words)


@transaction.atomic
def still_right(version: ProgramVersion, *, by: User, words: str = "") -> Review:
    """Say that what is published was read again and is still right.

    Raises:
        UserError: neither an author nor a reviewer of the program, or it is not published.
    """
    version = locked_draft(version)
    if not may_publish(by, version):
        refuse_author(version, by=by)
    if version.state != State.PUBLISHED:
        raise UserError(_("This version is not published."), _("Open the published one."))
    _event(version, by=by, action="review_program")
    return keep_review(version, by=by, kind=Review.Kind.STILL_RIGHT, words=words)


@transaction.atomic
def retire_program(version: ProgramVersion, *, by: User, words: str = "") -> Review:
    """Take a published program off the public pages; plans that use it keep it.

    Raises:
        UserError: the role to publish is missing, or it is not published.
    """
    version = locked_draft(version)
    if not may_publish(by, version):
        raise UserError(
            _("You may not retire programs of this school."),
            _("Ask an administrator of the school."),
        )
    if version.state != State.PUBLISHED:
        raise UserError(_("This version is not published."), _("Nothing is left to do."))
    Publication.objects.filter(program=version.program_id).delete()
    version.state = State.RETIRED
    version.save(update_fields=["state"])
    _event(version, by=by, action="retire_program")
    return keep_review(version, by=by, kind=Review.Kind.RETIRED, words=words)


@transaction.atomic
def give_to(program: ProgramOfStudy, *, by: User, owner: User) -> ProgramOfStudy:
    """Let a colleague look after a program from now on. Raises UserError: one is no author here."""
    program = ProgramOfStudy.objects.select_for_update().get(pk=program.pk)
    version = program.versions.select_related("program__school__district").latest("number")
    refuse_author(version, by=by)
    refuse_author(version, by=owner)
    program.owner = owner
    program.save(update_fields=["owner"])
    _event(version, by=by, action="give_program")
    return program


@transaction.atomic
def set_review_cycle(district: District, *, by: User, months: int) -> ReviewCycle:
    """Say after how many months without a review a district calls a program stale (1 to 60).

    Raises:
        UserError: no administrator of the district, or another number of months.
    """
    if not districts_written_for(by).filter(pk=district.pk).exists():
        raise UserError(
            _("You may not set this for the district."), _("Ask an administrator of the district.")
        )
    if not 1 <= months <= 60:
        raise UserError(_("A review is due after 1 to 60 months."), _("Write such a number."))
    cycle, _new = ReviewCycle.objects.update_or_create(
        district=district, defaults={"months": months}
    )
    record_event(
        by=by,
        action="set_review_cycle",
        obj=cycle,
        district_id=district.pk,
        data={"months": months},
    )
    return cycle


def keep_review(version: ProgramVersion, *, by: User, kind: str, words: str = "") -> Review:
    """Keep who read a version, and what came of it."""
    return Review.objects.create(
        version=version, kind=kind, words=words.strip(), by=by, at=timezone.now()
    )


def wrote(version: ProgramVersion, person: User) -> bool:
    """Whether a person is among the authors of a version: started it, or saved a change."""
    if version.author_id == person.pk:
        return True
    return Revision.objects.filter(version=version, by=person).exists()


def refuse_reviewer(version: ProgramVersion, *, by: User) -> None:
    """Only somebody with the role to publish, who wrote nothing of it, decides."""
    if not may_publish(by, version):
        raise UserError(
            _("You may not publish programs of this school."),
            _("Ask an administrator of the school."),
        )
    if wrote(version, by):
        raise UserError(_("You wrote this version."), _("Ask a colleague to read and publish it."))


def _refuse_unless_in_review(version: ProgramVersion) -> None:
    if version.state != State.IN_REVIEW:
        raise UserError(_("This version is not in review."), _("Look at it again."))


def _event(version: ProgramVersion, *, by: User, action: str) -> None:
    record_event(
        by=by,
        action=action,
        obj=version,
        district_id=version.program.home_district.pk,
        data={"program": version.program.slug, "number": version.number},
    )
