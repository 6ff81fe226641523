"""From a template to the public page: a teacher, a college, a business and a reviewer."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.drafts import (
    address_of,
    choose_what_the_state_leaves_open,
    hand_in,
    open_part,
    publish,
    start_from,
)
from tests.journeys.keyboard import press, press_in_place, tab_to, write

pytestmark = pytest.mark.journey
Visit = Callable[..., Visitor]

TITLE = "Engineering for builders"
CREDENTIAL = "Drafting assistant"
COMMENT = "Our first course takes this one for granted."
FIRST = "Grade 9: Foundations of Engineering"
LAST = "Grade 12: Research, Design and Project Management"
WORDS = "Please say who can come in."
ENTRY = "Everybody in grade 9."
SCRIPT = "<script>alert('x')</script>"


def test_from_a_template_to_the_public_page_with_four_people(visit: Visit) -> None:
    lind = visit()  # the teacher
    lind.sign_in("devon.lind")
    address = a_draft_is_started(lind)
    what_the_template_leaves_open_is_said(lind, address)
    partners_are_invited(lind)

    ben = visit(width=360)  # the business advisor, on a phone
    ben.sign_in("ben.kessler")
    a_credential_is_proposed(ben)

    nadia = visit()  # the college partner
    nadia.sign_in("nadia.bell")
    a_line_is_commented_on(nadia, address)

    partners_are_answered(lind, address)
    hand_in(lind, address)

    mark = visit()  # the reviewer, who wrote nothing of it
    mark.sign_in("mark.halvorsen")
    the_draft_is_sent_back(mark, address)
    what_was_asked_for_is_written(lind, address)
    hand_in(lind, address)
    publish(mark, address, promised="the public sees it from now on")
    mark.look()

    everybody_reads_it(visit(width=360, script=False), public_page(mark))
    second = the_next_version_leaves_a_course_out(lind, address)
    hand_in(lind, second)
    the_difference_is_read_in_sentences(mark, second)


def a_draft_is_started(lind: Visitor) -> str:
    lind.open("/programs/")
    lind.look()
    return start_from(lind, "State: Engineering", title=TITLE)


def what_the_template_leaves_open_is_said(lind: Visitor, address: str) -> None:
    choose_what_the_state_leaves_open(lind)
    lind.open(f"{address}people/?edit=partners:")
    write(lind.page, "Partner", SCRIPT)
    press_in_place(lind.page, "Save")
    expect(lind.page.get_by_text(SCRIPT).first).to_be_visible()


def partners_are_invited(lind: Visitor) -> None:
    open_part(lind, "Comments")
    invite(lind, "Ben Kessler", "A business", "Kessler Fabrication")
    invite(lind, "Nadia Bell", "A college", "Fern Technical College")
    lind.look()


def invite(lind: Visitor, name: str, kind: str, organization: str) -> None:
    page = lind.page
    write(page, "Whom?", name)
    page.get_by_role("radio", name=kind).check()
    page.get_by_role("textbox", name="Organization").fill(organization)
    press(page, "Invite")
    expect(page.get_by_text("The person can open this draft now.").first).to_be_visible()


def a_credential_is_proposed(ben: Visitor) -> None:
    page = ben.open("/programs/")
    ben.look()
    press(page, TITLE)
    expect(page.get_by_role("link", name=re.compile("^Change"))).to_have_count(0)
    open_part(ben, "Comments")
    page.get_by_role("radio", name="A credential").check()
    write(page, "What is it called?", CREDENTIAL)
    press(page, "Propose it")
    expect(page.get_by_text(f"Credential: {CREDENTIAL}").first).to_be_visible()
    ben.look()


def a_line_is_commented_on(nadia: Visitor, address: str) -> None:
    page = nadia.open(f"{address}sequence/")
    tab_to(page, f"Comment {FIRST}")
    page.keyboard.press("Enter")
    write(page, "Your comment", COMMENT)
    press(page, "Send the comment")
    expect(page.get_by_text(COMMENT).first).to_be_visible()
    nadia.look()


def partners_are_answered(lind: Visitor, address: str) -> None:
    page = lind.open(f"{address}talk/")
    press(page, f"Take it in {CREDENTIAL}")
    expect(page.get_by_text("Taken in by Devon Lind.").first).to_be_visible()
    press(page, f"It is dealt with {COMMENT}")


def the_draft_is_sent_back(mark: Visitor, address: str) -> None:
    page = mark.open(f"{address}review/")
    mark.look()
    write(page, "What has to change?", WORDS)
    press(page, "Send it back")
    expect(page.get_by_text("Returned").first).to_be_visible()


def what_was_asked_for_is_written(lind: Visitor, address: str) -> None:
    page = lind.open(f"{address}review/")
    expect(page.get_by_text(WORDS).first).to_be_visible()
    lind.open(f"{address}sequence/?edit=entries:")
    write(page, "Who can come in, and how", ENTRY)
    press_in_place(page, "Save")


def public_page(mark: Visitor) -> str:
    address = mark.page.get_by_role("link", name="See the public page").get_attribute("href")
    assert address is not None
    return address


def everybody_reads_it(stranger: Visitor, address: str) -> None:
    """The public page names the courses, the credential with who proposed it, and all people."""
    page = stranger.open(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    for words in (
        "Engineering Concepts",
        CREDENTIAL,
        "Ben Kessler, Kessler Fabrication",
        "Nadia Bell (Fern Technical College)",
        "Devon Lind",
        ENTRY,
        SCRIPT,
    ):
        expect(page.get_by_text(words).first).to_be_visible()


def the_next_version_leaves_a_course_out(lind: Visitor, address: str) -> str:
    """A line is taken out, brought back and taken out again; gives the address of the draft."""
    page = lind.open(f"{address}review/")
    press(page, "Start a new draft from it")
    button = page.get_by_role("button", name=f"Take out {LAST}")
    take_out = (f"Take out {LAST}", 0)
    for act, shown in (take_out, ("Undo the last change", 1), take_out):
        press_in_place(page, act)
        expect(button).to_have_count(shown)
    return address_of(lind)


def the_difference_is_read_in_sentences(mark: Visitor, address: str) -> None:
    page = mark.open(f"{address}review/")
    expect(page.locator(".author-difference")).to_contain_text(f"{LAST} was taken out.")
    mark.look()
