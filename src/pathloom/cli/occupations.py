"""``pathloom occupations``: compile the publishers' files, renew them, add those of a state."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathloom.cli.common import app, day_of, reading

if TYPE_CHECKING:
    from pathloom.engine.occupations import Compiled
    from pathloom.engine.occupations.publishers.clusters import Names

occupations = typer.Typer(no_args_is_help=True, help="Make and renew the tables of occupations.")
app.add_typer(occupations, name="occupations")

Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder of the compiled tables.")]
ReadOn = Annotated[
    str, typer.Option("--read-on", metavar="DATE", help="The day the files were fetched.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read and check; write nothing.")]


@occupations.command("compile")
def compile_occupations(
    folder: Annotated[Path, typer.Argument(help="Folder or zip of all the publishers' files.")],
    out: Out,
    read_on: ReadOn = "",
    dry_run: DryRun = False,
) -> None:
    """Read O*NET, BLS projections and wages, NCES fields and clusters; write the tables."""
    from pathloom.engine.occupations import compile_folder

    with reading():
        compiled = compile_folder(folder, names=framework_names(), read_on=_day(read_on))
        _finish(compiled, out, dry_run=dry_run)


@occupations.command("update")
def update_occupations(
    folder: Annotated[Path, typer.Argument(help="Folder, zip or file of one publisher or more.")],
    out: Out,
    read_on: ReadOn = "",
    state: Annotated[
        str, typer.Option("--state", metavar="GA", help="Also this state's wages of OEWS.")
    ] = "",
    dry_run: DryRun = False,
) -> None:
    """Renew the data sets a folder holds; the others stay as they are."""
    from pathloom.engine.occupations import update_from

    with reading():
        compiled = update_from(
            folder,
            base=_base(out),
            names=framework_names(),
            read_on=_day(read_on),
            state=state.upper(),
        )
        _finish(compiled, out, dry_run=dry_run)


@occupations.command("region")
def add_region(
    file: Annotated[Path, typer.Argument(help="A state's projections: CSV or workbook.")],
    mapping: Annotated[
        Path, typer.Option("--mapping", help="Which column is which, YAML.", metavar="FILE")
    ],
    out: Out,
    read_on: ReadOn = "",
    dry_run: DryRun = False,
) -> None:
    """Add a state's own projections; national figures stay where the state has none."""
    from pathloom.engine.occupations import merge
    from pathloom.engine.occupations.publishers.state import load_mapping, read_state

    with reading():
        base = _base(out)
        read = read_state(file, mapping=load_mapping(mapping), base=base, read_on=_day(read_on))
        _finish(merge(base, [read]), out, dry_run=dry_run)


@occupations.command("sources")
def show_sources(
    folder: Annotated[Path | None, typer.Argument(help="Compiled tables; ours if none.")] = None,
) -> None:
    """Say from which data sets the tables were made, with the lines to show beside them."""
    from pathloom.engine.occupations import load_manifest

    with reading():
        for each in load_manifest(folder):
            typer.echo(f"{each.title}, {each.version} ({each.area}): {each.license}")
            typer.echo(f"    {each.attribution}")


def _base(out: Path) -> dict[str, str]:
    """The tables to renew: those in ``out``, the packaged ones where it is new."""
    from pathloom.engine.occupations import read_tables
    from pathloom.engine.occupations.tables import PACKAGED

    return read_tables(out if out.exists() else PACKAGED)


def _day(text: str) -> str:
    return day_of(text, "--read-on").isoformat() if text else ""


def framework_names() -> Names:
    """Every cluster and pathway of the framework of 2008 by name, with its ids."""
    from pathloom.engine.occupations.publishers.clusters import FRAMEWORK, plain_name
    from pathloom.engine.taxonomy import load_frameworks

    (framework,) = (each for each in load_frameworks() if each.id == FRAMEWORK)
    return {
        (plain_name(cluster.name), plain_name(pathway.name)): (cluster.id, pathway.id)
        for cluster in framework.clusters
        for pathway in cluster.pathways
    }


def _finish(compiled: Compiled, out: Path, *, dry_run: bool) -> None:
    from pathloom.engine.occupations import write_tables

    for each in compiled.left_out:
        typer.echo(str(each))
    for dataset in compiled.fresh:
        read = sum(each.rows for each in dataset.inputs)
        made = ", ".join(f"{each.name} {each.rows}" for each in dataset.tables)
        typer.echo(f"{dataset.title}, {dataset.version}: {read} rows read; {made}.")
    if compiled.left_out:
        typer.echo(f"{len(compiled.left_out)} row(s) left out, named above.")
    book = compiled.book()
    size = sum(len(text.encode()) for text in compiled.files.values())
    typer.echo(f"{len(book.occupations)} occupations, {size // 1000} kB.")
    if dry_run:
        typer.echo("A dry run: nothing was written.")
        return
    write_tables(compiled.files, out)
    typer.echo(f"Written to {out}.")
