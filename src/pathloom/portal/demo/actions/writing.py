"""What goes on about published programs of a demo district: due reviews, next versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from pathloom.portal.accounts.models import User
from pathloom.portal.demo.actions.district import WritingData
from pathloom.portal.programs.actions.comments import add_remark, invite
from pathloom.portal.programs.actions.drafts import start_draft
from pathloom.portal.programs.actions.lines import save_line
from pathloom.portal.programs.actions.proposals import propose
from pathloom.portal.programs.actions.review import submit_for_review
from pathloom.portal.programs.models import (
    Invitation,
    ProgramOfStudy,
    ProgramVersion,
    Proposal,
    Review,
)

_OVERDUE = timedelta(days=430)  # a review is due after twelve months


def go_on_writing(
    program: ProgramOfStudy, data: WritingData, *, people: Mapping[str, User]
) -> None:
    """Bring a published program into the state that the data name."""
    if data.state == "stale":
        _make_stale(program)
        return
    by = people[data.by]
    draft = start_draft(program, by=by)
    save_line(
        draft,
        by=by,
        revision=draft.revision,
        part="partners",
        key="",
        fields={"text": data.partner},
    )
    if data.asked:
        _ask(draft, data, by=by, person=people[data.asked])
    if data.state == "in_review":
        submit_for_review(draft, by=by)


def _make_stale(program: ProgramOfStudy) -> None:
    """Let it be published, and read for the last time, more than a year ago."""
    for version in ProgramVersion.objects.filter(publication__program=program):
        if version.published_at is not None:
            version.published_at -= _OVERDUE
            version.save(update_fields=["published_at"])
        for review in Review.objects.filter(version=version):
            review.at -= _OVERDUE
            review.save(update_fields=["at"])


def _ask(draft: ProgramVersion, data: WritingData, *, by: User, person: User) -> None:
    """Invite somebody, who says what is missing and proposes a skill."""
    kind = Invitation.Kind.BUSINESS
    invite(draft, by=by, person=person, kind=kind, organization=data.organization)
    first = draft.content["steps"][0]
    add_remark(draft, by=person, text=data.comment, name=("steps", first["key"]))
    propose(draft, by=person, kind=Proposal.Kind.SKILL, title=data.skill)
