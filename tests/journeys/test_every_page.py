"""Every page, looked at by everyone who may open it, in the light and in the dark scheme."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from pathloom.portal.accounts.roles import ROLES
from pathloom.portal.core.access import declaration_of
from tests.journeys.conftest import Visitor
from tests.portal.test_every import patterns

pytestmark = pytest.mark.journey
Visit = Callable[..., Visitor]
Scheme = Literal["light", "dark"]

SCHOOL = "/schools/magnolia-high/"
CLUSTER = "/careers/georgia/stem/"
PUBLIC = (
    "/",
    "/sign-in/",
    "/people/roles/",
    "/gallery/",
    "/careers/",
    "/careers/georgia/",
    CLUSTER,
    "/careers/national-2008/",
    "/careers/national-2008/to/national-2024/",
    "/careers/occupations/",
    "/careers/occupations/?q=nothing-fits-this",
    "/careers/occupations/?cluster=national-2024/construction",
    f"{SCHOOL}occupations/",
    "/careers/occupations/17-2051.00/",
    "/careers/occupations/43-9022.00/",
    "/careers/occupations/55-3016.00/",
    "/careers/occupations/00-0000.00/",
    "/careers/sources/",
    "/schools/",
    SCHOOL,
    f"{SCHOOL}?q=engineering",
    f"{SCHOOL}?q=nothing-fits-this",
    "/search/",
    "/search/?q=enginering",
    "/search/?q=nothing-fits-this",
    "/search/?q=managers&kind=occupations",
    f"{SCHOOL}subjects/",
    f"{SCHOOL}subjects/mathematics/",
    f"{SCHOOL}courses/ENGCON/",
    f"{CLUSTER}engineering-and-technology/",
    f"{SCHOOL}courses/",
    f"{SCHOOL}courses/?q=nothing-fits-this",
    f"{SCHOOL}courses/BIO/",
    f"{SCHOOL}a-to-z/",
    f"{SCHOOL}programs/engineering-and-technology/",
    f"{SCHOOL}occupations/17-2051.00/",
    "/schools/willow-run-elementary/",
    "/nothing/is/here/",
    "/caseload/",
)
ONLY_ENGLISH = ("/gallery/", "/caseload/")  # not a public page, or one for who builds pages
# Public addresses that answer with a file, or take a POST only.
NOT_A_PAGE = {
    *("accounts:brand", "accounts:demo_sign_in", "accounts:logo_png", "accounts:logo_svg"),
    *("catalog:courses_csv", "core:healthz", "programs:booklet", "programs:one_page"),
    *("programs:crosswalk_csv", "programs:crosswalk_json", "programs:framework_csv"),
    *("programs:framework_json", "programs:occupations_csv", "programs:poster"),
    *("programs:program_csv", "programs:program_ctdl", "programs:program_json"),
    *("programs:program_txt", "programs:school_csv", "programs:school_ctdl"),
    *("programs:school_json", "programs:school_occupations_csv", "programs:slides"),
}
FIRST = "first link:"  # of a page | a link there that matches | what is added to its address

# Each person once: who they are in the story, and the pages that show something special to them.
PEOPLE: dict[str, tuple[str, ...]] = {
    "": (*PUBLIC, f"{FIRST}{CLUSTER}|{CLUSTER}[a-z-]+/$"),
    "maya.ellison": (
        "/home/",
        "/plan/",
        "/plan/?grade=9",
        "/plan/start/",
        "/plan/search/",
        "/plan/search/?area=mathematics",
        "/plan/search/?q=nothing-fits-this",
        f"{FIRST}/plan/|/plan/search/[?]swap=",
        "/plan/versions/",
        "/plan/versions/1/",
        "/plan/compare/?a=1&b=2",
        "/plan/submit/",
        "/plan/alternatives/",
        "/plan/repair/",
        "/plan/change/",
        "/plan/college/",
        f"{FIRST}/plan/|/plan/wishes/$",
        "/staff/",
        f"{FIRST}/home/|/audit/$",
        f"{FIRST}/home/|/audit/$|?show=missing",
        f"{FIRST}/home/|/audit/$|?rules=us-ga-barrow/diploma",
        f"{FIRST}/home/|/audit/$|?rules=us-ga/hope",
    ),
    "theo.ellison": ("/home/", "/plan/start/", "/plan/repair/", "/people/roles/"),
    "darius.webb": ("/home/", "/plan/", "/plan/versions/", "/plan/versions/1/"),
    "caleb.whitfield": ("/home/", "/plan/", "/plan/versions/1/"),
    "sofia.reyes": ("/home/", "/plan/"),
    "mateo.reyes": ("/home/", "/plan/start/", f"{FIRST}/home/|/audit/$"),
    "dana.ellison": (
        "/children/",
        f"{FIRST}/children/|/students/[0-9]+/$",
        f"{FIRST}/children/|/students/[0-9]+/$|audit/",
    ),
    "min.pak": (
        "/children/",
        f"{FIRST}/children/|/students/[0-9]+/plan/versions/[0-9]+/$",
    ),
    "rick.webb": ("/children/",),
    "rosa.ortiz": (
        "/caseload/",
        "/caseload/?show=all",
        "/caseload/?show=all&q=nothing-fits-this",
        f"{FIRST}/caseload/?show=all|/students/[0-9]+/$",
        f"{FIRST}/caseload/?show=sign|/students/[0-9]+/$",
        f"{FIRST}/caseload/?q=Theo|/students/[0-9]+/$|audit/",
        f"{FIRST}/caseload/?q=Theo|/students/[0-9]+/$|audit/?decide=substitute&at=mathematics",
        "/staff/",
    ),
    "rita.moss": ("/caseload/",),
    "devon.lind": ("/programs/", "/programs/new/", "/programs/coverage/", "/staff/", SCHOOL),
    "mark.halvorsen": (
        f"{SCHOOL}portal/",
        f"{SCHOOL}portal/preview/",
        "/staff/",
        f"{SCHOOL}planning/",
        f"{FIRST}/caseload/?q=Theo|/students/[0-9]+/$|audit/",
    ),
    "helen.whitcomb": (
        "/staff/",
        "/staff/labels/",
        "/staff/framework/",
        "/staff/framework/to/national-2024/",
        "/agreements/",
        "/agreements/1/?q=nothing-fits-this",
        "/schools/",
    ),
    "ben.kessler": ("/partner/",),
}
LOOKS = sum(map(len, PEOPLE.values())) * 2  # in the light and in the dark


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_is_fit_to_be_seen(visit: Visit, person: str) -> None:
    visitor = visit()
    if person:
        visitor.sign_in(person)
    for path in PEOPLE[person]:
        arrive(visitor, path)
        look_in_both(visitor)
    assert visitor.looked_at == len(PEOPLE[person]) * 2


def test_every_public_page_is_fit_to_be_seen_in_spanish(visit: Visit) -> None:
    """Its colors are those of the English page; the slower tier looks at them here, too."""
    visitor = visit()
    for path in PUBLIC:
        if path not in ONLY_ENGLISH:
            arrive(visitor, f"/es{path}")
            assert visitor.page.locator("html").get_attribute("lang") == "es"
            visitor.look(colors=False)


@pytest.mark.thorough  # the dark changes colors only, Spanish words only: each is looked at alone
def test_every_public_page_is_fit_to_be_seen_in_spanish_in_the_dark(visit: Visit) -> None:
    visitor = visit()
    for path in PUBLIC:
        if path not in ONLY_ENGLISH:
            arrive(visitor, f"/es{path}")
            look_in_both(visitor)


def test_the_answer_that_no_plan_exists_is_fit_to_be_seen(visit: Visit) -> None:
    visitor = visit(width=360)
    visitor.sign_in("ruth.ansel")
    page = visitor.open("/plan/start/")
    page.get_by_role("radio", name="Engineering and Technology").check()
    page.get_by_role("button", name="Make my plan").click()
    expect(page.get_by_text("There is no plan that fits all of this.")).to_be_visible()
    look_in_both(visitor)


def test_two_edits_that_meet_are_said_in_a_page_fit_to_be_seen(visit: Visit) -> None:
    visitor = visit(width=360)
    visitor.sign_in("grace.tran")
    page = visitor.open("/plan/")
    other = page.context.new_page()
    other.goto(f"{visitor.site}/plan/")
    for each in (other, page):
        menu = each.locator(".is-shown details.placed-menu").first
        menu.locator("summary").click()
        menu.locator("button[name=term]").first.click()
        expect(each.locator("#said")).to_be_visible()
    expect(page.get_by_text("What changed meanwhile:")).to_be_in_viewport()
    look_in_both(visitor)


def look_in_both(visitor: Visitor) -> None:
    """Look at the open page in the light, then at its colors in the dark; a fault says in which.

    The dark scheme changes colors and nothing else; ``tests/portal/core/test_schemes.py`` says so.
    """
    looks: dict[Scheme, Callable[[], None]] = {
        "light": visitor.look,
        "dark": visitor.look_at_colors,
    }
    for scheme, look in looks.items():
        visitor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        try:
            look()
        except AssertionError as fault:
            fault.add_note(f"in the {scheme} scheme")
            raise


def arrive(visitor: Visitor, path: str) -> None:
    """Open a page, or follow the first matching link of a page; an error page has a heading too."""
    if path.startswith(FIRST):
        start, pattern, *more = path.removeprefix(FIRST).split("|")
        found = [link for link in links(visitor.open(start)) if re.search(pattern, link)]
        assert found, f"{start} has no link like {pattern}"
        path = found[0] + "".join(more)
    page = visitor.open(path)
    assert page.locator("h1").count() == 1, f"{path} has not one first heading"
    assert page.locator("main").inner_text().strip(), f"{path} is empty"


def public_names() -> set[str]:
    """The names of all addresses that open for everybody."""
    found = set()
    for name, entry in patterns():
        declared = declaration_of(entry.callback)
        if declared is not None and declared.kind == "public":
            found.add(name)
    return found


def links(page: Page) -> list[str]:
    script = "found => found.map(each => each.getAttribute('href'))"
    return [str(link) for link in page.locator("main a[href]").evaluate_all(script)]


def test_the_walk_opens_every_public_page() -> None:
    opened = set()
    for path in PUBLIC:
        with suppress(Resolver404):  # the walk looks at what is not there, too
            opened.add(resolve(path.partition("?")[0]).view_name)
    assert public_names() - opened - NOT_A_PAGE == set()


def test_the_walk_is_long_and_meets_every_role() -> None:
    assert LOOKS >= 60
    assert len(PEOPLE) >= len(ROLES)
    assert all(PEOPLE.values())


# A look that cannot fail proves nothing: each fault alone on a page of the portal's own origin.

SOUND = "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1>%s</main></html>"
FAULTS = {
    "image-alt": "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' width=9 height=9>",
    "color-contrast": "<p style='color:#bbb;background:#fff'>Words that nobody can read</p>",
    "scrolls sideways": "<div style='width:900px'>A line that is too wide for a phone</div>",
    "another origin": "<script src='https://elsewhere.invalid/script.js'></script>",
    "script error": "<script>absent()</script>",
}


@pytest.fixture
def planted(visit: Visit) -> Callable[[str], Visitor]:
    def plant(body: str) -> Visitor:
        visitor = visit()
        visitor.page.route(
            f"{visitor.site}/planted/",
            lambda route: route.fulfill(content_type="text/html", body=SOUND % body),
        )
        visitor.open("/planted/")
        return visitor

    return plant


def test_a_look_at_a_sound_page_finds_nothing(planted: Callable[[str], Visitor]) -> None:
    visitor = planted("<p>Nothing is wrong here.</p>")
    visitor.look()
    assert visitor.looked_at == 1


@pytest.mark.parametrize("said", FAULTS)
def test_a_look_finds_a_planted_fault(planted: Callable[[str], Visitor], said: str) -> None:
    visitor = planted(FAULTS[said])
    with pytest.raises(AssertionError, match=said):
        visitor.look()
    assert visitor.looked_at == 0


def test_a_look_without_the_colors_finds_the_rest(planted: Callable[[str], Visitor]) -> None:
    planted(FAULTS["color-contrast"]).look(colors=False)
    with pytest.raises(AssertionError, match="image-alt"):
        planted(FAULTS["image-alt"]).look(colors=False)


def test_a_look_at_the_colors_finds_what_only_the_dark_hides(
    planted: Callable[[str], Visitor],
) -> None:
    dark = "<style>@media (prefers-color-scheme: dark) {p {color: #333; background: #222}}</style>"
    visitor = planted(f"{dark}<p>Words that nobody can read in the dark</p>")
    with pytest.raises(AssertionError, match="color-contrast") as found:
        look_in_both(visitor)
    assert found.value.__notes__ == ["in the dark scheme"]
    assert visitor.looked_at == 1


def test_the_bar_below_never_covers_a_card_that_has_the_focus(visit: Visit) -> None:
    visitor = visit(width=360)
    visitor.sign_in("theo.ellison")
    page = visitor.open("/plan/start/")
    page.set_viewport_size({"width": 360, "height": 640})
    page.get_by_role("radio").first.focus()
    for _ in range(page.get_by_role("radio").count()):
        page.keyboard.press("ArrowDown")
        bar = page.locator(".sticky-actions").bounding_box()
        card = page.locator(".choice:has(:focus)").bounding_box()
        assert bar is not None
        assert card is not None
        assert card["y"] >= 0
        assert card["y"] + card["height"] <= bar["y"] + 1
