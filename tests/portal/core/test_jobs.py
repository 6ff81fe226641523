"""Jobs of every table: asked once, carried out once, stopped, never left running for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from pathloom.engine.planner.watch import Cancelled, Progress, Watch
from pathloom.portal.core import jobs
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.models import Job
from pathloom.portal.plans.models import PlanJob
from pathloom.portal.programs.models import PortalCopy
from tests.portal.world import World

TABLES: dict[type[Job], Callable[[World], dict[str, Any]]] = {
    PlanJob: lambda world: {
        "student": world.student("maya"),
        "kind": "generate",
        "inputs_hash": "same",
    },
    PortalCopy: lambda world: {"school": world.school},
}


@dataclass(slots=True)
class Desk:
    """One table of jobs, and work for them whose steps are written down."""

    world: World
    table: type[Job]
    during: Callable[[Job], None] = lambda job: None
    said: list[str] = field(default_factory=list)

    @property
    def jobs(self) -> Any:
        return self.table._default_manager.all()

    def new(self, **changes: Any) -> Job:
        """A job that waits, or as the changes say, not yet in the table."""
        own = TABLES[self.table](self.world)
        asked = {"asked_by": self.world["halvorsen"], "asked_at": timezone.now()}
        return self.table(**(own | asked | changes))

    def waiting(self, **changes: Any) -> Job:
        job = self.new(**changes)
        job.save()
        return job

    def running(self, *, silent: timedelta = timedelta(0)) -> Job:
        then = timezone.now() - silent
        return self.waiting(state="running", started_at=then, heartbeat=then)

    def carry_out(self, job: Job) -> Job:
        jobs.carry_out(self.jobs, job.pk, self._work)
        job.refresh_from_db()
        return job

    def _work(self, job: Job, watch: Watch) -> jobs.Outcome:
        self.said.append("work")
        watch(Progress(0, 2, "Looking"))
        self.during(job)
        return jobs.Outcome({"found": 1}, keep=lambda: self.said.append("keep"))


@pytest.fixture(params=TABLES, ids=lambda table: table.__name__)
def desk(request: pytest.FixtureRequest, world: World) -> Desk:
    return Desk(world, request.param)


def test_every_table_of_jobs_is_tried_here() -> None:
    assert {model for model in apps.get_models() if issubclass(model, Job)} == set(TABLES)


def test_a_job_keeps_what_was_found_and_how_far_it_came(desk: Desk) -> None:
    job = desk.carry_out(desk.waiting())
    assert (job.state, job.result, job.done, job.of, job.doing) == (
        *("done", {"found": 1}),
        *(0, 2, "Looking"),
    )
    assert job.finished_at is not None
    assert desk.said == ["work", "keep"]


def test_a_job_is_carried_out_once(desk: Desk) -> None:
    job = desk.carry_out(desk.waiting())
    ended = job.finished_at
    assert desk.carry_out(job).finished_at == ended
    assert desk.carry_out(desk.running()).state == "running"
    assert desk.said == ["work", "keep"]


def test_of_two_who_ask_at_once_the_second_gets_the_job_of_the_first(desk: Desk) -> None:
    first, second = desk.new(), desk.new()
    assert jobs.add_once(first, same=desk.jobs) is first
    assert jobs.add_once(second, same=desk.jobs) == first
    assert desk.jobs.count() == 1
    desk.carry_out(first)
    third = desk.new()
    assert jobs.add_once(third, same=desk.jobs) is third


def test_a_stopped_job_stops_at_the_next_step_and_keeps_nothing(desk: Desk) -> None:
    job = desk.running()
    watch = jobs.JobWatch(desk.jobs, job.pk)
    watch(Progress(1, 4, "Looking"))
    jobs.stop(job, jobs=desk.jobs)
    watch.looked = 0.0
    with pytest.raises(Cancelled):
        watch(Progress(2, 4, "Making it better"))
    job.refresh_from_db()
    assert (job.state, job.done, job.result) == ("cancelled", 1, None)


def test_a_job_stopped_before_its_turn_is_never_begun(desk: Desk) -> None:
    job = desk.waiting()
    jobs.stop(job, jobs=desk.jobs)
    assert desk.carry_out(job).state == "cancelled"
    assert desk.said == []


def test_what_comes_after_the_cancellation_is_thrown_away(desk: Desk) -> None:
    desk.during = lambda job: jobs.stop(job, jobs=desk.jobs)
    job = desk.carry_out(desk.waiting())
    assert (job.state, job.result) == ("cancelled", None)
    assert desk.said == ["work"]


def test_a_job_that_has_ended_cannot_be_stopped(desk: Desk) -> None:
    job = desk.carry_out(desk.waiting())
    with pytest.raises(UserError, match="already ended"):
        jobs.stop(job, jobs=desk.jobs)


def test_what_cannot_be_done_is_said_in_words(desk: Desk) -> None:
    def refuse(_job: Job) -> None:
        raise UserError("No high school is chosen yet.", "Choose one.")

    desk.during = refuse
    job = desk.carry_out(desk.waiting())
    assert job.state == "failed"
    assert job.result == {"message": "No high school is chosen yet.", "what_to_do": "Choose one."}
    assert desk.said == ["work"]


def test_a_defect_fails_the_job_with_a_number_to_tell(desk: Desk) -> None:
    def break_down(_job: Job) -> None:
        raise AssertionError("words for those who write the program")

    desk.during, job = break_down, desk.waiting()
    with pytest.raises(AssertionError):
        desk.carry_out(job)
    job.refresh_from_db()
    assert job.state == "failed"
    assert f"job {job.pk}" in job.result["what_to_do"]
    assert "program" not in str(job.result)


def test_a_job_whose_worker_died_is_ended(desk: Desk) -> None:
    job = desk.running(silent=jobs.LOST_AFTER + timedelta(seconds=1))
    assert jobs.is_lost(job)
    assert jobs.reap_jobs() == 1
    job.refresh_from_db()
    assert job.state == "failed"
    assert "stopped before it was finished" in job.result["message"]


def test_a_job_at_work_is_not_taken_for_lost(desk: Desk) -> None:
    job = desk.running(silent=jobs.LOST_AFTER - timedelta(seconds=20))
    assert not jobs.is_lost(job)
    assert jobs.reap_jobs() == 0
    assert jobs.reap_jobs(all_of_them=True) == 1
    job.refresh_from_db()
    assert job.state == "failed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "asleep"},
        {"state": "running"},
        {"state": "done"},
        {"state": "cancelled"},
        {"done": 3, "of": 2},
    ],
)
def test_the_database_refuses_a_job_in_no_state(desk: Desk, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        desk.waiting(**wrong)


def test_the_database_refuses_the_same_job_twice_at_a_time(desk: Desk) -> None:
    desk.waiting()
    with pytest.raises(IntegrityError), transaction.atomic():
        desk.running()
