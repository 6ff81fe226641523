"""A school writes its own portal: draft, published, back; logos that are what they say."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pathloom.portal.accounts.models import Picture, School
from pathloom.portal.core.checks import KEPT_SIDE, LARGEST_PICTURE
from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.core.models import Event
from pathloom.portal.programs.actions.portal import (
    back_to_portal,
    discard_portal,
    publish_portal,
    save_portal,
)
from pathloom.portal.programs.models import PortalVersion
from pathloom.portal.programs.models.portal import PortalContact, PortalContent
from pathloom.portal.programs.queries.portal import portal_draft, portal_of
from tests.portal.world import World

HOME = "/schools/magnolia-high/"
WRITE = f"{HOME}portal/"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4"/></svg>'
)


def picture(kind: str, size: tuple[int, int] = (40, 20)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "#c03020").save(made, kind)
    return made.getvalue()


def content(school: School, **other: object) -> PortalContent:
    return replace(portal_of(school), **other)  # type: ignore[arg-type]


def admin(world: World) -> Client:
    client = Client()
    client.force_login(world["halvorsen"])
    return client


def form(**other: object) -> dict[str, object]:
    sent: dict[str, object] = {
        "seen": 0,
        "name": "Magnolia High School",
        "monogram": "M",
        "brand_color": "#3b4cca",
        "languages": ["en", "es"],
        "sections": ["welcome", "programs", "clusters", "courses", "contacts"],
    }
    return sent | other


def test_a_draft_changes_nothing_in_public_until_it_is_published(world: World) -> None:
    said = content(
        world.school,
        name="Oak High",
        brand_color="#b00020",
        welcome={"en": "Come in & see.", "es": "Pase y mire."},
        contacts=(PortalContact("Ada Reed", "Career center", "ada@school.example", "555 0100"),),
    )
    save_portal(world.school, said, by=world["halvorsen"], seen=0)
    before = Client().get(HOME).text
    assert "Oak High" not in before
    assert "Come in" not in before
    preview = admin(world).get(f"{WRITE}preview/").text
    assert "Come in &amp; see." in preview
    assert "Oak High" in preview
    publish_portal(world.school, by=world["halvorsen"])
    after = Client().get(HOME).text
    for words in ("Oak High", "Come in &amp; see.", "Ada Reed", "ada@school.example"):
        assert words in after
    assert "Pase y mire." in Client().get(f"/es{HOME}").text
    assert "#b00020" in Client().get(f"{HOME}brand.css").text
    assert portal_draft(world.school) is None


def test_what_was_published_can_be_brought_back(world: World) -> None:
    by = world["halvorsen"]
    for name in ("First High", "Second High"):
        said = content(world.school, name=name)
        save_portal(world.school, said, by=by, seen=0)
        publish_portal(world.school, by=by)
    save_portal(world.school, content(world.school, name="Third High"), by=by, seen=0)
    first = PortalVersion.objects.get(school=world.school, number=1)
    again = back_to_portal(first, by=by)
    assert again.content == first.content
    assert portal_of(world.school).name == "First High"
    assert School.objects.get(pk=world.school.pk).name == "First High"
    draft = portal_draft(world.school)
    assert draft is not None
    assert draft.content["name"] == "Third High"
    discard_portal(world.school, by=by)
    assert portal_of(world.school).name == "First High"
    events = Event.objects.filter(action__endswith="portal").values_list("action", flat=True)
    assert sorted(set(events)) == [
        "back_to_portal", "discard_portal", "publish_portal", "save_portal",
    ]  # fmt: skip


def test_only_what_was_published_is_brought_back(world: World) -> None:
    school, other, by = world.school, world.other_school, world["whitcomb"]
    draft = save_portal(school, content(school, name="Half High"), by=by, seen=0)
    save_portal(other, content(other, name="Other High"), by=by, seen=0)
    theirs = publish_portal(other, by=by)
    with pytest.raises(UserError, match="never published"):
        back_to_portal(draft, by=by)
    with pytest.raises(UserError, match="may not change"):
        back_to_portal(theirs, by=world["halvorsen"])
    assert portal_of(school).name == "Magnolia High School"


def test_two_who_write_at_once_notice(world: World) -> None:
    said = content(world.school, name="Mine")
    save_portal(world.school, said, by=world["halvorsen"], seen=0)
    with pytest.raises(Conflict):
        save_portal(world.school, content(world.school), by=world["whitcomb"], seen=0)
    answer = admin(world).post(WRITE, form(name="Lost High"))
    assert answer.status_code == 409
    assert "Lost High" in answer.text  # nothing that was typed is lost
    draft = portal_draft(world.school)
    assert draft is not None
    assert draft.content["name"] == "Mine"


@pytest.mark.parametrize("name", ["lind", "ortiz", "maya", "tate", "kessler", "yates"])
def test_only_administrators_of_the_school_and_its_district_write_it(
    world: World, name: str
) -> None:
    said = content(world.school, name="Stolen High")
    with pytest.raises(UserError, match="may not"):
        save_portal(world.school, said, by=world[name], seen=0)
    client = Client()
    client.force_login(world[name])
    assert client.get(WRITE).status_code == 403
    assert client.post(WRITE, form(name="Stolen High")).status_code == 403
    assert not PortalVersion.objects.exists()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_anew_and_shown_as_the_logo(world: World, kind: str) -> None:
    data = picture(kind, (1600, 800))
    upload = SimpleUploadedFile("evil.html", data, "text/html")
    answer = admin(world).post(WRITE, form(upload=upload))
    assert answer.status_code == 302, answer.text
    assert Client().get(f"{HOME}logo.png").status_code == 404  # a draft is not public
    assert admin(world).get(f"{WRITE}logo").headers["Content-Type"] == "image/png"
    publish_portal(world.school, by=world["halvorsen"])
    shown = Client().get(f"{HOME}logo.png")
    assert shown.headers["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(shown.content)) as kept:
        assert (kept.format, max(kept.size)) == ("PNG", KEPT_SIDE)
    assert shown.content != data
    assert f'src="{HOME}logo.png?v=' in Client().get(HOME).text


def test_an_svg_of_plain_shapes_is_a_logo(world: World) -> None:
    upload = SimpleUploadedFile("logo.svg", SVG, "image/svg+xml")
    assert admin(world).post(WRITE, form(upload=upload)).status_code == 302
    publish_portal(world.school, by=world["halvorsen"])
    shown = Client().get(f"{HOME}logo.svg")
    assert (shown.content, shown.headers["Content-Type"]) == (SVG, "image/svg+xml")
    assert Client().get(f"{HOME}logo.png").status_code == 404


LARGE = picture("PNG", (4200, 4200))
BAD = {
    "a script": (SVG.replace(b"<rect", b"<script>alert(1)</script><rect"), "script"),
    "an event": (SVG.replace(b"<rect", b'<rect onload="alert(1)"'), "onload"),
    "text called png": (b"This is a picture, I promise.", "not a PNG, JPEG or WebP"),
    "half a picture": (picture("PNG", (400, 400))[:300], "not a PNG, JPEG or WebP"),
    "a gif": (picture("GIF"), "not a PNG, JPEG or WebP"),
    "30 MB": (b"\x89PNG\r\n\x1a\n" + bytes(30_000_000), "30.0 MB"),
    "just too large": (bytes(LARGEST_PICTURE + 1), "at most 2 MB"),
    "too many pixels": (LARGE, "4200 by 4200 pixels"),
    "nothing": (b"", "is empty"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_logo_is_refused_in_words_and_nothing_is_stored(world: World, what: str) -> None:
    data, words = BAD[what]
    answer = admin(world).post(WRITE, form(upload=SimpleUploadedFile("logo.png", data)))
    assert answer.status_code == 422
    assert words in answer.text
    assert not PortalVersion.objects.exists()
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"brand_color": "red; } body {"}, "six hex digits"),
        ({"name": ""}, "required"),
        ({"name": "x" * 121}, "at most 120"),
        ({"welcome_en": "x" * 1201}, "at most 1200"),
        ({"languages": ["es"]}, "English stays"),
        ({"languages": ["xx"]}, "xx is not one"),
        ({"contact0-email": "ada@school.example"}, "Say who this is."),
        ({"contact0-name": "Ada", "contact0-email": "nowhere"}, "valid email"),
    ],
)
def test_what_cannot_be_shown_is_said_beside_its_field(
    world: World, wrong: dict[str, object], words: str
) -> None:
    answer = admin(world).post(WRITE, form(**wrong))
    assert answer.status_code == 422
    assert words in answer.text
    assert not PortalVersion.objects.exists()


def test_tags_in_every_text_are_words(world: World) -> None:
    tag = "<script>alert(1)</script>"
    texts = dict.fromkeys(("name", "address", "headline_en", "welcome_en"), tag)
    sent = form(**texts, **{"contact0-name": tag, "contact0-role": tag, "monogram": "<b>"})
    assert admin(world).post(WRITE, sent).status_code == 302
    publish_portal(world.school, by=world["halvorsen"])
    for page in (Client().get(HOME).text, admin(world).get(WRITE).text):
        assert tag not in page
        assert "&lt;script&gt;" in page


def test_a_color_that_cannot_be_read_is_corrected_and_said(world: World) -> None:
    answer = admin(world).post(f"{WRITE}sample/", form(brand_color="#ffff00"))
    assert "#ffff00 has a contrast of 1.0 to 1, and 4.5 is needed" in answer.text
    assert not PortalVersion.objects.exists()
    style = admin(world).get(f"{WRITE}style.css?color=ffff00")
    assert style.headers["Content-Type"] == "text/css"
    assert "#ffff00" not in style.text.split("dark")[0]
    assert admin(world).get(f"{WRITE}style.css?color=red").status_code == 404


def test_the_sample_shows_what_is_not_finished(world: World) -> None:
    answer = admin(world).post(f"{WRITE}sample/", form(name="", monogram="ZZ", brand_color="#12"))
    assert answer.status_code == 200
    assert "Magnolia High School" in answer.text
    assert "ZZ" in answer.text


def test_a_school_without_spanish_has_no_spanish_pages(world: World) -> None:
    said = content(world.school, languages=("en",), sections=("programs",))
    save_portal(world.school, said, by=world["halvorsen"], seen=0)
    publish_portal(world.school, by=world["halvorsen"])
    page = Client().get(HOME).text
    assert "Español" not in page
    assert 'id="clusters"' not in page
    for address in (HOME, f"{HOME}courses/", f"{HOME}a-to-z/"):
        assert Client().get(f"/es{address}").status_code == 404
    assert Client().get("/es/schools/pine-hollow-high/").status_code == 200


def test_a_welcome_only_in_english_is_marked_on_the_spanish_page(world: World) -> None:
    said = content(world.school, welcome={"en": "Come in."})
    save_portal(world.school, said, by=world["halvorsen"], seen=0)
    publish_portal(world.school, by=world["halvorsen"])
    spanish = Client().get(f"/es{HOME}").text
    assert '<div lang="en"><p>Come in.</p></div><p class="only-english">' in spanish
    assert "only-english" not in Client().get(HOME).text
