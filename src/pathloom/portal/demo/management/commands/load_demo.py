"""``load_demo``: put the demo district into an empty database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pathloom.portal.core.errors import UserError
from pathloom.portal.demo.actions.district import DEMOS, GEORGIA
from pathloom.portal.demo.actions.load import load_demo


class Command(BaseCommand):
    help = "Load an invented district; a second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--district",
            choices=DEMOS,
            default=GEORGIA,
            help="us-ga: Magnolia County Schools; us-il: Kettle Prairie Community Unit Schools",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_demo(options["district"], say=self._say)
        except UserError as error:
            raise CommandError(str(error)) from error
        if not loaded:
            self._say("is there already; nothing was changed")

    def _say(self, line: str) -> None:
        self.stdout.write(f"demo district: {line}")
