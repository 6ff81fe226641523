"""Pages of jobs and wishes through Django's client: progress, the end, fixes, why a plan is so."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from pathloom.portal.core.jobs import LOST_AFTER
from pathloom.portal.plans.actions import generation
from pathloom.portal.plans.models import PlanJob, PlanWishes
from pathloom.portal.plans.queries.wishes import wishes_of
from tests.portal.plans.visits import FALL, begin, head, visitor, words
from tests.portal.world import World

HTMX = {"HTTP_HX_REQUEST": "true"}


def job_in(world: World, state: str = "waiting", **fields: Any) -> PlanJob:
    now = timezone.now()
    times = {
        "waiting": {},
        "running": {"started_at": now, "heartbeat": now},
        "cancelled": {"finished_at": now},
        "failed": {"finished_at": now, "result": {"message": "It broke.", "what_to_do": "Wait."}},
    }
    return PlanJob.objects.create(
        student=world.student("maya"),
        kind="generate",
        inputs_hash="a" * 64,
        options={"program": None},
        asked_by=world["maya"],
        asked_at=now,
        state=state,
        **(times[state] | fields),
    )


def page_of(world: World, job: PlanJob, name: str = "maya", **headers: Any) -> Any:
    return visitor(world, name).get(f"/plan/jobs/{job.pk}/", **headers)


def test_the_page_of_a_job_says_how_far_it_is_and_looks_again(world: World) -> None:
    job = job_in(world, "running", done=1, of=4, doing="Finding a plan")
    answer = page_of(world, job)
    said, source = words(answer), answer.content.decode()
    assert "Making your plan" in said
    assert "Finding a plan" in said
    assert "Step 2 of 4" in said
    assert f'hx-get="/plan/jobs/{job.pk}/"' in source
    assert 'data-spoken="Finding a plan"' in source, "each step is said once, not each look"
    assert '<noscript><meta http-equiv="refresh"' in source
    assert f'action="/plan/jobs/{job.pk}/cancel/"' in source
    part = page_of(world, job, **HTMX).content.decode()
    assert "<html" not in part
    assert "Finding a plan" in part


def test_the_counselor_reads_whose_plan_is_made(world: World) -> None:
    assert "Making Maya’s plan" in words(page_of(world, job_in(world), "ortiz"))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("cancelled", "This was stopped. Nothing was changed."),
        ("failed", "It broke. Wait."),
    ],
)
def test_a_job_that_ended_says_how_and_where_to_start_again(
    world: World, state: str, said: str
) -> None:
    answer = page_of(world, job_in(world, state))
    assert said in words(answer)
    assert 'href="/plan/start/"' in answer.content.decode()
    assert "hx-get" not in answer.content.decode()


def test_a_job_whose_worker_died_is_not_waited_for(world: World) -> None:
    silent = timezone.now() - LOST_AFTER - timedelta(seconds=1)
    job = job_in(world, "running", heartbeat=silent)
    answer = page_of(world, job)
    assert "The work on this stopped." in words(answer)
    assert "hx-get" not in answer.content.decode()
    job.refresh_from_db()
    assert job.state == "running"  # reading a page writes nothing


def test_a_finished_job_leads_to_the_plan_with_and_without_a_script(world: World) -> None:
    client = visitor(world, "maya")
    client.post("/plan/generate/", {"program": world.program.pk})
    job = PlanJob.objects.get()
    plain = client.get(f"/plan/jobs/{job.pk}/")
    assert (plain.status_code, plain.headers["Location"]) == (302, "/plan/")
    scripted = client.get(f"/plan/jobs/{job.pk}/", **HTMX)
    assert scripted.headers["HX-Redirect"] == "/plan/"


def test_the_plan_says_why_it_is_as_it_is(world: World) -> None:
    client = visitor(world, "maya")
    client.post("/plan/generate/", {"program": world.program.pk})
    version = head(world)
    assert version.inputs_hash == PlanJob.objects.get().inputs_hash
    for address in ("/plan/", f"/plan/versions/{version.number}/"):
        said = words(client.get(address))
        assert "Why this plan" in said
        assert "You graduate on time" in said
        assert "proved best" in said


def test_what_stays_open_and_what_is_not_proved_are_said(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = generation.answer_document

    def open_ended(answer: Any) -> dict[str, Any]:
        goals = [
            {"goal": "graduation", "value": 0, "words": "On time.", "bound": 0},
            {"goal": "load", "value": 9, "words": "Terms are even.", "bound": 4},
        ]
        left = ["Volunteer for 10 hours."]
        return whole(answer) | {"goals": goals, "proof": "best_found", "left": left}

    monkeypatch.setattr("pathloom.portal.plans.runners.generate.answer_document", open_ended)
    client = visitor(world, "maya")
    client.post("/plan/generate/", {"program": world.program.pk})
    said = words(client.get("/plan/"))
    assert "This is the best plan found so far." in said
    assert "On time. proved best" in said
    assert "Terms are even. best found so far" in said
    assert "Still open after this plan Volunteer for 10 hours." in said


def test_a_plan_changed_by_hand_says_nothing_of_goals(world: World) -> None:
    begin(world, "maya", ("USHIST", FALL))
    assert "Why this plan" not in words(visitor(world, "maya").get("/plan/"))


def wishes(world: World) -> PlanWishes:
    return wishes_of(world.student("maya"))


def address(world: World, more: str = "") -> str:
    return f"/students/{world.student('maya').pk}/plan/wishes/{more}"


def test_wishes_are_saved_by_a_plain_form_and_shown_again(world: World) -> None:
    client = visitor(world, "maya")
    begin(world)
    sent = {"college": "some", "fuller": "50", "every_year": ["science"], "study_halls": ["12"]}
    assert client.post(address(world), sent).status_code == 302
    row = wishes(world)
    assert (row.college, row.fuller, row.every_year, row.study_halls) == (
        "some",
        50,
        ["science"],
        [12],
    )
    source = client.get(address(world)).content.decode()
    assert re.search(r'value="some"[^>]* checked', source)


@pytest.mark.parametrize(
    "wrong", [{"college": "all"}, {"fuller": "7"}, {"also": ["us-xx/no"]}, {"every_year": ["fun"]}]
)
def test_wishes_that_are_not_offered_are_refused(world: World, wrong: dict[str, Any]) -> None:
    client = visitor(world, "maya")
    begin(world)
    answer = client.post(address(world), {"college": "none", "fuller": "0"} | wrong)
    assert answer.status_code == 422
    assert not PlanWishes.objects.exists()


def test_save_and_make_my_plan_does_both(world: World) -> None:
    client = visitor(world, "maya")
    begin(world)
    sent = {"college": "none", "fuller": "0", "study_halls": ["12"], "then": "plan"}
    answer = client.post(address(world), sent, follow=True)
    assert answer.redirect_chain[-1][0] == "/plan/"
    assert wishes(world).study_halls == [12]
    assert head(world).program_version == world.program.publication.version


def test_a_card_is_locked_from_the_builder(world: World) -> None:
    client = visitor(world, "maya")
    begin(world, "maya", ("USHIST", FALL))
    sent = {"course": "USHIST", "mark": "lock", "term": FALL, "at": "builder"}
    answer = client.post(address(world, "mark/"), sent, **HTMX)
    source = answer.content.decode()
    assert source.lstrip().startswith('<div id="plan"')
    assert "United States History is locked in Fall 2027." in words(answer)
    assert "course-lock" in source
    assert 'value="unlock"' in source
    plain = client.post(address(world, "mark/"), sent | {"mark": "unlock"})
    assert plain.status_code == 302
    assert plain.headers["Location"] == "/plan/?at=USHIST#card-USHIST"
    assert wishes(world).locks == []


def test_the_mark_of_no_course_is_refused_in_words(world: World) -> None:
    begin(world)
    answer = visitor(world, "maya").post(address(world, "mark/"), {"mark": "want"})
    assert answer.status_code == 422
    assert "Choose a course first." in words(answer)


def test_a_guardian_reads_the_wishes_without_a_button(world: World) -> None:
    begin(world)
    client = visitor(world, "maya")
    client.post(address(world, "mark/"), {"course": "USHIST", "mark": "want"})
    answer = visitor(world, "dana").get(address(world))
    assert "United States History wanted" in words(answer)
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert "<button" not in main
