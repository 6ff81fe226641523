"""Bad input to those who write programs: nothing is lost, nothing runs, everything is said."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from pathloom.portal.accounts.models import RoleGrant, User
from pathloom.portal.accounts.roles import DISTRICT_ADMIN
from pathloom.portal.catalog.models import Course, Offering
from pathloom.portal.core.errors import Conflict
from pathloom.portal.programs import checks
from pathloom.portal.programs.actions.comments import invite
from pathloom.portal.programs.actions.drafts import Place, start_draft, start_program
from pathloom.portal.programs.actions.lines import move_line, remove_line, save_line
from pathloom.portal.programs.actions.publish import publish_program
from pathloom.portal.programs.actions.review import submit_for_review
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.authoring_lines import TABS
from tests.portal.programs.making import SOURCE, content, published
from tests.portal.world import STARTED, World

EVIL = "<script>alert(1)</script>"
PUBLIC = "/schools/magnolia-high/programs/robots/"
# Every kind of line, with HTML in every text of it.
LINES: dict[str, dict[str, Any]] = {
    "entries": {"grade": 9, "about": EVIL},
    "college": {"year": 1, "subject": "pathway", "courses": [EVIL], "place": EVIL},
    "skills": {"title": EVIL, "proposed_by": EVIL},
    "credentials": {"title": EVIL, "issuer": EVIL, "proposed_by": EVIL},
    "work": {"kind": "internship", "title": EVIL, "about": EVIL},
    "activities": {"title": EVIL, "about": EVIL},
    "organizations": {"title": EVIL, "about": EVIL},
    "occupations": {"title": EVIL},
    "postsecondary": {"kind": "associate", "title": EVIL, "place": EVIL, "length": EVIL},
    "advisors": {"name": EVIL, "organization": EVIL, "about": EVIL},
    "evidence": {"element": "industry", "evidence": EVIL},
    "sources": {"title": EVIL, "read_on": "2026-11-21"},
}


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world[name])
    return client


def evil() -> dict[str, Any]:
    """A sound sequence of three courses with HTML everywhere else."""
    steps = content()["steps"]
    steps[0]["standards"] = [{"code": EVIL, "title": EVIL}]
    lists = {part: [fields] for part, fields in LINES.items()}
    words = {"es": {EVIL: f"{EVIL} es"}}
    contact = {"name": EVIL, "role": EVIL, "phone": EVIL}
    more = {"contact": contact, "partners": [EVIL], "words": words}
    return content(steps=steps) | lists | more


@pytest.fixture
def draft(world: World) -> ProgramVersion:
    place = Place("georgia", "stem", "engineering-and-technology")
    made = start_program(home=world.school, by=world["lind"], title="Robots", place=place)
    made.content = content()
    made.save()
    made.revisions.update(content=made.content)
    return made


def lines_now(draft: ProgramVersion) -> list[dict[str, Any]]:
    draft.refresh_from_db()
    found: list[dict[str, Any]] = draft.content["steps"]
    return found


@pytest.mark.parametrize("name", TABS)
def test_html_in_every_text_of_every_line_is_text_in_the_editor(
    world: World, draft: ProgramVersion, name: str
) -> None:
    draft.content, draft.title, draft.summary = evil(), EVIL, EVIL
    draft.save()
    client = signed_in(world, "lind")
    words = client.get(reverse("programs:draft_tab", args=[draft.pk, name])).content.decode()
    assert "&lt;script&gt;alert" in words
    assert EVIL not in words


@pytest.mark.parametrize("language", ["", "/es"])
def test_html_in_every_text_of_every_line_is_text_in_public(world: World, language: str) -> None:
    people = world["lind"], world["halvorsen"]
    published(world.school, *people, title=EVIL, holds=evil())
    words = Client().get(language + PUBLIC).content.decode()
    assert EVIL not in words
    assert words.count("&lt;script&gt;alert") >= len(LINES) - 2


def test_html_in_every_text_is_printed_as_text(world: World) -> None:
    published(world.school, world["lind"], world["halvorsen"], title=EVIL, holds=evil())
    response = Client().get(f"{PUBLIC}one-page.pdf")
    assert response.status_code == 200
    (page,) = PdfReader(BytesIO(response.content)).pages
    assert "script" in page.extract_text()


def test_an_answer_that_is_none_leaves_a_proposal_open(world: World, draft: ProgramVersion) -> None:
    invite(
        draft, by=world["lind"], person=world["kessler"], kind="business", organization="Kessler"
    )
    sent = {"kind": "skill", "title": "Read a drawing"}
    signed_in(world, "kessler").post(reverse("programs:propose", args=[draft.pk]), sent)
    (proposal,) = draft.proposals.all()
    address = reverse("programs:decide_proposal", args=[draft.pk, proposal.pk])
    for answer in ({}, {"answer": "perhaps"}):
        assert signed_in(world, "lind").post(address, answer).status_code == 422
    proposal.refresh_from_db()
    assert proposal.answer == proposal.Answer.OPEN


def test_a_partner_s_html_is_text_wherever_it_is_taken_in(
    world: World, draft: ProgramVersion
) -> None:
    invite(draft, by=world["lind"], person=world["kessler"], kind="business", organization=EVIL)
    sent = {"kind": "credential", "title": EVIL, "issuer": EVIL, "why": EVIL}
    signed_in(world, "kessler").post(reverse("programs:propose", args=[draft.pk]), sent)
    (proposal,) = draft.proposals.all()
    client = signed_in(world, "lind")
    client.post(
        reverse("programs:decide_proposal", args=[draft.pk, proposal.pk]), {"answer": "accept"}
    )
    draft.refresh_from_db()
    assert draft.content["credentials"][0]["title"] == EVIL, "kept as it was written"
    for name in ("outcomes", "talk", "review"):
        words = client.get(reverse("programs:draft_tab", args=[draft.pk, name])).content.decode()
        assert EVIL not in words, name


def test_titles_of_200_characters_fit_everywhere(world: World) -> None:
    long = "Automation " * 18 + "ab"
    holds = content() | {
        part: [{name: long if value == EVIL else value for name, value in fields.items()}]
        for part, fields in LINES.items()
        if part not in ("college", "sources")
    }
    published(world.school, world["lind"], world["halvorsen"], title=long[:200], holds=holds)
    assert Client().get(PUBLIC).status_code == 200
    response = Client().get(f"{PUBLIC}one-page.pdf")
    assert len(PdfReader(BytesIO(response.content)).pages) == 1


def test_a_program_whose_courses_vanish_still_stands_and_says_so(world: World) -> None:
    published(world.school, world["lind"], world["halvorsen"])
    Offering.objects.filter(course__code="ENGCON").delete()
    Course.objects.filter(district=world.district, code="ENGCON").update(code="NOW")
    assert "ENGCON (not in the catalog now)" in Client().get(PUBLIC).content.decode()
    response = Client().get(f"{PUBLIC}one-page.pdf")
    (page,) = PdfReader(BytesIO(response.content)).pages
    assert "ENGCON (not in the catalog now)" in " ".join(page.extract_text().split())
    words = signed_in(world, "lind").get(reverse("programs:authoring")).content.decode()
    assert "Published. 1 course is not offered" in words


def test_the_same_line_taken_out_by_one_and_changed_by_another_is_asked(
    world: World, draft: ProgramVersion
) -> None:
    remove_line(draft, by=world["lind"], revision=1, part="steps", key="engcon")
    fields = {"courses": ["ENGCON"], "grade": 11}
    with pytest.raises(Conflict) as asked:
        save_line(draft, by=world["ortiz"], revision=1, part="steps", key="engcon", fields=fields)
    assert "Engineering Concepts was taken out" in asked.value.changes[0]
    save_line(draft, by=world["ortiz"], revision=2, part="steps", key="engcon", fields=fields)
    assert {"ENGCON"} in [set(step["courses"]) for step in lines_now(draft)], "once both were seen"


def test_a_line_that_one_moves_and_another_changes_is_moved_and_changed(
    world: World, draft: ProgramVersion
) -> None:
    move_line(draft, by=world["lind"], revision=1, part="steps", key="fet", down=True)
    fields = {"courses": ["FET"], "grade": 9, "required": False}
    save_line(draft, by=world["ortiz"], revision=1, part="steps", key="fet", fields=fields)
    found = lines_now(draft)
    assert [step["courses"] for step in found] == [["ENGCON"], ["FET"], ["ENGAPP"]]
    assert found[1]["required"] is False


def test_a_district_s_template_from_start_to_taking_over(world: World) -> None:
    """Written, read by somebody else, published; a school's base; changed; taken over."""
    district, lind = signed_in(world, "whitcomb"), signed_in(world, "lind")
    sent = {
        "home": f"district:{world.district.pk}",
        "base": "",
        "place": "georgia/stem/engineering-and-technology",
        "title": "Engineering for all",
    }
    district.post(reverse("programs:new_program"), sent)
    template = ProgramVersion.objects.get(title="Engineering for all")
    for course, grade in (("FET", "9"), ("ENGCON", "10")):
        add(district, template, "steps", courses_0=course, grade=grade, required="on")
    add(district, template, "sources", title=SOURCE["title"], read_on=SOURCE["read_on"])
    publish(world, template)
    base = f"version:{template.pk}"
    sent |= {"home": f"school:{world.school.pk}", "base": base, "place": "", "title": ""}
    assert (
        "District: Engineering for all"
        in lind.get(reverse("programs:new_program")).content.decode()
    )
    lind.post(reverse("programs:new_program"), sent)
    own = ProgramVersion.objects.get(program__school=world.school, title="Engineering for all")
    add(lind, own, "partners", text="Moss Works")

    second = start_draft(template.program, by=world["whitcomb"])
    add(district, second, "steps", courses_0="ENGAPP", grade="11", required="on")
    publish(world, second)
    words = lind.get(reverse("programs:draft_tab", args=[own.pk, "template"])).content.decode()
    assert "Partner “Moss Works” was added." in words
    assert "Grade 11: Engineering Applications was added." in words
    own.refresh_from_db()
    lind.post(reverse("programs:template_take", args=[own.pk]), {"revision": own.revision})
    own.refresh_from_db()
    assert [step["courses"] for step in own.content["steps"]] == [["FET"], ["ENGCON"], ["ENGAPP"]]
    assert own.content["partners"] == ["Moss Works"]
    assert checks.stops(checks.run(own)) == ()


def add(client: Client, version: ProgramVersion, part: str, **fields: str) -> None:
    version.refresh_from_db()
    sent = {"revision": version.revision, "key": ""} | fields
    response = client.post(reverse("programs:line", args=[version.pk, part]), sent)
    assert response.status_code == 302, response.content.decode()


def publish(world: World, version: ProgramVersion) -> None:
    """Handed in by its author, published by another administrator of the district."""
    other, new = User.objects.get_or_create(
        username="second.reader", defaults={"district": world.district, "first_name": "Ada"}
    )
    if new:
        RoleGrant.objects.create(
            user=other, role=DISTRICT_ADMIN, district=world.district, starts_on=STARTED
        )
    version.refresh_from_db()
    submit_for_review(version, by=world["whitcomb"])
    version.refresh_from_db()
    publish_program(version, by=other)
