"""Short ways to walk through the pages of plans in tests, as the people of the world."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from pathloom.portal.plans import actions
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.queries import plan_of
from tests.portal.world import TODAY, World

SPRING = "2026-27 spring"
FALL = "2027-28 fall"
LAST = "2027-28 spring"


def visitor(world: World, name: str) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(world[name])
    return client


def begin(world: World, name: str = "maya", *courses: tuple[str, str]) -> PlanVersion:
    """A plan by hand: empty, then one version for each course and term."""
    student, user = world.student(name), world[name]
    program = world.program if name == "maya" else None
    actions.start_plan(student=student, program=program, by=user, as_of=TODAY)
    for course, term in courses:
        actions.add_course(
            plan=plan(world, name),
            expected_head=head(world, name).pk,
            course=course,
            term=term,
            by=user,
        )
    return head(world, name)


def plan(world: World, name: str = "maya") -> Any:
    return plan_of(world.student(name))


def head(world: World, name: str = "maya") -> PlanVersion:
    return PlanVersion.objects.select_related("plan__student__district").get(
        pk=plan(world, name).head_id
    )


def edit(world: World, client: Client, kind: str, **fields: Any) -> Any:
    """Post one edit the way the builder's form does, for the version on the page."""
    sent = {"head": head(world).pk} | fields
    return client.post(f"/plan/{kind}/", sent)


def form_of(response: Any) -> dict[str, str]:
    """The hidden fields of a page's signature form."""
    page = response.content.decode()
    names = ("version", "seen_hash", "key")
    found = {name: _hidden(page, name) for name in names}
    return found | {"read": "on"}


def _hidden(page: str, name: str) -> str:
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', field[0]) if field else None
    assert value, f"the page has no field {name}"
    return html.unescape(value[1])


def words(response: Any) -> str:
    """What a page says, without tags, blanks joined."""
    text = re.sub(
        r"<(script|style|title)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.S
    )
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def submit(world: World) -> PlanVersion:
    """Maya reads and hands in, through the pages."""
    client = visitor(world, "maya")
    sent = client.post("/plan/submit/", form_of(client.get("/plan/submit/")))
    assert sent.status_code == 302, words(sent)
    return head(world)


def version_url(world: World, version: PlanVersion, last: str = "") -> str:
    return f"/students/{world.student('maya').pk}/plan/versions/{version.number}/{last}"


def sign(world: World, version: PlanVersion, name: str) -> Any:
    client = visitor(world, name)
    page = client.get(version_url(world, version))
    return client.post(version_url(world, version, "sign/"), form_of(page))
