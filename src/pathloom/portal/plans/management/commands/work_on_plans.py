"""``work_on_plans``: carry out the jobs that wait, until told to stop."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from pathloom.engine.planner.model import get_ready
from pathloom.portal.core.jobs import reap_jobs
from pathloom.portal.records.snapshot import rulebook

LOOKS_EVERY = 0.25  # seconds between two looks for work


class Command(BaseCommand):
    help = "Carry out the work that pages ask for: plans, other plans, repairs, copies of portals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--alone",
            action="store_true",
            help="no other worker serves this database: whatever runs was left by one that died",
        )
        parser.add_argument("--once", action="store_true", help="stop when nothing waits")

    def handle(self, *args: Any, **options: Any) -> None:
        reap_jobs(all_of_them=options["alone"])
        rulebook()  # this and the solver before somebody waits for them
        get_ready()
        worker = Worker(
            queue_names=["default"],
            interval=LOOKS_EVERY,
            batch=options["once"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        if not options["once"]:
            worker.configure_signals()
        worker.run()
