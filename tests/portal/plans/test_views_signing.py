"""Handing in, signing, sending back, commenting, through the pages."""

from __future__ import annotations

import pytest

from pathloom.portal.plans.models import Comment, PlanVersion, SignOff
from pathloom.portal.records.models import CaseloadAssignment
from tests.portal.plans.visits import (
    FALL,
    LAST,
    begin,
    edit,
    form_of,
    head,
    sign,
    submit,
    version_url,
    visitor,
    words,
)
from tests.portal.world import TODAY, World

State = PlanVersion.State


@pytest.fixture
def handed_in(world: World) -> PlanVersion:
    begin(world, "maya", ("USHIST", FALL))
    return submit(world)


def test_student_reads_what_is_signed_and_hands_it_in(world: World) -> None:
    version = begin(world, "maya", ("USHIST", FALL))
    client = visitor(world, "maya")
    page = client.get("/plan/submit/")
    assert "United States History" in words(page)
    assert "I have read version 2 of the graduation plan of Maya Ellison" in words(page)
    assert version.content_hash in words(page)
    answer = client.post("/plan/submit/", form_of(page), follow=True)
    assert "You signed version 2. It is on its way." in words(answer)
    assert head(world).state == State.SUBMITTED


def test_handing_in_needs_the_tick_that_it_was_read(world: World) -> None:
    begin(world, "maya", ("USHIST", FALL))
    client = visitor(world, "maya")
    form = form_of(client.get("/plan/submit/"))
    del form["read"]
    answer = client.post("/plan/submit/", form)
    assert answer.status_code == 422
    assert "Read the plan, then tick this box." in words(answer)
    assert not SignOff.objects.exists()


def test_the_same_form_sent_twice_is_one_signature(world: World) -> None:
    begin(world, "maya", ("USHIST", FALL))
    client = visitor(world, "maya")
    form = form_of(client.get("/plan/submit/"))
    first, second = client.post("/plan/submit/", form), client.post("/plan/submit/", form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert SignOff.objects.count() == 1


def test_back_button_after_handing_in_shows_the_version_instead(
    world: World, handed_in: PlanVersion
) -> None:
    answer = visitor(world, "maya").get("/plan/submit/")
    assert answer.headers["Location"] == f"/plan/versions/{handed_in.number}/"


def test_a_plan_changed_in_another_tab_is_not_handed_in_unseen(world: World) -> None:
    begin(world, "maya", ("USHIST", FALL))
    client = visitor(world, "maya")
    form = form_of(client.get("/plan/submit/"))
    edit(world, client, "move", course="USHIST", term=LAST)
    answer = client.post("/plan/submit/", form)
    assert answer.status_code == 409
    assert "moved from Fall 2027 to Spring 2028" in words(answer)
    assert not SignOff.objects.exists()


def test_guardian_and_counselor_sign_and_everybody_sees_three_names(
    world: World, handed_in: PlanVersion
) -> None:
    for name in ("dana", "ortiz"):
        answer = sign(world, handed_in, name)
        assert answer.status_code == 302, words(answer)
    page = words(visitor(world, "maya").get(f"/plan/versions/{handed_in.number}/"))
    assert "signed by all" in page
    for signer in ("Maya Ellison · student", "Dana Ellison · guardian", "Rosa Ortiz · counselor"):
        assert signer in page


def test_after_a_change_the_page_says_the_signatures_belong_to_the_earlier_version(
    world: World, handed_in: PlanVersion
) -> None:
    sign(world, handed_in, "dana")
    sign(world, handed_in, "ortiz")
    client = visitor(world, "maya")
    edit(world, client, "move", course="USHIST", term=LAST)
    sentence = (
        "These signatures belong to version 2. You changed the plan after that: "
        "version 3 is not signed."
    )
    assert sentence in words(client.get("/plan/"))
    assert sentence in words(client.get("/plan/versions/3/"))
    assert sentence not in words(client.get("/plan/versions/2/"))


def test_guardian_sees_what_changed_since_the_version_signed(
    world: World, handed_in: PlanVersion
) -> None:
    sign(world, handed_in, "dana")
    client = visitor(world, "maya")
    edit(world, client, "move", course="USHIST", term=LAST)
    submit(world)
    guardian = visitor(world, "dana")
    page = words(guardian.get("/children/"))
    assert "What changed since version 2, which you signed" in page
    assert "United States History moved from Fall 2027 to Spring 2028." in page
    assert "Version 2 was signed by: guardian." in words(
        guardian.get(version_url(world, head(world)))
    )


def test_a_signer_who_lost_the_role_signs_nothing(world: World, handed_in: PlanVersion) -> None:
    client = visitor(world, "ortiz")
    page = client.get(version_url(world, handed_in))
    CaseloadAssignment.objects.filter(student=world.student("maya")).update(ends_on=TODAY)
    answer = client.post(version_url(world, handed_in, "sign/"), form_of(page))
    assert answer.status_code == 404
    assert SignOff.objects.count() == 1


def test_a_version_replaced_while_reading_is_not_signed(
    world: World, handed_in: PlanVersion
) -> None:
    guardian = visitor(world, "dana")
    page = guardian.get(version_url(world, handed_in))
    edit(world, visitor(world, "maya"), "move", course="USHIST", term=LAST)
    submit(world)
    answer = guardian.post(version_url(world, handed_in, "sign/"), form_of(page))
    assert answer.status_code == 422
    assert "A newer version has taken the place of version 2." in words(answer)
    assert not SignOff.objects.filter(role="guardian").exists()


def test_sending_back_needs_words_and_the_student_reads_them(
    world: World, handed_in: PlanVersion
) -> None:
    counselor = visitor(world, "ortiz")
    address = version_url(world, handed_in, "return/")
    assert counselor.post(address, {"text": " "}).status_code == 422
    answer = counselor.post(address, {"text": "Add a fourth math course."}, follow=True)
    assert "You sent version 2 back to Maya." in words(answer)
    home = words(visitor(world, "maya").get("/home/"))
    assert "Read why your plan came back" in home
    assert "Add a fourth math course." in home


def test_guardian_sends_a_plan_back_too(world: World, handed_in: PlanVersion) -> None:
    guardian = visitor(world, "dana")
    answer = guardian.post(version_url(world, handed_in, "return/"), {"text": "Too many at once."})
    assert answer.status_code == 302
    assert head(world).state == State.RETURNED


def test_school_administrator_reads_but_neither_signs_nor_sends_back(
    world: World, handed_in: PlanVersion
) -> None:
    client = visitor(world, "halvorsen")
    page = client.get(version_url(world, handed_in))
    assert page.context["sign_form"] is None
    assert page.context["return_form"] is None
    sent = {"version": handed_in.pk, "seen_hash": handed_in.content_hash, "key": "k", "read": "on"}
    assert client.post(version_url(world, handed_in, "sign/"), sent).status_code == 422
    answer = client.post(version_url(world, handed_in, "return/"), {"text": "No."})
    assert answer.status_code == 422
    assert head(world).state == State.SUBMITTED


def test_comments_are_read_by_those_near_and_taken_back_by_their_author(
    world: World, handed_in: PlanVersion
) -> None:
    guardian = visitor(world, "dana")
    guardian.post(version_url(world, handed_in, "comment/"), {"text": "Orchestra stays?"})
    assert "Orchestra stays?" in words(visitor(world, "ortiz").get(version_url(world, handed_in)))
    assert "Orchestra stays?" not in words(
        visitor(world, "whitcomb").get(version_url(world, handed_in))
    )
    address = f"/plan/comments/{Comment.objects.get().pk}/withdraw/"
    assert visitor(world, "ortiz").post(address).status_code == 422
    assert guardian.post(address).status_code == 302
    assert "Orchestra stays?" not in words(guardian.get(version_url(world, handed_in)))


@pytest.mark.parametrize(
    "name", ["karim", "rick", "hale", "raman", "lind", "tate", "kessler", "noor", "zed", "quill"]
)
def test_strangers_get_404_for_a_version_its_pdf_and_every_action(
    world: World, handed_in: PlanVersion, name: str
) -> None:
    client = visitor(world, name)
    for last in ("", "plan.pdf"):
        assert client.get(version_url(world, handed_in, last)).status_code == 404
    for last in ("sign/", "return/", "comment/"):
        assert client.post(version_url(world, handed_in, last), {"text": "x"}).status_code == 404
    assert SignOff.objects.count() == 1


def test_district_reads_a_version_handed_in_but_not_a_draft(
    world: World, handed_in: PlanVersion
) -> None:
    edit(world, visitor(world, "maya"), "move", course="USHIST", term=LAST)
    client = visitor(world, "whitcomb")
    assert client.get(version_url(world, handed_in)).status_code == 200
    assert client.get(version_url(world, head(world))).status_code == 404


def test_a_plan_under_draft_rules_says_unofficial_wherever_it_is_read(
    world: World, handed_in: PlanVersion
) -> None:
    draft_rules = "The diploma rules used here are a draft. Nobody has confirmed them yet."
    assert draft_rules in words(visitor(world, "dana").get(version_url(world, handed_in)))
    assert "unofficial" in words(visitor(world, "maya").get("/plan/"))
    begin(world, "maya", ("USHIST", LAST))
    assert draft_rules in words(visitor(world, "maya").get("/plan/submit/"))
