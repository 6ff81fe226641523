"""Where a plan cannot be repaired, or no other plan exists: the same buttons, and the same undo."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from pathloom.engine.planner.request import plan_document
from pathloom.engine.planner.types import Change, ChangeKind, Fix, Infeasible
from pathloom.portal.plans import actions
from pathloom.portal.plans.models import PlanJob, PlanVersion, PlanWishes
from tests.portal.plans.visits import head, visitor, words
from tests.portal.world import TODAY, World

HISTORY = ["USHIST", "APUSH"]  # the diploma asks for one of them
AGAIN = {"repair": "Do this and repair again", "alternatives": "Do this and look again"}
PAGES = tuple(AGAIN)
pytestmark = pytest.mark.parametrize("page", PAGES)


@pytest.fixture
def maya(world: World) -> Client:
    """Maya, with a plan for her program."""
    made = actions.generate_plan(
        student=world.student("maya"), program=world.program, by=world["maya"], as_of=TODAY
    )
    assert isinstance(made, PlanVersion)
    return visitor(world, "maya")


def url(world: World, page: str) -> str:
    return f"/students/{world.student('maya').pk}/plan/{page}"


def ask(world: World, client: Client, page: str) -> Any:
    return client.post(url(world, f"{page}/start/"), follow=True)


def press(client: Client, response: Any, sentence: str) -> Any:
    """Press the button beside a change, as a form without script sends it."""
    form = r'<li><span>([^<]*)</span><form[^>]*action="([^"]+)".*?name="number" value="(\d+)"'
    found = re.findall(form, response.content.decode(), flags=re.S)
    action, number = next((to, number) for said, to, number in found if sentence in said)
    return client.post(action, {"number": number}, follow=True)


def test_the_student_helps_with_one_click_and_the_same_is_asked_again(
    world: World, maya: Client, page: str
) -> None:
    PlanWishes.objects.create(student=world.student("maya"), bans=HISTORY)
    stuck = ask(world, maya, page)
    assert "There is no plan that fits all of this." in words(stuck)
    assert AGAIN[page] in words(stuck)

    answer = press(maya, stuck, "Allow United States History again.")

    assert answer.redirect_chain[-1][0] == url(world, f"{page}/")
    said = words(answer)
    assert "There is no plan that fits all of this." not in said
    assert "Changed to make a plan possible: Allow United States History again." in said
    assert "Undo this change" in said
    assert PlanWishes.objects.get().bans == ["APUSH"]
    assert head(world).number == 1, "nothing was taken yet"

    maya.post(f"/students/{world.student('maya').pk}/plan/wishes/undo/")
    assert PlanWishes.objects.get().bans == HISTORY


def test_what_staff_ruled_out_is_for_staff(world: World, maya: Client, page: str) -> None:
    PlanWishes.objects.create(student=world.student("maya"), staff_bans=HISTORY)
    seen = words(ask(world, maya, page))
    assert "ask your counselor" in seen
    assert AGAIN[page] not in seen

    ortiz = visitor(world, "ortiz")
    stuck = ortiz.get(url(world, f"{page}/"))
    assert "Do this" in words(stuck)
    answer = press(ortiz, stuck, "United States History")
    assert "Done. The plan can be made again now." in words(answer)
    assert PlanWishes.objects.get().staff_bans == ["APUSH"]


def test_a_guardian_reads_why_and_has_no_button(world: World, maya: Client, page: str) -> None:
    PlanWishes.objects.create(student=world.student("maya"), bans=HISTORY)
    ask(world, maya, page)
    dana = visitor(world, "dana").get(url(world, f"{page}/"))
    assert "This would help" in words(dana)
    assert "/fix/" not in dana.content.decode()
    job = PlanJob.objects.get(kind=page)
    sent = visitor(world, "dana").post(f"/plan/jobs/{job.pk}/fix/", {"number": "0"})
    assert sent.status_code == 422
    assert PlanWishes.objects.get().bans == HISTORY


def test_an_answer_older_than_the_last_change_has_no_button(
    world: World, maya: Client, page: str
) -> None:
    PlanWishes.objects.create(student=world.student("maya"), bans=HISTORY)
    ask(world, maya, page)
    PlanWishes.objects.update(bans=[*HISTORY, "ECON"])
    seen = maya.get(url(world, f"{page}/"))
    assert "This was made before the last change." in words(seen)
    assert "/fix/" not in seen.content.decode()


def test_giving_the_program_up_makes_a_new_plan(world: World, maya: Client, page: str) -> None:
    ask(world, maya, page)
    without = Fix("Plan without the program.", (Change(ChangeKind.NO_PROGRAM),))
    never = plan_document(Infeasible(("It cannot be finished.",), (without,)))
    PlanJob.objects.filter(kind=page).update(result=never)
    answer = press(maya, maya.get(url(world, f"{page}/")), without.sentence)
    assert answer.redirect_chain[-1][0] == "/plan/"
    assert head(world).program_version is None
