"""Verify the event chain of every district."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pathloom.portal.core import events


class Command(BaseCommand):
    help = "Check every district's event chain; name the first broken link and exit with 1."

    def handle(self, *args: Any, **options: Any) -> None:
        districts = events.districts_with_events()
        broken = [link for link in map(events.first_broken_link, districts) if link is not None]
        if broken:
            raise CommandError(
                "\n".join(f"The chain is broken: {link}." for link in broken)
                + "\nRestore the log from a backup made before, and compare it with this one.",
                returncode=1,
            )
        self.stdout.write(f"{len(districts)} chains verified; every link holds.")
