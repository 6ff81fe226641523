"""The pages on which programs of study are written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pathloom.portal.programs.actions.comments import invite
from pathloom.portal.programs.actions.drafts import Place, start_draft, start_program
from pathloom.portal.programs.models import ProgramVersion, ReviewCycle
from pathloom.portal.programs.presenters.authoring_lines import TABS
from pathloom.portal.programs.queries.authoring import written_programs
from tests.portal.programs.making import PUBLISHED_AT
from tests.portal.world import World

PLACE = Place("georgia", "stem", "engineering-and-technology")
ENGINEERING = "template:georgia-engineering@1"


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world[name])
    return client


@pytest.fixture
def started(world: World) -> ProgramVersion:
    """Mr. Lind's draft from Georgia's template of engineering."""
    return start_program(
        home=world.school, by=world["lind"], title="", place=Place("", ""), base=ENGINEERING
    )


def tab(draft: ProgramVersion, name: str = "sequence") -> str:
    return reverse("programs:draft_tab", args=[draft.pk, name])


def send(client: Client, draft: ProgramVersion, part: str, **data: Any) -> Any:
    draft.refresh_from_db()
    sent = {"revision": draft.revision, "key": ""} | data
    return client.post(reverse("programs:line", args=[draft.pk, part]), sent)


@pytest.mark.parametrize("name", TABS)
def test_every_tab_opens_for_its_author(world: World, started: ProgramVersion, name: str) -> None:
    response = signed_in(world, "lind").get(tab(started, name))
    assert response.status_code == 200
    assert "Engineering and Technology" in response.content.decode()


@pytest.mark.parametrize(
    "name", ["authoring", "authoring_csv", "new_program", "coverage", "coverage_csv"]
)
def test_every_list_opens_for_staff_and_for_nobody_else(world: World, name: str) -> None:
    address = reverse(f"programs:{name}")
    assert signed_in(world, "lind").get(address).status_code == 200
    assert signed_in(world, "whitcomb").get(address).status_code == 200
    for person in ("maya", "dana"):
        assert signed_in(world, person).get(address).status_code == 403
    theirs = 200 if name in ("authoring", "authoring_csv") else 403
    assert signed_in(world, "kessler").get(address).status_code == theirs


def test_a_partner_finds_a_draft_only_while_it_invites(
    world: World, started: ProgramVersion
) -> None:
    client, address = signed_in(world, "kessler"), reverse("programs:authoring")
    assert address in client.get(reverse("accounts:partner")).content.decode()
    empty = client.get(address)
    assert "No school asks for your help right now" in empty.content.decode()
    assert started.title not in empty.content.decode()
    asked = {"by": world["lind"], "person": world["kessler"], "kind": "business"}
    invitation = invite(started, organization="Moss", **asked)
    listed = client.get(address).content.decode()
    assert started.title in listed
    assert "No school asks for your help right now" not in listed
    assert client.get(reverse("programs:coverage")).status_code == 403
    invitation.ended_at = timezone.now()
    invitation.save()
    assert "No school asks for your help right now" in client.get(address).content.decode()
    invite(started, organization="Moss", **asked)
    ProgramVersion.objects.filter(pk=started.pk).update(
        state=ProgramVersion.State.PUBLISHED,
        reviewer=world["halvorsen"],
        published_at=PUBLISHED_AT,
    )
    over = client.get(address).content.decode()
    assert "No school asks for your help right now" in over, (
        "what is published asks nobody any more"
    )


def test_every_part_has_a_form(world: World, started: ProgramVersion) -> None:
    client = signed_in(world, "lind")
    for name, parts in TABS.items():
        for part in parts:
            words = client.get(f"{tab(started, name)}?edit={part}:").content.decode()
            assert 'name="revision"' in words
            if part not in ("about",):
                assert f'/lines/{part}/"' in words, part


def test_a_line_is_added_changed_moved_and_taken_out(world: World, started: ProgramVersion) -> None:
    client = signed_in(world, "lind")
    response = send(client, started, "credentials", title="Welder", after="certificate")
    assert response.status_code == 302
    assert "Welder" in client.get(tab(started, "outcomes")).content.decode()
    send(client, started, "credentials", key="welder", title="Welder 2", after="certificate")
    page = client.get(tab(started, "outcomes")).content.decode()
    assert "Welder 2" in page
    started.refresh_from_db()
    sent = {"revision": started.revision, "key": "welder"}
    client.post(reverse("programs:line_remove", args=[started.pk, "credentials"]), sent)
    assert "Welder 2" not in client.get(tab(started, "outcomes")).content.decode()


@pytest.mark.parametrize("sent", ["civil engineers", "17-2051.00", "17-2051"])
def test_an_occupation_is_kept_word_for_word_with_its_code(
    world: World, started: ProgramVersion, sent: str
) -> None:
    client = signed_in(world, "lind")
    assert '<option value="Civil Engineers">' in client.get(
        f"{tab(started, 'outcomes')}?edit=occupations:"
    ).content.decode().replace("></option>", ">")
    send(client, started, "occupations", title=sent, after="bachelor", soc="99-9999.99")
    started.refresh_from_db()
    kept = started.content["occupations"][-1]
    assert (kept["title"], kept["soc"]) == ("Civil Engineers", "17-2051.00")


def test_an_occupation_that_is_not_in_the_list_is_kept_and_told(
    world: World, started: ProgramVersion
) -> None:
    client = signed_in(world, "lind")
    send(client, started, "occupations", title="Bridge people", after="bachelor")
    words = client.get(tab(started, "outcomes")).content.decode()
    assert "Bridge people" in words
    assert "is not the title of one occupation. Choose the title from the list." in words


def test_the_second_of_two_authors_sees_both_and_keeps_the_words(
    world: World, started: ProgramVersion
) -> None:
    lind, ortiz = signed_in(world, "lind"), signed_in(world, "ortiz")
    address = reverse("programs:line", args=[started.pk, "about"])
    sent = {"revision": 1, "key": "about", "title": started.title}
    assert lind.post(address, sent | {"summary": "What Lind wrote."}).status_code == 302
    response = ortiz.post(address, sent | {"summary": "What Ortiz wrote."})
    words = response.content.decode()
    assert response.status_code == 409
    assert "What Lind wrote." in words
    assert "What Ortiz wrote." in words
    assert 'name="revision" value="2"' in words, "saving again is on what was seen"


def test_a_line_with_mistakes_comes_back_with_its_words(
    world: World, started: ProgramVersion
) -> None:
    client = signed_in(world, "lind")
    response = send(client, started, "sources", title="A book", url="javascript:alert(1)")
    assert response.status_code == 422
    assert "A book" in response.content.decode()


def test_html_in_every_text_is_shown_as_text(world: World, started: ProgramVersion) -> None:
    client, evil = signed_in(world, "lind"), "<script>alert(1)</script>"
    send(client, started, "about", key="about", title=evil, summary=evil)
    send(client, started, "skills", title=evil)
    send(client, started, "contact", name=evil)
    send(client, started, "entries", grade="9", about=evil)
    client.post(reverse("programs:remark", args=[started.pk]), {"text": evil})
    client.post(reverse("programs:propose", args=[started.pk]), {"kind": "skill", "title": evil})
    for name in TABS:
        words = client.get(tab(started, name)).content.decode()
        assert evil not in words, name
    assert "&lt;script&gt;" in client.get(tab(started, "talk")).content.decode()


def test_a_title_of_200_characters_is_kept_and_a_longer_one_comes_back(
    world: World, started: ProgramVersion
) -> None:
    client = signed_in(world, "lind")
    assert send(client, started, "about", key="about", title="x" * 200).status_code == 302
    started.refresh_from_db()
    assert started.title == "x" * 200
    assert send(client, started, "about", key="about", title="x" * 201).status_code == 422


def test_an_empty_row_is_shown_and_told(world: World, started: ProgramVersion) -> None:
    client = signed_in(world, "lind")
    assert send(client, started, "steps", grade="9").status_code == 302
    words = client.get(tab(started)).content.decode()
    assert "Grade 9: no course" in words
    assert "Names no course. Name one." in words


def test_a_partner_comments_and_proposes_but_changes_nothing(
    world: World, started: ProgramVersion
) -> None:
    invite(started, by=world["lind"], person=world["kessler"], kind="business", organization="Moss")
    client = signed_in(world, "kessler")
    assert "edit=" not in client.get(tab(started)).content.decode()
    assert send(client, started, "partners", text="Me").status_code == 422
    started.refresh_from_db()
    assert started.revision == 1


def test_coverage_names_what_has_no_program(world: World, started: ProgramVersion) -> None:
    client = signed_in(world, "lind")
    words = client.get(reverse("programs:coverage_csv")).content.decode()
    rows = [line for line in words.splitlines() if "Engineering and Technology" in line]
    assert any("Magnolia High School" in row for row in rows)
    assert any(line.startswith("Energy,,none,") for line in words.splitlines())


@pytest.mark.parametrize(("months", "stale"), [(3, True), (4, False)])
def test_a_program_is_stale_once_its_review_is_due(world: World, months: int, stale: bool) -> None:
    ReviewCycle.objects.create(district=world.district, months=months)
    written = {each.newest.title: each for each in written_programs(world["lind"])}
    assert written["Engineering and Technology"].stale == stale  # published on August 1


def test_what_the_template_changed_since_is_taken_over_line_by_line_or_at_once(
    world: World, started: ProgramVersion
) -> None:
    """The template of the draft says more than it did when the draft was started."""
    kept = started.base_content
    kept["content"]["steps"] = kept["content"]["steps"][:2]
    kept["content"]["steps"][1]["grade"] = 12
    started.base_content = kept
    started.content = kept["content"] | {"partners": ["Moss"]}
    started.save()
    client = signed_in(world, "lind")
    words = client.get(tab(started, "template")).content.decode()
    assert "Partner “Moss” was added." in words
    assert "Grade 11: Engineering Applications was added." in words
    take = reverse("programs:template_take", args=[started.pk])
    client.post(take, {"revision": started.revision, "name": "steps/third"})
    started.refresh_from_db()
    assert [step["key"] for step in started.content["steps"]] == ["first", "second", "third"]
    client.post(take, {"revision": started.revision})
    started.refresh_from_db()
    assert [step["grade"] for step in started.content["steps"]] == [9, 10, 11, 12]
    assert started.content["partners"] == ["Moss"], "what we added stays"
    assert "You have its newest state." in client.get(tab(started, "template")).content.decode()


def test_taking_over_asks_again_when_somebody_saved_meanwhile(
    world: World, started: ProgramVersion
) -> None:
    client = signed_in(world, "lind")
    send(client, started, "partners", text="Moss")
    take = reverse("programs:template_take", args=[started.pk])
    assert client.post(take, {"revision": 1}).status_code == 422


def test_the_list_asks_the_database_as_often_for_many_programs_as_for_few(world: World) -> None:
    client = signed_in(world, "lind")
    address = reverse("programs:authoring")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(6):
        title = f"Program {number}"
        start_program(home=world.school, by=world["lind"], title=title, place=PLACE)
    with CaptureQueriesContext(connection) as many:
        assert "Program 5" in client.get(address).content.decode()
    assert len(many) <= len(few)


def test_what_a_template_left_open_is_shown_as_still_to_be_chosen(
    world: World, started: ProgramVersion
) -> None:
    client = signed_in(world, "lind")
    words = client.get(tab(started)).content.decode()
    assert "a course of english, still to be chosen" in words
    assert "any english" not in words
    form = client.get(f"{tab(started)}?edit=rows:english").content.decode()
    assert '<optgroup label="Still to be chosen">' in form


def test_a_refused_hand_in_says_why_on_the_draft_s_own_page(
    world: World, started: ProgramVersion
) -> None:
    client = signed_in(world, "lind")
    response = client.post(reverse("programs:submit_program", args=[started.pk]))
    words = response.content.decode()
    assert response.status_code == 422
    assert "Correct this first." in words
    assert 'aria-labelledby="findings"' in words, "the tab with what to correct"
    started.refresh_from_db()
    assert started.state == ProgramVersion.State.DRAFT


def test_a_refused_answer_keeps_its_words(world: World, started: ProgramVersion) -> None:
    sent = {"words": "Please add a contact."}
    response = signed_in(world, "halvorsen").post(
        reverse("programs:return_program", args=[started.pk]), sent
    )
    assert response.status_code == 422
    assert "This version is not in review." in response.content.decode()


@pytest.mark.parametrize(("part", "name"), [("sources", "read_on"), ("advisors", "advised_on")])
def test_a_day_on_which_something_was_done_is_not_in_the_future(
    world: World, started: ProgramVersion, part: str, name: str
) -> None:
    client, day = signed_in(world, "lind"), timezone.localdate()
    named = {"title": "A book", "name": "Ines Farrow"}
    response = send(client, started, part, **named, **{name: str(day + timedelta(days=1))})
    assert response.status_code == 422
    assert "This day has not come yet." in response.content.decode()
    assert send(client, started, part, **named, **{name: str(day)}).status_code == 302


def test_what_says_what_is_published_is_not_handed_in(world: World) -> None:
    draft = start_draft(world.program, by=world["lind"])
    client, address = signed_in(world, "lind"), reverse("programs:submit_program", args=[draft.pk])
    response = client.post(address)
    assert response.status_code == 422
    assert "Nothing is different from what is published." in response.content.decode()
    send(client, draft, "partners", text="Moss Works")
    assert client.post(address).status_code == 302


def test_standards_of_a_step_are_written_one_on_a_line(
    world: World, started: ProgramVersion
) -> None:
    client = signed_in(world, "lind")
    address = f"{tab(started)}?edit=steps:first"
    assert "Standards it teaches" in client.get(address).content.decode()
    sent = {"key": "first", "grade": "9", "courses_0": "FET", "required": "on"}
    said = "LOCAL-1 Draw a part\n\nLOCAL-2"
    assert send(client, started, "steps", **sent, standards=said).status_code == 302
    started.refresh_from_db()
    assert started.content["steps"][0]["standards"] == [
        {"code": "LOCAL-1", "title": "Draw a part"},
        {"code": "LOCAL-2"},
    ]
    assert "LOCAL-1 Draw a part" in client.get(tab(started)).content.decode()
    assert "LOCAL-1 Draw a part\nLOCAL-2" in client.get(address).content.decode()
