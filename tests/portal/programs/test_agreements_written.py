"""Agreements with colleges written by one person and published by another, through the pages."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.core.models import Event
from pathloom.portal.programs.actions import agreements as actions
from pathloom.portal.programs.models import CollegeAgreements
from pathloom.portal.programs.presenters.agreement_changes import differences
from pathloom.portal.programs.queries.agreements import seen_hash
from pathloom.portal.programs.snapshot import AGREEMENTS, agreements_for
from tests.portal.once import made_once
from tests.portal.programs.agreeing import DRAFT, agreed, begun, draft, seen, send, visitor, words
from tests.portal.programs.test_agreements import CONTENT
from tests.portal.records.cast import Cast

LIST = "/agreements/"
ADD = "/agreements/2/add/"
NEW = {
    "kind": "dual_credit",
    "course": "ENG-2",
    "college_course": "fern|ENG 1",
    "minimum_mark": "C",
    "valid_from": "2026-27",
    "needs": "Sign up at the college.\n\nBuy the book.",
    "source_url": "https://fern.example/agreement",
    "read_on": "2026-09-01",
}
COLLEGE = {
    "title": "Moss College",
    "per_hour": "112.50",
    "as_of": "2026-07-01",
    "source_url": "https://moss.example/tuition",
    "read_on": "2026-09-02",
    "term_months": "4",
}


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Everybody, once; each test writes on top of it."""
    with made_once(lambda: agreed(CONTENT), django_db_blocker) as cast:
        yield cast


@pytest.fixture
def cast(made: Cast, db: None) -> Cast:
    return deepcopy(made)


@pytest.fixture
def pia(cast: Cast) -> Client:
    return begun(cast)


def hand_in(client: Client) -> None:
    """Hand the draft in, with one agreement that ends."""
    send(client, f"{DRAFT}edit/eng/retire/")
    send(client, f"{DRAFT}submit/")
    assert draft().submitted_at is not None


def ids() -> list[str]:
    return [each["id"] for each in draft().content["agreements"]]


def test_two_people_write_review_and_publish(cast: Cast, pia: Client) -> None:
    assert "Literature was added." in words(send(pia, ADD, **NEW))
    assert (
        "+ Added Literature counts as ENG 1, taken from 2026-27 on, lowest mark C, Sign up"
        in words(pia.get(DRAFT))
    )
    assert "Handed in. Somebody else reads it now." in words(send(pia, f"{DRAFT}submit/"))
    assert len(agreements_for(cast.district.pk).agreements) == 1, "nothing holds yet"  # type: ignore[union-attr]

    dana = visitor(cast, "dana")
    assert "Version 2 by Pia is being reviewed." in words(dana.get(LIST))
    read = dana.get(DRAFT)
    assert "Your review" in words(read)
    assert f'value="{seen()["seen"]}"' in read.content.decode()
    assert "Published." in words(send(dana, f"{DRAFT}publish/"))

    found = agreements_for(cast.district.pk)
    assert found is not None
    added = found.agreements[1]
    assert (added.course, added.institution, added.college_course) == ("ENG-2", "fern", "ENG 1")
    assert added.needs == ("Sign up at the college.", "Buy the book.")
    done = list(Event.objects.order_by("number").values_list("action", "actor_name"))[-4:]
    assert done == [
        ("start_agreements", "Pia"),
        ("change_agreements", "Pia"),
        ("submit_agreements", "Pia"),
        ("publish_agreements", "Dana"),
    ]


def test_a_version_comes_back_with_words_and_is_changed_again(cast: Cast, pia: Client) -> None:
    hand_in(pia)
    assert "being reviewed" in words(send(pia, ADD, **NEW))
    assert ids() == ["eng"]
    dana = visitor(cast, "dana")
    assert "The answer has no words." in words(send(dana, f"{DRAFT}return/"))
    send(dana, f"{DRAFT}return/", why="The mark is missing.")
    assert "It came back: The mark is missing." in words(pia.get(DRAFT))
    send(pia, ADD, **NEW)
    assert len(ids()) == 2


def test_a_draft_that_says_what_holds_is_not_handed_in(pia: Client) -> None:
    answer = words(send(pia, f"{DRAFT}submit/"))
    assert "Nothing is different from what holds now." in answer
    assert draft().submitted_at is None


@pytest.mark.parametrize("ahead", [0, 1])
def test_no_agreement_was_read_on_a_day_that_has_not_come(pia: Client, ahead: int) -> None:
    day = timezone.localdate() + timedelta(days=ahead)
    answer = words(send(pia, ADD, **(NEW | {"read_on": str(day)})))
    assert ("This day has not come yet." in answer) is bool(ahead)
    assert len(ids()) == 2 - ahead


def test_the_author_takes_a_version_back_from_review(pia: Client) -> None:
    hand_in(pia)
    send(pia, f"{DRAFT}return/")
    assert (draft().submitted_at, draft().returned_why) == (None, "")


def test_an_agreement_is_changed_retired_and_taken_out(pia: Client) -> None:
    page = pia.get(f"{DRAFT}edit/eng/").context["form"]
    fields = {name: value for name, value in page.initial.items() if value not in (None, "")}
    assert "English 1 was changed." in words(
        send(pia, f"{DRAFT}edit/eng/", **(fields | {"minimum_mark": "B", **seen()}))
    )
    assert draft().content["agreements"][0]["minimum_mark"] == "B"
    shown = words(pia.get(DRAFT))
    assert "Changed English 1 counts as ENG 1, lowest mark B (not said before)" in shown
    send(pia, f"{DRAFT}edit/eng/retire/")
    assert draft().content["agreements"][0]["valid_to"] == "2026-27"
    assert "last year" in words(pia.get(DRAFT))
    send(pia, f"{DRAFT}edit/eng/remove/")
    assert ids() == []
    assert "No agreement is written yet." in words(pia.get(DRAFT))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"minimum_mark": "C"}, {"minimum_mark": "B"}, "lowest mark B (before: lowest mark C)"),
        ({"minimum_mark": "C"}, {}, "counts as ENG 1 (no longer: lowest mark C)"),
        ({}, {"minimum_mark": "C"}, "counts as ENG 1, lowest mark C (not said before)"),
    ],
)
def test_a_review_shows_only_what_is_said_otherwise(
    before: dict[str, str], after: dict[str, str], said: str
) -> None:
    old, new = (
        AGREEMENTS.validate_python(CONTENT | {"agreements": [CONTENT["agreements"][0] | marks]})
        for marks in (before, after)
    )
    (found,) = differences(old, new, titles={}, programs={})
    assert found["words"].endswith(said)
    assert "2024-25" not in found["words"]


def test_what_is_over_is_flagged_and_can_be_looked_for(cast: Cast) -> None:
    old = CONTENT["agreements"][0] | {"valid_to": "2025-26"}
    late = old | {"id": "late", "valid_from": "2027-28", "valid_to": None}
    past = old | {"id": "past", "course": "SCI-1", "valid_to": None, "claim_by": "2026-09-01"}
    CollegeAgreements.objects.update(content=CONTENT | {"agreements": [old, late, past]})
    tess = visitor(cast, "tess")
    said = words(tess.get(LIST))
    assert "2 agreements are over." in said
    assert "ended with 2025-26" in said
    assert "begins 2027-28" in said
    assert "claim day is past" in said
    assert "begins 2027-28" not in words(tess.get(f"{LIST}?state=ended"))
    assert "No agreement fits your search." in words(tess.get(f"{LIST}?q=nothing"))
    assert "No agreement fits your search." in words(tess.get(f"{LIST}?college=moss"))


def test_the_list_is_sorted_by_its_heads_and_goes_out_as_csv(pia: Client) -> None:
    send(pia, ADD, **NEW)
    down = pia.get(f"{DRAFT}?sort=-course").content.decode()
    up = pia.get(f"{DRAFT}?sort=course").content.decode()
    assert down.index("Literature (ENG-2)") < down.index("English 1 (ENG-1)")
    assert up.index("English 1 (ENG-1)") < up.index("Literature (ENG-2)")
    rows = list(csv.reader(io.StringIO(pia.get("/agreements/2.csv?q=literature").content.decode())))
    assert [row[:2] for row in rows] == [["course", "title"], ["ENG-2", "Literature"]]


def test_a_college_with_its_tuition_and_courses_is_written(pia: Client) -> None:
    assert "Moss College was added." in words(send(pia, f"{DRAFT}colleges/add/", **COLLEGE))
    moss = f"{DRAFT}colleges/moss-college/"
    send(pia, f"{moss}courses/", code="ART 9", course_title="Ceramics", hours="3")
    assert "$112.50 an hour, as of July 1, 2026" in words(pia.get(DRAFT))
    college = AGREEMENTS.validate_python(draft().content).institution("moss-college")
    assert college is not None
    assert [(each.code, each.hours) for each in college.courses] == [("ART 9", 300)]
    send(pia, f"{moss}courses/", code="ART 9", course_title="Pottery", hours="2.5")
    assert "ART 9 Pottery, 2.5 hours" in words(pia.get(moss))
    send(pia, f"{moss}drop/", code="ART 9")
    assert "No course yet." in words(pia.get(moss))


def test_a_course_of_a_college_that_an_agreement_names_stays(pia: Client) -> None:
    assert "Take it out" not in words(pia.get(f"{DRAFT}colleges/fern/"))
    assert send(pia, f"{DRAFT}colleges/fern/drop/", code="ENG 1").status_code == 404
    assert len(draft().content["institutions"][0]["courses"]) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"course": ""}, "names neither a course nor a number"),
        ({"number": "25.X210XXX"}, "names a course and a number"),
        ({"course": "", "number": "abc"}, "Write two and seven digits"),
        ({"college_course": ""}, "This field is required."),
        ({"college_course": "fern|ENG 9"}, "Select a valid choice."),
        ({"minimum_mark": "!!"}, "Write a mark as the school prints it"),
        ({"valid_from": "2026"}, "Write a school year such as 2026-27."),
        ({"valid_to": "2024-25"}, "ends (2024-25) before it begins (2026-27)"),
        ({"claim_by": "2020-01-01"}, "is to be claimed by 2020-01-01, before it begins"),
        ({"claim_by": "2027-06-01", "claim_months": "6"}, "has two deadlines"),
        ({"kind": "ap"}, "is of kind ap and names no exam"),
        ({"exam_name": "AP Art"}, "Write the name and the lowest score, or neither."),
        ({"course": "ENG-1", "kind": "articulated"}, "says the same as 'eng'"),
        ({"source_url": "no address"}, "Enter a valid URL."),
        ({"read_on": ""}, "This field is required."),
    ],
)
def test_a_mistake_is_said_on_the_form_and_nothing_is_saved(
    pia: Client, changed: dict[str, str], said: str
) -> None:
    answer = send(pia, ADD, **(NEW | changed))
    assert answer.status_code == 422
    assert said in words(answer)
    assert ids() == ["eng"]


@pytest.mark.parametrize("missing", ["as_of", "source_url", "read_on", "per_hour"])
def test_a_figure_of_tuition_needs_its_date_and_source(pia: Client, missing: str) -> None:
    answer = send(pia, f"{DRAFT}colleges/add/", **(COLLEGE | {missing: ""}))
    assert answer.status_code == 422
    assert "A figure of tuition needs its date, its source" in words(answer)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"per_hour": "-1"}, "greater than or equal to 0"),
        ({"source_url": "ftp://moss.example/tuition"}, "begins with https://"),
        ({"title": "M" * 200}, "at most 120 characters"),
    ],
)
def test_what_a_college_cannot_state_is_said_at_its_field(
    pia: Client, changed: dict[str, str], said: str
) -> None:
    answer = send(pia, f"{DRAFT}colleges/add/", **(COLLEGE | changed))
    assert answer.status_code == 422
    assert said in words(answer)
    assert draft().content["institutions"] == CONTENT["institutions"]


def test_only_the_author_changes_a_draft(cast: Cast, pia: Client) -> None:
    tess = visitor(cast, "tess")
    assert "Only Pia, who wrote this version, changes it." in words(send(tess, ADD, **NEW))
    assert "Pia is writing version 2." in words(tess.post("/agreements/start/", follow=True))
    assert ids() == ["eng"]


def test_nobody_reviews_what_they_wrote_themselves(cast: Cast) -> None:
    dana = visitor(cast, "dana")
    dana.post("/agreements/start/")
    hand_in(dana)
    assert "Your review" not in words(dana.get(DRAFT))
    assert "You wrote this version." in words(send(dana, f"{DRAFT}publish/"))
    assert draft().published_at is None


def test_a_draft_that_is_not_handed_in_is_not_published(cast: Cast, pia: Client) -> None:
    said = words(send(visitor(cast, "dana"), f"{DRAFT}publish/"))
    assert "This version is not handed in for review." in said


def test_what_was_not_read_is_not_published(cast: Cast, pia: Client) -> None:
    read = seen()["seen"]
    send(pia, ADD, **NEW)
    send(pia, f"{DRAFT}submit/")
    with pytest.raises(Conflict):
        actions.publish_agreements(draft(), by=cast.user("dana"), seen=read)


def test_two_windows_of_one_author_do_not_undo_each_other(pia: Client) -> None:
    before = seen()
    send(pia, ADD, **NEW)
    late = pia.post(f"{DRAFT}edit/eng/remove/", before)
    assert late.status_code == 409
    assert len(ids()) == 2


def test_a_draft_that_does_not_hold_together_is_not_handed_in(pia: Client) -> None:
    CollegeAgreements.objects.filter(number=2).update(
        content=CONTENT | {"agreements": [CONTENT["agreements"][0] | {"course": "ENG-9"}]}
    )
    assert "This has to be put right" in words(pia.get(DRAFT))
    answer = send(pia, f"{DRAFT}submit/")
    assert "names unknown course 'ENG-9'" in words(answer)
    assert draft().submitted_at is None


@pytest.mark.parametrize(("name", "gone"), [("pia", True), ("dana", True), ("carla", False)])
def test_a_draft_is_thrown_away_by_its_author_or_the_district(
    cast: Cast, pia: Client, name: str, gone: bool
) -> None:
    send(visitor(cast, name), f"{DRAFT}discard/")
    assert CollegeAgreements.objects.filter(number=2).exists() is not gone
    assert CollegeAgreements.objects.filter(number=1).exists()


@pytest.mark.parametrize("step", ["submit", "return", "discard", "add"])
def test_what_is_published_stays_as_it_is(cast: Cast, step: str) -> None:
    before = CollegeAgreements.objects.get()
    fields = NEW | {"seen": seen_hash(before)}
    answer = visitor(cast, "tess").post(f"/agreements/1/{step}/", fields)
    assert answer.status_code in {422, 404}
    assert seen_hash(CollegeAgreements.objects.get()) == seen_hash(before)


def test_a_district_without_agreements_begins_with_none(cast: Cast) -> None:
    zia = visitor(cast, "zia")
    assert "Your district has no agreements yet." in words(zia.get(LIST))
    zia.post("/agreements/start/")
    assert "Zia is writing version 1." in words(zia.get(LIST))
    assert zia.get("/agreements/1/").context["page"]["all"] == 0


@pytest.mark.parametrize("name", ["mira", "gail", "paul"])
def test_who_is_not_of_the_staff_has_no_such_pages(cast: Cast, name: str) -> None:
    assert visitor(cast, name).get(LIST).status_code == 403
    assert visitor(cast, name).get("/agreements/1/").status_code == 404
    with pytest.raises(UserError, match="may not write agreements"):
        actions.start_agreements(district=cast.district, by=cast.user(name))


def test_the_versions_of_another_district_do_not_exist(cast: Cast, pia: Client) -> None:
    assert visitor(cast, "zora").get(DRAFT).status_code == 404
