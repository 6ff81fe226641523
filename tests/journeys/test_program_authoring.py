"""From a template to the public page: a teacher, a college, a business and a reviewer."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("site")]
Visit = Callable[..., Visitor]

TITLE = "Engineering for builders"
CREDENTIAL = "Drafting assistant"
COMMENT = "Our first course takes this one for granted."
LAST = "Grade 12: Research, Design and Project Management"
WORDS = "Please say who can come in."
SCRIPT = "<script>alert('x')</script>"


def tab_to(page: Page, text: str, *, at_most: int = 200) -> None:
    """Reach a control by its text or label with the Tab key alone."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        words = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).textContent || ''"
        )
        if text in " ".join(words.split()):
            return
    raise AssertionError(f"{text} cannot be reached with {at_most} presses of Tab")


def press(page: Page, text: str) -> None:
    """Use a button or a link by keyboard alone."""
    tab_to(page, text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press_in_place(page: Page, text: str) -> None:
    """Use a button that changes the draft where it stands, by its key."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.get_by_role("button", name=text).press("Enter")
    assert answer.value.status < 400, answer.value.text()


def go(page: Page, name: str) -> None:
    """Open a part of the draft."""
    page.get_by_role("navigation", name="Parts of the program").get_by_role(
        "link", name=re.compile(f"^{name}")
    ).click()


def start_from_template(lind: Visitor) -> str:
    """Start a draft by keyboard; gives its address."""
    page = lind.page
    press(page, "Start a program")
    lind.look()
    tab_to(page, "Start from")
    page.keyboard.type("State: Engineering")
    tab_to(page, "Title")
    page.keyboard.type(TITLE)
    press(page, "Start the draft")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    lind.look()
    return page.url.removesuffix("sequence/")


def choose(page: Page, line: str, choices: dict[str, str]) -> None:
    """Change a line: pick courses by their selects' ids."""
    page.get_by_role("link", name=re.compile(f"Change {line}")).click()
    for field, course in choices.items():
        page.locator(f"#id_{field}").select_option(course)
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.locator("#said")).to_have_text("Saved.")
    again = page.get_by_role("link", name=re.compile(f"Change {line}"))
    expect(again).to_be_focused()  # the page was changed in place, the keyboard stays there


def complete(lind: Visitor, address: str) -> None:
    """Choose what the template left to the school, and say what no template can."""
    page = lind.page
    choose(page, "English", {"10_0": "LIT10", "12_0": "BRLIT"})
    choose(page, "Social studies", {"11_0": "USHIST"})
    page.goto(f"{address}people/?edit=partners:")
    page.get_by_role("textbox", name="Partner").fill(SCRIPT)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(SCRIPT).first).to_be_visible()


def invite(lind: Visitor, name: str, kind: str, organization: str) -> None:
    page = lind.page
    page.get_by_label("Whom?").select_option(label=name)
    page.get_by_role("radio", name=kind).check()
    page.get_by_role("textbox", name="Organization").fill(organization)
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("The person can open this draft now.").first).to_be_visible()


def test_from_a_template_to_the_public_page_with_four_people(visit: Visit) -> None:
    lind = visit()
    lind.sign_in("devon.lind")
    page = lind.page
    lind.open("/programs/")
    lind.look()
    address = start_from_template(lind)
    complete(lind, address)
    go(page, "Comments")
    invite(lind, "Ben Kessler", "A business", "Kessler Fabrication")
    invite(lind, "Nadia Bell", "A college", "Fern Technical College")
    lind.look()

    ben = visit(width=360)  # the business advisor, on a phone
    ben.sign_in("ben.kessler")
    ben.open("/programs/")
    ben.look()
    ben.page.get_by_role("link", name=TITLE).click()
    expect(ben.page.get_by_role("link", name=re.compile("^Change"))).to_have_count(0)
    go(ben.page, "Comments")
    ben.page.get_by_role("radio", name="A credential").check()
    ben.page.get_by_label("What is it called?").fill(CREDENTIAL)
    press(ben.page, "Propose it")
    expect(ben.page.get_by_text(f"Credential: {CREDENTIAL}").first).to_be_visible()
    ben.look()

    nadia = visit()  # the college partner
    nadia.sign_in("nadia.bell")
    nadia.open(address.removeprefix(nadia.site) + "sequence/")
    tab_to(nadia.page, "Comment Grade 9: Foundations of Engineering")
    nadia.page.keyboard.press("Enter")
    nadia.page.keyboard.press("Tab")
    nadia.page.keyboard.type(COMMENT)
    press(nadia.page, "Send the comment")
    expect(nadia.page.get_by_text(COMMENT).first).to_be_visible()
    nadia.look()

    page.goto(f"{address}talk/")
    press(page, "Take it in")
    expect(page.get_by_text("Taken in by Devon Lind.").first).to_be_visible()
    press(page, "It is dealt with")
    hand_in(lind, address)

    mark = visit()  # the reviewer, who wrote nothing of it
    mark.sign_in("mark.halvorsen")
    mark.open(address.removeprefix(mark.site) + "review/")
    mark.look()
    mark.page.get_by_label("What has to change?").fill(WORDS)
    press(mark.page, "Send it back")
    expect(mark.page.get_by_text("Returned").first).to_be_visible()

    page.goto(f"{address}review/")
    expect(page.get_by_text(WORDS).first).to_be_visible()
    page.goto(f"{address}sequence/?edit=entries:")
    page.get_by_role("textbox", name="Who can come in, and how").fill("Everybody in grade 9.")
    page.get_by_role("button", name="Save", exact=True).click()
    hand_in(lind, address)

    mark.page.goto(f"{address}review/")
    press(mark.page, "Approve and publish")
    expect(mark.page.get_by_text("Published.").first).to_be_visible()
    mark.look()
    shown_to_everybody(visit, mark.page.get_by_role("link", name="See the public page"))
    next_version_in_sentences(lind, mark, address)


def hand_in(lind: Visitor, address: str) -> None:
    lind.page.goto(f"{address}review/")
    lind.look()
    press(lind.page, "Hand in for review")
    expect(lind.page.get_by_text("Somebody else reads it now.").first).to_be_visible()


def shown_to_everybody(visit: Visit, link: object) -> None:
    """The public page names the courses, the credential with who proposed it, and all people."""
    stranger = visit(width=360, script=False)
    stranger.open(link.get_attribute("href"))  # type: ignore[attr-defined]
    page = stranger.page
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    for words in (
        "Engineering Concepts",
        CREDENTIAL,
        "Ben Kessler, Kessler Fabrication",
        "Nadia Bell (Fern Technical College)",
        "Devon Lind",
        "Everybody in grade 9.",
        SCRIPT,
    ):
        expect(page.get_by_text(words).first).to_be_visible()


def next_version_in_sentences(lind: Visitor, mark: Visitor, address: str) -> None:
    """A second version; the reviewer reads what is different, in sentences that name courses."""
    page = lind.page
    page.goto(f"{address}review/")
    press(page, "Start a new draft from it")
    take_out = page.get_by_role("button", name=f"Take out {LAST}")
    press_in_place(page, f"Take out {LAST}")
    expect(take_out).to_have_count(0)
    press_in_place(page, "Undo the last change")
    expect(take_out).to_have_count(1)
    press_in_place(page, f"Take out {LAST}")
    expect(take_out).to_have_count(0)
    second = page.url.partition("sequence/")[0]
    hand_in(lind, second)
    mark.page.goto(f"{second}review/")
    sentence = f"{LAST} was taken out."
    expect(mark.page.locator(".author-difference")).to_contain_text(sentence)
    mark.look()
