"""``pathloom batch audit``: the audit of all students of a district or state."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pathloom.cli.common import AsOf, app, day_of, reading
from pathloom.engine.errors import PathloomError, Problem

if TYPE_CHECKING:
    from pathloom.engine.audit.batch.finish import Summary
    from pathloom.engine.audit.batch.job import Job
    from pathloom.engine.audit.batch.run import Progress as Done

batch = typer.Typer(no_args_is_help=True, help="Work on all students of a district or state.")
app.add_typer(batch, name="batch")


@batch.command("audit")
def batch_audit_command(
    students: Annotated[Path, typer.Argument(help="Course records, Parquet.")],
    rules: Annotated[
        str, typer.Option("--rules", metavar="ID|FILE", help="us-ga/diploma, or a rule file.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The result.")],
    as_of: AsOf,
    catalog: Annotated[
        Path | None, typer.Option("--catalog", help="The courses, JSON or CSV.")
    ] = None,
    facts: Annotated[
        Path | None, typer.Option("--facts", help="What else is known of the students, Parquet.")
    ] = None,
    scheduler: Annotated[
        str, typer.Option("--scheduler", metavar="ADDRESS", help="A Dask scheduler.")
    ] = "",
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; one a core if not given.")
    ] = None,
) -> None:
    """Audit every student of a table; docs/reference/batch.md says what goes in and comes out."""
    with reading():
        _require_libraries()
        from pathloom.engine.audit.batch.job import Job

        job = Job(
            students=str(students.resolve()),
            rules=rules,
            as_of=day_of(as_of),
            catalog=str(catalog.resolve()) if catalog else "",
            facts=str(facts.resolve()) if facts else "",
        )
        summary = _with_progress(job, out, workers=workers, scheduler=scheduler)
    _print_summary(summary, out)


def _require_libraries() -> None:
    missing = [name for name in ("pyarrow", "numba", "distributed") if find_spec(name) is None]
    if missing:
        what = f"{', '.join(missing)} not installed"
        raise PathloomError([Problem("batch", what, "Install them: pip install 'pathloom[batch]'")])


def _with_progress(job: Job, out: Path, *, workers: int | None, scheduler: str) -> Summary:
    from pathloom.engine.audit.batch.run import audit_batch

    with progress_bar() as bar:
        task = bar.add_task("getting ready", total=None)

        def show(done: Done) -> None:
            kept = f", {done.kept} kept from before" if done.kept else ""
            bar.update(
                task,
                description=f"{done.students:,} students{kept}",
                total=done.partitions,
                completed=done.done,
            )

        return audit_batch(job, out, workers=workers, scheduler=scheduler, report=show)


def progress_bar() -> Progress:
    """A bar on the error output, so that the output itself can go into a file."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True))


def _print_summary(summary: Summary, out: Path) -> None:
    table = Table(box=None, show_header=False)
    table.add_row("students", f"{summary.students:,}")
    for name, count in (summary.statuses | summary.tiers).items():
        table.add_row(name.replace("_", " "), f"{count:,}")
    table.add_row("left out", f"{summary.rejected:,}")
    Console().print(table)
    if summary.rejected:
        count = summary.rejects
        mistakes = "1 mistake is" if count == 1 else f"{count:,} mistakes are"
        typer.echo(f"{mistakes} listed in {out / 'rejects.parquet'}.")
    typer.echo(f"The result is in {out}.")
