"""``pathloom rules``: check, test and describe rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pathloom.cli.common import app, print_json, reading, tried
from pathloom.cli.formats import schema
from pathloom.engine.errors import Problem, Problems, RuleError, nearest
from pathloom.engine.rules.nodes import RuleFile

rules = typer.Typer(no_args_is_help=True, help="Work on rule files, packaged or anywhere else.")
app.add_typer(rules, name="rules")

RulePaths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Rule files, folders, or ids such as us-ga; all packaged rules if none is given.",
    ),
]


@rules.command("check")
def check_rules(
    paths: RulePaths = None,
    catalog: Annotated[
        Path | None,
        typer.Option("--catalog", help="Also name what its courses cannot fulfil, JSON or CSV."),
    ] = None,
) -> None:
    """Read rule files and their cases; name every mistake with its line."""
    from pathloom.engine.catalog import load_catalog
    from pathloom.engine.rules.cases import cases_file, read_cases
    from pathloom.engine.rules.offered import unsatisfiable

    with reading():
        problems = Problems()
        offered = tried(lambda: load_catalog(catalog), problems) if catalog else None
        for path, file in tried(lambda: _rule_files(paths), problems) or []:
            cases = cases_file(path)
            read = tried(lambda cases=cases: read_cases(cases), problems) if cases.exists() else ()  # type: ignore[misc]
            versions = len(file.versions)
            typer.echo(f"{path}: {versions} version(s), {len(read or ())} case(s), {file.status}.")
            if offered is not None:
                for version in file.versions:
                    problems.extend(unsatisfiable(version, offered))
        problems.raise_if_any(RuleError)


@rules.command("test")
def run_rule_cases(paths: RulePaths = None) -> None:
    """Run the cases beside rule files; leave with 1 when one fails."""
    from pathloom.engine.audit import audit
    from pathloom.engine.rules.cases import cases_file, run_cases

    passed = failed = 0
    with reading():
        for path, _ in _rule_files(paths):
            cases = cases_file(path)
            if not cases.exists():
                typer.echo(f"{path}: no cases beside it.")
                continue
            for outcome in run_cases(cases, audit=audit):
                passed += not outcome.differences
                failed += bool(outcome.differences)
                for difference in outcome.differences:
                    typer.echo(f"{outcome.where}: {outcome.name}: {difference}")
    typer.echo(f"{passed} case(s) passed, {failed} failed.")
    if failed:
        raise typer.Exit(1)


@rules.command("describe")
def describe_rules(paths: RulePaths = None) -> None:
    """Say rule files in plain English."""
    from pathloom.engine.rules.describe import describe_ruleset

    with reading():
        texts = [
            describe_ruleset(version) for _, file in _rule_files(paths) for version in file.versions
        ]
    typer.echo("\n\n".join(texts))


@rules.command("reference")
def rules_reference() -> None:
    """Print the reference of the rule language, one entry per keyword."""
    from pathloom.engine.rules.reference import reference

    typer.echo(reference(), nl=False)


@rules.command("schema")
def rules_schema() -> None:
    """Print the JSON Schema of a rule file."""
    print_json(schema("rules"))


def _rule_files(paths: list[str] | None) -> list[tuple[Path, RuleFile]]:
    """Read the rule files that paths, folders or packaged ids stand for, with all mistakes."""
    from pathloom.engine.rules.load import PACKAGED, load_rule_file

    problems = Problems()
    found: list[Path] = []
    for text in paths or [str(PACKAGED)]:
        files = tried(lambda text=text: _find(text), problems)  # type: ignore[misc]
        found += files or []
    read = [(path, tried(lambda path=path: load_rule_file(path), problems)) for path in found]  # type: ignore[misc]
    problems.raise_if_any(RuleError)
    return [(path, file) for path, file in read if file is not None]


def _find(text: str) -> list[Path]:
    from pathloom.engine.rules.load import PACKAGED, rule_files

    if not text:
        raise RuleError([Problem("rules", "an empty name", "Name a rule file, folder or id.")])
    path = Path(text) if Path(text).exists() else PACKAGED / text
    for candidate in (path, path.with_suffix(".yaml")):
        if candidate.is_file():
            return [candidate]
    if path.is_dir():
        inside = [each for each in rule_files(PACKAGED) if path in each.parents]
        files = inside or sorted(
            each for each in path.rglob("*.yaml") if not each.name.endswith(".cases.yaml")
        )
        if files:
            return files
        raise RuleError([Problem(text, "no rule file in this folder", "Name another folder.")])
    known = {each.parent.name for each in rule_files(PACKAGED)}
    raise RuleError([Problem(text, "no such rule file, folder or id", nearest(text, known))])
