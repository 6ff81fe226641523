"""``pathloom frameworks``: check the frameworks, import the steward's workbooks."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pathloom.cli.common import app, reading, tried
from pathloom.engine.errors import Problems
from pathloom.engine.taxonomy import FrameworkError, load_crosswalks, load_frameworks
from pathloom.engine.taxonomy.table import NOT_IMPORTED, TABLES, Table, load_table, write_table

frameworks = typer.Typer(no_args_is_help=True, help="Work on frameworks and their crosswalks.")
app.add_typer(frameworks, name="frameworks")

IMPORTED = "national-2024"  # the framework whose names the steward's workbooks use
Folder = Annotated[
    Path | None,
    typer.Option("--data", help="The folder of imported data; PATHLOOM_DATA by default."),
]


def data_folder() -> Path:
    """Where imported data are kept: PATHLOOM_DATA, else the folder data in PATHLOOM_VAR."""
    base = Path(os.environ.get("PATHLOOM_VAR") or "var")
    return Path(os.environ.get("PATHLOOM_DATA") or base / "data")


@frameworks.command("check")
def check_frameworks() -> None:
    """Read the packaged frameworks and crosswalks; name every mistake with its line."""
    with reading():
        found = load_frameworks()
        for each in found:
            pathways = sum(len(cluster.pathways) for cluster in each.clusters)
            typer.echo(
                f"{each.id}: {len(each.clusters)} clusters, {pathways} pathways, "
                f"{len(each.groups)} groups."
            )
        for crosswalk in load_crosswalks(frameworks=found):
            typer.echo(f"{crosswalk.id}: {len(crosswalk.rows)} rows.")


@frameworks.command("import")
def import_workbooks(
    path: Annotated[Path, typer.Argument(metavar="FOLDER|FILE", help="The workbooks (.xlsx).")],
    data: Folder = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be imported; write nothing.")
    ] = False,
) -> None:
    """Import the steward's crosswalk workbooks of SOC, CIP and NAICS codes.

    All of them are read first: when one has a mistake, nothing is written.
    """
    with reading():
        tables = _read_all(path)
        for table in tables:
            places = len({(row.cluster, row.pathway) for row in table.rows})
            codes = len({row.code for row in table.rows})
            typer.echo(
                f"{table.source}: {len(table.rows)} rows, {codes} {table.kind.upper()} codes, "
                f"{places} sub-clusters."
            )
        for table in tables if not dry_run else ():
            typer.echo(f"Written: {write_table(_folder(data), table)}")
        if dry_run:
            typer.echo("Dry run: nothing was written.")


@frameworks.command("imported")
def show_imported(data: Folder = None) -> None:
    """Say what has been imported, from which file and when."""
    with reading():
        for kind in TABLES:
            table = load_table(_folder(data), kind)
            if table is None:
                typer.echo(f"{kind}: {NOT_IMPORTED}")
            else:
                typer.echo(
                    f"{kind}: {len(table.rows)} rows for {table.framework}, "
                    f"from {table.source}, read {table.read_on}."
                )


def _folder(data: Path | None) -> Path:
    return (data or data_folder()) / "frameworks"


def _read_all(path: Path) -> list[Table]:
    """Read every workbook with a bar of progress; raise the mistakes of all of them."""
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from pathloom.engine.taxonomy.workbook import read_workbook, workbooks_in

    framework = next(each for each in load_frameworks() if each.id == IMPORTED)
    day, problems = date.today().isoformat(), Problems()
    tables: dict[str, Table] = {}
    with Progress(console=Console(stderr=True), transient=True) as bar:
        for file in workbooks_in(path):
            task = bar.add_task(file.name, total=None)

            def watch(done: int, of: int, task: TaskID = task) -> None:
                bar.update(task, completed=done, total=of or None)

            table = tried(
                lambda file=file, watch=watch: read_workbook(  # type: ignore[misc]
                    file, framework, read_on=day, watch=watch
                ),
                problems,
            )
            if table is not None and table.kind in tables:
                what = f"holds {table.kind.upper()} codes, as {tables[table.kind].source} does"
                problems.add(file.name, what, "Keep one of the two in the folder.")
            elif table is not None:
                tables[table.kind] = table
    problems.raise_if_any(FrameworkError)
    return list(tables.values())
