"""Copy a school's whole portal into a folder or a zip file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from pathloom.portal.accounts.models import School
from pathloom.portal.programs.exports.portal import ExportError, export_portal
from pathloom.portal.programs.exports.writing import write_folder, write_zip


class Command(BaseCommand):
    help = "Copy a school's whole public portal into a folder (or a zip file) of plain files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("school", help="the school as it stands in addresses: magnolia-high")
        parser.add_argument("out", type=Path, help="a folder or file that is not there yet")
        parser.add_argument("--zip", action="store_true", help="one zip file, not a folder")

    def handle(self, *args: Any, school: str, out: Path, **options: Any) -> None:
        found = School.objects.select_related("district").filter(slug=school).first()
        if found is None:
            known = ", ".join(School.objects.values_list("slug", flat=True))
            raise CommandError(f"{school}: no such school. Choose one of: {known}.")
        if out.exists():
            raise CommandError(f"{out}: it is there already. Name a place that is not.")
        columns = (TextColumn("pages and files"), BarColumn(), MofNCompleteColumn())
        quiet = options["verbosity"] == 0
        with Progress(*columns, console=Console(stderr=True), disable=quiet) as progress:
            bar = progress.add_task("", total=None)
            files = export_portal(
                found, seen=lambda done, known: progress.update(bar, completed=done, total=known)
            )
            try:
                number = (write_zip if options["zip"] else write_folder)(files, out)
            except ExportError as error:
                raise CommandError(str(error)) from error
        if not quiet:
            self.stdout.write(f"{number} files in {out}. Open index.html, or upload it all.")
