"""Who may not do what with a draft of a program of study, and when nobody may."""

from __future__ import annotations

from datetime import date

import pytest

from pathloom.portal.accounts.models import RoleGrant
from pathloom.portal.core.errors import UserError
from pathloom.portal.programs.access import PROGRAM_DRAFTS
from pathloom.portal.programs.actions.comments import add_remark, end_invitation, invite
from pathloom.portal.programs.actions.drafts import Place, start_draft, start_program
from pathloom.portal.programs.actions.lines import remove_line, save_line
from pathloom.portal.programs.actions.proposals import decide_proposal, propose
from pathloom.portal.programs.actions.publish import publish_program
from pathloom.portal.programs.actions.review import (
    give_to,
    retire_program,
    return_draft,
    set_review_cycle,
)
from pathloom.portal.programs.models import Invitation, ProgramVersion, ReviewCycle
from pathloom.portal.programs.queries.authoring import contributors_of, is_stale
from tests.portal.programs import making
from tests.portal.world import STARTED, TODAY, World

PLACE = Place("georgia", "stem", "engineering-and-technology")
MOSS = {"text": "Moss"}


@pytest.fixture
def draft(world: World) -> ProgramVersion:
    """Mr. Lind's draft, which has a title and nothing more."""
    return start_program(home=world.school, by=world["lind"], title="Robots", place=PLACE)


def invited(draft: ProgramVersion, world: World) -> Invitation:
    return invite(
        draft, by=world["lind"], person=world["kessler"], kind="business", organization="Works"
    )


def test_what_is_published_is_neither_changed_nor_talked_about(world: World) -> None:
    version = making.published(world.school, world["lind"], world["halvorsen"])
    with pytest.raises(UserError, match="published and stays as it is"):
        save_line(version, by=world["lind"], revision=1, part="partners", key="", fields=MOSS)
    with pytest.raises(UserError, match="cannot comment"):
        add_remark(version, by=world["lind"], text="Why?")
    with pytest.raises(UserError, match="cannot comment"):
        propose(version, by=world["lind"], kind="skill", title="Juggling")
    with pytest.raises(UserError, match="This version is published"):
        invited(version, world)


@pytest.mark.parametrize("name", ["kessler", "tate", "raman", "maya", "dana", "yates"])
def test_who_is_no_author_there_changes_nothing(
    world: World, draft: ProgramVersion, name: str
) -> None:
    invited(draft, world)
    by = world[name]
    for change in (
        lambda: save_line(draft, by=by, revision=1, part="partners", key="", fields=MOSS),
        lambda: remove_line(draft, by=by, revision=1, part="about", key="about"),
        lambda: invite(draft, by=by, person=by, kind="college", organization="C"),
        lambda: end_invitation(draft.invitations.get(), by=by),
        lambda: give_to(draft.program, by=by, owner=by),
    ):
        with pytest.raises(UserError, match="You may not change this program"):
            change()


@pytest.mark.parametrize("name", ["kessler", "tate", "maya", "dana", "yates"])
def test_who_was_not_asked_says_nothing(world: World, draft: ProgramVersion, name: str) -> None:
    with pytest.raises(UserError, match="cannot comment"):
        add_remark(draft, by=world[name], text="Why?")
    with pytest.raises(UserError, match="cannot comment"):
        propose(draft, by=world[name], kind="skill", title="Juggling")


def test_an_invited_partner_whose_role_ends_sees_nothing(
    world: World, draft: ProgramVersion
) -> None:
    invited(draft, world)
    assert PROGRAM_DRAFTS.may_open(world["kessler"], draft)
    RoleGrant.objects.filter(user=world["kessler"]).update(ends_on=TODAY)
    assert not PROGRAM_DRAFTS.may_open(world["kessler"], draft)


def test_an_invited_partner_sees_no_draft_that_was_retired(world: World) -> None:
    version = making.draft(world.school, world["lind"])
    invited(version, world)
    making.publish(version, world["halvorsen"])
    retire_program(version, by=world["halvorsen"])
    assert not PROGRAM_DRAFTS.may_open(world["kessler"], version)


def test_a_partner_of_another_district_is_not_invited(world: World, draft: ProgramVersion) -> None:
    RoleGrant.objects.create(
        user=world["zara"], role="partner", district=world.stranger_district, starts_on=STARTED
    )
    with pytest.raises(UserError, match="no partner of the district"):
        invite(draft, by=world["lind"], person=world["zara"], kind="college", organization="C")


def test_a_person_is_invited_once(world: World, draft: ProgramVersion) -> None:
    invited(draft, world)
    with pytest.raises(UserError, match="invited already"):
        invited(draft, world)


def test_a_proposal_is_decided_once_and_not_while_the_draft_is_reviewed(world: World) -> None:
    version = making.draft(world.school, world["lind"])
    version.revisions.create(
        number=1, title=version.title, content=version.content, what="Begun.", by=world["lind"],
        at=making.PUBLISHED_AT,
    )  # fmt: skip
    proposal = propose(version, by=world["hale"], kind="skill", title="Juggling")
    with pytest.raises(UserError, match="cannot be changed now"):
        decide_proposal(proposal, by=world["lind"], accept=True)
    return_draft(version, by=world["halvorsen"], words="Answer the proposal.")
    decide_proposal(proposal, by=world["lind"], accept=False)
    with pytest.raises(UserError, match="decided already"):
        decide_proposal(proposal, by=world["lind"], accept=True)


def test_who_only_proposed_what_was_declined_is_no_contributor(
    world: World, draft: ProgramVersion
) -> None:
    proposal = propose(draft, by=world["hale"], kind="skill", title="Juggling")
    decide_proposal(proposal, by=world["lind"], accept=False)
    assert [person for person, _, _ in contributors_of(draft)] == [world["lind"]]


def test_a_draft_that_nobody_handed_in_is_not_published(world: World) -> None:
    version = making.draft(world.school, world["lind"])
    version.state = ProgramVersion.State.DRAFT
    version.save()
    with pytest.raises(UserError, match="not handed in for review"):
        publish_program(version, by=world["halvorsen"])


@pytest.mark.parametrize("name", ["lind", "ortiz", "tate", "kessler", "yates"])
def test_who_may_not_publish_takes_no_program_off_the_public_pages(world: World, name: str) -> None:
    version = making.published(world.school, world["lind"], world["halvorsen"])
    with pytest.raises(UserError, match="may not retire"):
        retire_program(version, by=world[name])


def test_who_may_not_write_a_program_does_not_begin_a_draft_of_it(world: World) -> None:
    version = making.published(world.school, world["lind"], world["halvorsen"])
    for name in ("kessler", "tate", "maya", "yates"):
        with pytest.raises(UserError, match="may not write programs here"):
            start_draft(version.program, by=world[name])


def test_a_program_is_looked_after_by_somebody_who_may_write_it(
    world: World, draft: ProgramVersion
) -> None:
    for name in ("kessler", "tate", "maya"):
        with pytest.raises(UserError, match="may not change"):
            give_to(draft.program, by=world["lind"], owner=world[name])
    assert give_to(draft.program, by=world["lind"], owner=world["ortiz"]).owner == world["ortiz"]


def test_only_the_district_says_when_a_program_is_stale(world: World) -> None:
    for name in ("halvorsen", "lind", "yates"):
        with pytest.raises(UserError, match="may not set this"):
            set_review_cycle(world.district, by=world[name], months=6)
    for months in (0, 61):
        with pytest.raises(UserError, match="after 1 to 60 months"):
            set_review_cycle(world.district, by=world["whitcomb"], months=months)
    set_review_cycle(world.district, by=world["whitcomb"], months=6)
    assert ReviewCycle.objects.get().months == 6


def test_a_program_is_stale_from_the_day_its_review_is_due() -> None:
    last = date(2026, 8, 31)
    assert not is_stale(last, months=6, on=date(2027, 2, 27))
    assert is_stale(last, months=6, on=date(2027, 2, 28))
    assert is_stale(None, months=6, on=last)
