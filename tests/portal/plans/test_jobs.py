"""Jobs: asked once, carried out once, stopped by who may, never left running for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from pathloom.engine.planner.watch import Progress, Watch
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.jobs import LOST_AFTER
from pathloom.portal.core.models import Event
from pathloom.portal.plans import actions, jobs
from pathloom.portal.plans.models import PlanJob, PlanVersion
from tests.portal.plans.desk import begin, head_of
from tests.portal.records.cast import Cast

ALTERNATIVES = "alternatives"


@pytest.fixture
def asked() -> list[str]:
    """What the work of the planted kind was asked, one entry each time."""
    return []


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> dict[str, Any]:
    """A kind whose work says how it goes: ``answer``, or an error to ``raise``."""
    plot: dict[str, Any] = {"answer": {"status": "nothing"}, "during": lambda job: None}

    def work(job: PlanJob, watch: Watch) -> dict[str, Any]:
        asked.append(job.inputs_hash)
        watch(Progress(0, 2, "Looking"))
        plot["during"](job)
        if "raise" in plot:
            raise plot["raise"]
        return plot["answer"]

    kind = jobs.Kind(
        ALTERNATIVES,
        inputs=lambda student, options: str(options.get("like", "same")),
        work=work,
        leads_to=lambda job: "/plan/",
        starts_at=lambda job: "/plan/",
    )
    monkeypatch.setitem(jobs._KINDS, ALTERNATIVES, kind)
    return plot


def start(cast: Cast, name: str = "mira", **options: Any) -> PlanJob:
    return actions.start_job(
        student=cast.student("mira"), kind=ALTERNATIVES, by=cast.user(name), options=options
    )


def waiting(cast: Cast, **changes: Any) -> PlanJob:
    """A job that no worker has taken yet, or as the changes say."""
    values = {
        "student": cast.student("mira"),
        "kind": ALTERNATIVES,
        "inputs_hash": "same",
        "asked_by": cast.user("mira"),
        "asked_at": timezone.now(),
    }
    return PlanJob.objects.create(**(values | changes))


def running(cast: Cast, *, silent: timedelta = timedelta(0)) -> PlanJob:
    then = timezone.now() - silent
    return waiting(cast, state="running", started_at=then, heartbeat=then)


def events(action: str) -> int:
    return Event.objects.filter(action=f"plans.{action}").count()


def test_a_job_keeps_the_answer_of_its_kind(cast: Cast, planted: dict[str, Any]) -> None:
    job = start(cast)
    assert (job.state, job.result, job.version) == ("done", {"status": "nothing"}, None)
    assert job.finished_at is not None
    assert (job.done, job.of, job.doing) == (0, 2, "Looking")
    assert events("start_job") == 1


def test_the_same_question_is_answered_once(
    cast: Cast, planted: dict[str, Any], asked: list[str]
) -> None:
    first, again, other = start(cast), start(cast), start(cast, like="else")
    assert first == again
    assert first != other
    assert asked == ["same", "else"]
    assert events("start_job") == 2


def test_while_a_job_is_open_the_same_question_leads_to_it(
    cast: Cast, planted: dict[str, Any], asked: list[str]
) -> None:
    job = waiting(cast)
    assert start(cast) == job
    PlanJob.objects.filter(pk=job.pk).update(
        state="running", started_at=timezone.now(), heartbeat=timezone.now()
    )
    assert start(cast) == job
    assert asked == []


def test_of_two_who_ask_at_once_the_second_gets_the_job_of_the_first(
    cast: Cast, planted: dict[str, Any], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = waiting(cast)
    monkeypatch.setattr("pathloom.portal.plans.actions.jobs.unfinished", lambda jobs: jobs.none())
    assert start(cast) == job
    assert (asked, events("start_job")) == ([], 0)


def test_an_answer_that_comes_after_the_cancellation_is_thrown_away(
    cast: Cast, planted: dict[str, Any]
) -> None:
    planted["during"] = lambda job: actions.cancel_job(job=job, by=cast.user("mira"))
    job = start(cast)
    assert (job.state, job.result) == ("cancelled", None)
    assert events("cancel_job") == 1


def test_a_plan_whose_job_was_cancelled_is_not_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(cast)
    kind, before = jobs.kind_of("generate"), head_of(cast)

    def work(job: PlanJob, watch: Watch) -> dict[str, Any]:
        answer = kind.work(job, watch)
        actions.cancel_job(job=job, by=cast.user("mira"))
        return answer

    late = jobs.Kind(
        "generate",
        inputs=kind.inputs,
        work=work,
        keep=kind.keep,
        leads_to=kind.leads_to,
        starts_at=kind.starts_at,
    )
    monkeypatch.setitem(jobs._KINDS, "generate", late)
    job = actions.start_job(
        student=cast.student("mira"),
        kind="generate",
        by=cast.user("mira"),
        options={"program": None},
    )
    assert job.state == "cancelled"
    assert head_of(cast) == before


def test_a_failed_job_may_be_asked_for_again(
    cast: Cast, planted: dict[str, Any], asked: list[str]
) -> None:
    planted["raise"] = UserError("Not now.")
    first = start(cast)
    del planted["raise"]
    second = start(cast)
    assert first != second
    assert second.state == "done"


def test_a_job_whose_worker_died_is_ended_and_may_be_asked_for_again(
    cast: Cast, planted: dict[str, Any]
) -> None:
    lost = running(cast, silent=LOST_AFTER + timedelta(seconds=1))
    again = start(cast)
    lost.refresh_from_db()
    assert (lost.state, again.state) == ("failed", "done")


def test_only_who_may_change_the_plan_starts_and_stops_its_making(cast: Cast) -> None:
    for name in ("noah", "gail", "carla", "pia", "zed"):
        with pytest.raises(UserError, match="may not do this"):
            actions.start_job(
                student=cast.student("mira"),
                kind="generate",
                by=cast.user(name),
                options={"program": None},
            )
        with pytest.raises(UserError, match="may not do this"):
            actions.cancel_job(job=_of_generate(cast), by=cast.user(name))
    assert PlanVersion.objects.count() == 0


def _of_generate(cast: Cast) -> PlanJob:
    return PlanJob.objects.filter(kind="generate").first() or waiting(cast, kind="generate")


@pytest.mark.parametrize("wrong", [{"kind": "guess"}, {"inputs_hash": ""}])
def test_the_database_refuses_a_job_that_asks_nothing(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        waiting(cast, **wrong)


def generate(cast: Cast) -> PlanJob:
    return actions.start_job(
        student=cast.student("mira"),
        kind="generate",
        by=cast.user("mira"),
        options={"program": None},
    )


def test_a_plan_made_by_a_job_is_the_newest_version(cast: Cast) -> None:
    job = generate(cast)
    assert job.state == "done"
    assert job.version == head_of(cast)
    assert job.result is not None
    assert job.result["status"] == "plan"
    assert "audit" not in job.result


def test_after_an_undo_the_kept_answer_is_used_again_and_not_computed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = begin(cast)
    first = generate(cast)
    made = head_of(cast)
    actions.undo_edit(plan=made.plan, expected_head=made.pk, by=cast.user("mira"))
    assert head_of(cast).placements == before.placements

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("computed again")

    monkeypatch.setattr(actions.generation, "find_plan", never)
    again = generate(cast)
    assert again != first
    assert again.state == "done"
    assert head_of(cast).placements == made.placements
