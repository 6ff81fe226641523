"""``pathloom audit``: one student under one rule set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from pathloom.cli.common import AsJson, AsOf, app, chosen_rules, day_of, print_json, reading, tried
from pathloom.engine.errors import PathloomError, Problems
from pathloom.engine.units import format_credits

if TYPE_CHECKING:
    from pathloom.engine.audit.result import AuditResult, RequirementResult

_COLORS = {"met": "green", "in_progress": "cyan", "planned": "blue", "short": "red"}
_SIGNS = {"met": "✓", "in_progress": "…", "planned": "○", "short": "✗", "excused": "–"}


@app.command("audit")
def audit_command(
    record: Annotated[Path, typer.Argument(help="A student record, JSON.")],
    ruleset: Annotated[
        str, typer.Option("--rules", metavar="ID|FILE", help="us-ga/diploma, or a rule file.")
    ],
    as_of: AsOf,
    catalog: Annotated[
        Path | None, typer.Option("--catalog", help="The school's courses, JSON or CSV.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say which courses count where, what is missing, and what would complete it."""
    from pathloom.engine.audit import audit
    from pathloom.engine.catalog import load_catalog
    from pathloom.engine.record import load_record

    with reading():
        problems = Problems()
        day = tried(lambda: day_of(as_of), problems)
        offered = tried(lambda: load_catalog(catalog), problems) if catalog else None
        student = tried(lambda: load_record(record), problems)
        chosen = None
        if student is not None and day is not None:
            chosen = tried(lambda: chosen_rules(ruleset, student, day), problems)
        if problems or student is None or chosen is None or day is None:
            problems.raise_as(PathloomError)
        result = audit(student, chosen, catalog=offered, as_of=day)
    if as_json:
        print_json(_audit_document(result))
    else:
        Console().print(_audit_tree(result))


def _audit_document(result: AuditResult) -> Any:
    from pydantic import TypeAdapter

    from pathloom.engine.audit.result import AuditResult

    return TypeAdapter(AuditResult).dump_python(result, mode="json")


def _audit_tree(result: AuditResult) -> Tree:
    unofficial = "" if result.official else " (unofficial: these rules are a draft)"
    tree = Tree(f"[bold]{escape(result.title)}[/bold]{unofficial}, as of {result.as_of}")
    tree.add(f"[bold]{escape(result.sentence)}[/bold]")
    for requirement in (*result.requirements, result.total):
        _add_requirement(tree, requirement)
    if result.unused:
        tree.add(f"Counts nowhere: {escape(', '.join(result.unused))}")
    return tree


def _add_requirement(tree: Tree, requirement: RequirementResult) -> None:
    color = _COLORS.get(requirement.status, "white")
    reached = f"{format_credits(requirement.earned)} of {format_credits(requirement.need)}"
    branch = tree.add(
        f"[{color}]{_SIGNS[requirement.status]} {escape(requirement.title)}[/{color}]: "
        f"{reached}, {requirement.status.replace('_', ' ')}. {escape(requirement.why)}"
    )
    for part in requirement.parts:
        _add_requirement(branch, part)
    if not requirement.parts:
        for fix in requirement.fixes:
            branch.add(f"→ {escape(fix)}")
