"""The command line: check, test and describe rules; audit a record; make a plan.

Exit codes: 0 an answer, also "not complete" and "infeasible"; 1 a failed rule case; 2 bad input.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from pathloom.engine.errors import PathloomError, Problem, Problems, RuleError, nearest
from pathloom.engine.units import format_credits

if TYPE_CHECKING:
    from pathloom.engine.audit.result import AuditResult, RequirementResult
    from pathloom.engine.planner.types import Infeasible, Plan, Undecided
    from pathloom.engine.record import StudentRecord
    from pathloom.engine.rules.nodes import RuleFile, RuleSet

Value = TypeVar("Value")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="From a student's record to requirements met, missing and planned.",
)
rules = typer.Typer(no_args_is_help=True, help="Work on rule files, packaged or anywhere else.")
app.add_typer(rules, name="rules")

RulePaths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Rule files, folders, or ids such as us-ga; all packaged rules if none is given.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON as in docs/reference.")]

_COLORS = {"met": "green", "in_progress": "cyan", "planned": "blue", "short": "red"}
_SIGNS = {"met": "✓", "in_progress": "…", "planned": "○", "short": "✗", "excused": "–"}


def main() -> None:
    """Run the command line; the entry point ``pathloom``."""
    app()


@contextmanager
def _input() -> Iterator[None]:
    """Show every mistake of an input, one a line, and leave with 2."""
    try:
        yield
    except PathloomError as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None


def _tried(read: Callable[[], Value], problems: Problems) -> Value | None:
    try:
        return read()
    except PathloomError as error:
        problems.extend(error.problems)
        return None


# -- rules


@rules.command("check")
def check_rules(paths: RulePaths = None) -> None:
    """Read rule files and their cases; name every mistake with its line."""
    from pathloom.engine.rules.cases import cases_file, read_cases

    with _input():
        for path, file in _rule_files(paths):
            cases = cases_file(path)
            count = len(read_cases(cases)) if cases.exists() else 0
            versions = len(file.versions)
            typer.echo(f"{path}: {versions} version(s), {count} case(s), {file.status}.")


@rules.command("test")
def run_rule_cases(paths: RulePaths = None) -> None:
    """Run the cases beside rule files; leave with 1 when one fails."""
    from pathloom.engine.audit import audit
    from pathloom.engine.rules.cases import cases_file, run_cases

    passed = failed = 0
    with _input():
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

    with _input():
        texts = [
            describe_ruleset(version) for _, file in _rule_files(paths) for version in file.versions
        ]
    typer.echo("\n\n".join(texts))


@rules.command("schema")
def rules_schema() -> None:
    """Print the JSON Schema of a rule file."""
    _print_json(schema("rules"))


def _rule_files(paths: list[str] | None) -> list[tuple[Path, RuleFile]]:
    """Read the rule files that paths, folders or packaged ids stand for, with all mistakes."""
    from pathloom.engine.rules.load import PACKAGED, load_rule_file

    problems = Problems()
    found: list[Path] = []
    for text in paths or [str(PACKAGED)]:
        files = _tried(lambda text=text: _find(text), problems)  # type: ignore[misc]
        found += files or []
    read = [(path, _tried(lambda path=path: load_rule_file(path), problems)) for path in found]  # type: ignore[misc]
    problems.raise_if_any(RuleError)
    return [(path, file) for path, file in read if file is not None]


def _find(text: str) -> list[Path]:
    from pathloom.engine.rules.load import PACKAGED, rule_files

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


# -- audit and plan


@app.command("audit")
def audit_command(
    record: Annotated[Path, typer.Argument(help="A student record, JSON.")],
    ruleset: Annotated[
        str, typer.Option("--rules", metavar="ID|FILE", help="us-ga/diploma, or a rule file.")
    ],
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Such as 2026-11-22.")],
    catalog: Annotated[
        Path | None, typer.Option("--catalog", help="The school's courses, JSON or CSV.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say which courses count where, what is missing, and what would complete it."""
    from pathloom.engine.audit import audit
    from pathloom.engine.catalog import load_catalog
    from pathloom.engine.record import load_record

    with _input():
        problems = Problems()
        day = _tried(lambda: _day(as_of), problems)
        offered = _tried(lambda: load_catalog(catalog), problems) if catalog else None
        student = _tried(lambda: load_record(record), problems)
        chosen = None
        if student is not None and day is not None:
            chosen = _tried(lambda: _choose(ruleset, student, day), problems)
        if problems or student is None or chosen is None or day is None:
            problems.raise_as(PathloomError)
        result = audit(student, chosen, catalog=offered, as_of=day)
    if as_json:
        _print_json(_audit_document(result))
    else:
        Console().print(_audit_tree(result, chosen))


@app.command("plan")
def plan_command(
    request: Annotated[Path, typer.Argument(help="A plan request, JSON.")],
    as_json: AsJson = False,
) -> None:
    """Make a plan of courses by term, or say why there is none."""
    from pathloom.engine.planner import plan
    from pathloom.engine.planner.request import load_request, plan_document

    with _input():
        wanted, day = load_request(request)
        answer = plan(wanted, as_of=day)
    if as_json:
        _print_json(plan_document(answer))
    else:
        _print_plan(answer, {course.id: course.title for course in wanted.catalog.courses})


@app.command("schema")
def schema_command(
    name: Annotated[str, typer.Argument(help="record, catalog, request, audit, plan or rules.")],
) -> None:
    """Print the JSON Schema of one of the formats."""
    with _input():
        document = schema(name)
    _print_json(document)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem = Problem("--as-of", f"'{text}' is not a date", "Write it like 2026-11-22.")
    raise PathloomError([problem])


def _choose(text: str, student: StudentRecord, day: date) -> RuleSet:
    from pathloom.engine.rules.choose import choose, choose_version
    from pathloom.engine.rules.load import load_rule_file, load_rulebook

    entered = student.entered_grade_9
    if text.endswith((".yaml", ".yml")) or Path(text).is_file():
        return choose_version(load_rule_file(Path(text)), entered_grade_9=entered)
    return choose(load_rulebook(), text, entered_grade_9=entered, as_of=day)


def _audit_document(result: AuditResult) -> Any:
    from pydantic import TypeAdapter

    from pathloom.engine.audit.result import AuditResult

    return TypeAdapter(AuditResult).dump_python(result, mode="json")


# -- formats


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a format by its name; RuleError for an unknown name."""
    from pydantic import TypeAdapter

    from pathloom.engine.audit.result import AuditResult
    from pathloom.engine.catalog import Catalog
    from pathloom.engine.planner.request import plan_schema, request_schema
    from pathloom.engine.record import StudentRecord
    from pathloom.engine.rules.schema import rule_file_schema

    makers: dict[str, Callable[[], dict[str, Any]]] = {
        "record": lambda: TypeAdapter(StudentRecord).json_schema(),
        "catalog": lambda: TypeAdapter(Catalog).json_schema(),
        "request": request_schema,
        "audit": lambda: TypeAdapter(AuditResult).json_schema(mode="serialization"),
        "plan": plan_schema,
        "rules": rule_file_schema,
    }
    if name not in makers:
        raise PathloomError([Problem("schema", f"no format '{name}'", nearest(name, makers))])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **makers[name]()}


# -- what people read


def _audit_tree(result: AuditResult, ruleset: RuleSet) -> Tree:
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


def _print_plan(answer: Plan | Infeasible | Undecided, titles: dict[str, str]) -> None:
    from pathloom.engine.planner.types import Infeasible, Plan

    console = Console()
    if isinstance(answer, Plan):
        unofficial = "" if answer.audit.official else " (unofficial: these rules are a draft)"
        tree = Tree(f"[bold]Plan[/bold], {answer.proof.replace('_', ' ')}{unofficial}")
        for term in dict.fromkeys(place.term for place in answer.placements):
            branch = tree.add(f"[bold]{term}[/bold]")
            for place in answer.placements:
                if place.term == term:
                    branch.add(escape(f"{titles[place.course]} ({place.course})"))
        tree.add(escape(answer.audit.sentence))
        console.print(tree)
    elif isinstance(answer, Infeasible):
        console.print("[bold]Infeasible:[/bold] there is no such plan.")
        for line in (*answer.reasons, *(f"This would help: {each}" for each in answer.changes)):
            console.print(f"- {escape(line)}")
    else:
        console.print(f"[bold]Undecided:[/bold] {escape(answer.sentence)}")


def _print_json(document: Any) -> None:
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
