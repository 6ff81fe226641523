"""``pathloom batch plan``: the plans of all students of a school."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from pathloom.cli.batch import batch, progress_bar
from pathloom.cli.common import reading
from pathloom.engine.errors import Problem, RequestError

if TYPE_CHECKING:
    from pathloom.engine.planner.batch import Summary, Wanted
    from pathloom.engine.planner.watch import Progress


@batch.command("plan")
def batch_plan_command(
    students: Annotated[
        list[Path], typer.Argument(help="A folder with school.json and students, or its files.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The result.")],
    drift: Annotated[
        bool, typer.Option("--drift", help="Plans that no longer hold, with the repair.")
    ] = False,
    requests: Annotated[
        bool, typer.Option("--requests", help="Next year's course requests.")
    ] = False,
    since: Annotated[
        Path | None,
        typer.Option("--since", metavar="FOLDER", help="Leave out what this result says broke."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; one a core if not given.")
    ] = None,
) -> None:
    """Check the plan of every student of a school; docs/reference/batch.md says what goes in."""
    from pathloom.engine.planner.batch import Wanted

    with reading():
        if not (drift or requests):
            what = "neither --drift nor --requests is given"
            raise RequestError([Problem("batch plan", what, "Say which of them, or both.")])
        wanted = Wanted(drift=drift, requests=requests, since=since)
        summary = _with_progress(students, out, wanted=wanted, workers=workers)
    _print_summary(summary, out)


def _with_progress(
    students: list[Path], out: Path, *, wanted: Wanted, workers: int | None
) -> Summary:
    from pathloom.engine.planner.batch import plan_batch

    with progress_bar() as bar:
        task = bar.add_task("getting ready", total=None)

        def show(done: Progress) -> None:
            bar.update(task, description=done.doing, total=done.of, completed=done.done)

        return plan_batch(students, out, wanted=wanted, workers=workers, watch=show)


def _print_summary(summary: Summary, out: Path) -> None:
    table = Table(box=None, show_header=False)
    table.add_row("students", f"{summary.students:,}")
    for name, count in summary.outcomes.items():
        table.add_row(name, f"{count:,}")
    table.add_row("newly broken", f"{summary.broke:,}")
    table.add_row("left out", f"{summary.rejected:,}")
    Console().print(table)
    if summary.rejected:
        count = summary.rejects
        mistakes = "1 mistake is" if count == 1 else f"{count:,} mistakes are"
        typer.echo(f"{mistakes} listed in {out / 'rejects.csv'}.")
    typer.echo(f"The result is in {out}.")
