"""Writing a program of study together: nobody's work is lost, everybody is named."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from pathloom.engine.program.lines import lines_of
from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.programs.access import PROGRAM_DRAFTS
from pathloom.portal.programs.actions.comments import (
    add_remark,
    end_invitation,
    invite,
    resolve_remark,
)
from pathloom.portal.programs.actions.drafts import Place, start_draft, start_program
from pathloom.portal.programs.actions.lines import move_line, remove_line, save_line, undo
from pathloom.portal.programs.actions.proposals import decide_proposal, propose
from pathloom.portal.programs.actions.publish import publish_program
from pathloom.portal.programs.actions.review import (
    retire_program,
    return_draft,
    still_right,
    submit_for_review,
    take_back,
)
from pathloom.portal.programs.models import ProgramVersion, Publication, Review
from pathloom.portal.programs.queries.authoring import contributors_of
from pathloom.portal.programs.queries.published import published_program, published_versions
from pathloom.portal.programs.queries.sheets import sheet_of_version
from tests.portal.programs.making import content
from tests.portal.world import World

PLACE = Place("georgia", "stem", "engineering-and-technology")


@pytest.fixture
def draft(world: World) -> ProgramVersion:
    """Mr. Lind's sound draft with three courses."""
    made = start_program(home=world.school, by=world["lind"], title="Robots", place=PLACE)
    made.content = content()
    made.save()
    revision = made.revisions.get()
    revision.content = made.content
    revision.save()
    return made


def says(draft: ProgramVersion) -> dict[tuple[str, str], Any]:
    draft.refresh_from_db()
    return {line.name: line.fields for line in lines_of(sheet_of_version(draft))}


def test_two_authors_who_change_different_lines_lose_nothing(
    world: World, draft: ProgramVersion
) -> None:
    about = {"title": "Robots", "summary": "We build."}
    save_line(draft, by=world["lind"], revision=1, part="about", key="about", fields=about)
    saved = save_line(
        draft, by=world["ortiz"], revision=1, part="partners", key="", fields={"text": "Moss"}
    )
    found = says(draft)
    assert found["about", "about"]["summary"] == "We build."
    assert found["partners", "Moss"] == {"text": "Moss"}
    assert "We build." in saved.others[0], "the second author is told what the first one did"


def test_two_authors_who_change_the_same_thing_are_asked(
    world: World, draft: ProgramVersion
) -> None:
    for_lind, for_ortiz = ({"title": "Robots", "summary": words} for words in ("Yes.", "No."))
    save_line(draft, by=world["lind"], revision=1, part="about", key="about", fields=for_lind)
    with pytest.raises(Conflict) as asked:
        save_line(draft, by=world["ortiz"], revision=1, part="about", key="about", fields=for_ortiz)
    assert "Yes." in asked.value.changes[0]
    assert says(draft)["about", "about"]["summary"] == "Yes."
    save_line(draft, by=world["ortiz"], revision=2, part="about", key="about", fields=for_ortiz)
    assert says(draft)["about", "about"]["summary"] == "No.", "saved once both were seen"


def test_two_new_lines_of_one_name_are_both_kept(world: World, draft: ProgramVersion) -> None:
    for name in ("lind", "ortiz"):
        save_line(
            draft,
            by=world[name],
            revision=1,
            part="credentials",
            key="",
            fields={"title": "Welder", "issuer": name},
        )
    kept = {fields["issuer"] for (part, _), fields in says(draft).items() if part == "credentials"}
    assert kept == {"lind", "ortiz"}


def test_what_is_taken_out_comes_back_by_undo(world: World, draft: ProgramVersion) -> None:
    before = says(draft)
    remove_line(draft, by=world["lind"], revision=1, part="steps", key="engcon")
    assert ("steps", "engcon") not in says(draft)
    undo(draft, by=world["lind"], revision=2)
    assert says(draft) == before


def test_a_line_moves_one_place(world: World, draft: ProgramVersion) -> None:
    move_line(draft, by=world["lind"], revision=1, part="steps", key="fet", down=True)
    assert [key for part, key in says(draft) if part == "steps"] == ["engcon", "fet", "engapp"]


def test_every_author_is_kept_from_publishing(world: World, draft: ProgramVersion) -> None:
    fields = {"text": "Moss"}
    save_line(draft, by=world["halvorsen"], revision=1, part="partners", key="", fields=fields)
    submit_for_review(draft, by=world["lind"])
    with pytest.raises(UserError, match="You wrote this version"):
        publish_program(draft, by=world["halvorsen"])
    publish_program(draft, by=world["whitcomb"])
    assert published_program(world.school.slug, "robots") is not None


def test_a_draft_that_is_handed_in_is_not_changed_until_it_is_taken_back(
    world: World, draft: ProgramVersion
) -> None:
    submit_for_review(draft, by=world["lind"])
    with pytest.raises(UserError, match="being reviewed"):
        remove_line(draft, by=world["lind"], revision=1, part="steps", key="fet")
    take_back(draft, by=world["lind"])
    remove_line(draft, by=world["lind"], revision=1, part="sources", key="a-source")
    with pytest.raises(UserError, match="no source says"):
        submit_for_review(draft, by=world["lind"])


def test_a_reviewer_returns_it_with_words_only(world: World, draft: ProgramVersion) -> None:
    submit_for_review(draft, by=world["lind"])
    with pytest.raises(UserError, match="no words"):
        return_draft(draft, by=world["halvorsen"], words="  ")
    return_draft(draft, by=world["halvorsen"], words="Name the college.")
    assert Review.objects.get().words == "Name the college."
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.update(words="")


def test_an_invited_partner_sees_that_draft_until_it_ends(
    world: World, draft: ProgramVersion
) -> None:
    other = start_program(home=world.school, by=world["lind"], title="Secret", place=PLACE)
    kessler = world["kessler"]
    assert not PROGRAM_DRAFTS.may_open(kessler, draft)
    invitation = invite(
        draft, by=world["lind"], person=kessler, kind="business", organization="Kessler Works"
    )
    assert set(PROGRAM_DRAFTS.may_list(kessler)) == {draft}
    assert not PROGRAM_DRAFTS.may_open(kessler, other)
    end_invitation(invitation, by=world["lind"])
    assert not PROGRAM_DRAFTS.may_open(kessler, draft)


def test_nobody_is_invited_who_is_no_partner_of_the_district(
    world: World, draft: ProgramVersion
) -> None:
    for name in ("maya", "dana", "yates"):
        with pytest.raises(UserError, match="no partner of the district"):
            invite(draft, by=world["lind"], person=world[name], kind="college", organization="C")


def test_an_accepted_proposal_carries_who_made_it(world: World, draft: ProgramVersion) -> None:
    kessler = world["kessler"]
    invite(draft, by=world["lind"], person=kessler, kind="business", organization="Kessler Works")
    for kind in ("skill", "credential"):
        proposal = propose(draft, by=kessler, kind=kind, title=f"A {kind}")
        with pytest.raises(UserError, match="may not change"):
            decide_proposal(proposal, by=kessler, accept=True)
        decide_proposal(proposal, by=world["lind"], accept=True)
    found = says(draft)
    assert found["skills", "a-skill"]["proposed_by"] == "Ben Kessler, Kessler Works"
    assert found["credentials", "a-credential"]["proposed_by"] == "Ben Kessler, Kessler Works"
    assert ("Ben Kessler", "proposed") in {
        (person.get_full_name(), how) for person, _, how in contributors_of(draft)
    }


def test_a_declined_proposal_changes_nothing(world: World, draft: ProgramVersion) -> None:
    before = says(draft)
    proposal = propose(draft, by=world["hale"], kind="skill", title="Juggling")
    decide_proposal(proposal, by=world["lind"], accept=False)
    assert says(draft) == before


def test_a_comment_is_resolved_by_its_author_or_an_author_of_the_program(
    world: World, draft: ProgramVersion
) -> None:
    remark = add_remark(draft, by=world["hale"], text="Why?", name=("steps", "fet"))
    with pytest.raises(UserError, match="may not resolve"):
        resolve_remark(remark, by=world["whitcomb"])
    assert resolve_remark(remark, by=world["lind"]).resolved_by == world["lind"]


def test_a_program_is_renewed_confirmed_and_retired(world: World, draft: ProgramVersion) -> None:
    submit_for_review(draft, by=world["lind"])
    publish_program(draft, by=world["halvorsen"])
    still_right(draft, by=world["lind"], words="Read again.")
    second = start_draft(draft.program, by=world["lind"])
    with pytest.raises(UserError, match="a draft already"):
        start_draft(draft.program, by=world["ortiz"])
    assert second.number == 2
    retire_program(draft, by=world["halvorsen"])
    assert published_program(world.school.slug, "robots") is None
    assert not Publication.objects.filter(program=draft.program).exists()
    assert ProgramVersion.objects.get(pk=draft.pk).state == "retired", "it stays, for plans"


def test_a_template_of_the_district_is_not_public(world: World) -> None:
    made = start_program(home=world.district, by=world["whitcomb"], title="For all", place=PLACE)
    with pytest.raises(UserError, match="may not write"):
        start_program(home=world.district, by=world["lind"], title="For all", place=PLACE)
    assert not PROGRAM_DRAFTS.may_open(world["lind"], made), "a draft of the district's own"
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramVersion.objects.filter(pk=made.pk).update(state="published")
    ProgramVersion.objects.filter(pk=made.pk).update(
        state="published", reviewer=world["halvorsen"], published_at="2026-08-01T12:00:00Z"
    )
    Publication.objects.create(program=made.program, version=made)
    assert PROGRAM_DRAFTS.may_open(world["lind"], made), "its schools may start from it"
    assert made not in published_versions()
    assert not PROGRAM_DRAFTS.may_open(world["kessler"], made)
    assert not PROGRAM_DRAFTS.may_open(None, made)


def test_a_program_has_one_home(world: World, draft: ProgramVersion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        type(draft.program).objects.filter(pk=draft.program.pk).update(district=world.district)
