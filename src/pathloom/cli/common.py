"""What the commands share: the apps, reading input with all mistakes, JSON out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from pathloom.engine.errors import PathloomError, Problem, Problems

if TYPE_CHECKING:
    from pathloom.engine.record import StudentRecord
    from pathloom.engine.rules.nodes import Rulebook, RuleSet

Value = TypeVar("Value")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="From a student's record to requirements met, missing and planned.",
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON as in docs/reference.")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="Such as 2026-11-22.")]


@contextmanager
def reading() -> Iterator[None]:
    """Show every mistake of an input, one a line, and leave with 2."""
    try:
        yield
    except PathloomError as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None


def tried(read: Callable[[], Value], problems: Problems) -> Value | None:
    """Read something, or keep its mistakes and return None."""
    try:
        return read()
    except PathloomError as error:
        problems.extend(error.problems)
        return None


def day_of(text: str, option: str = "--as-of") -> date:
    """Read a day given as an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem = Problem(option, f"'{text}' is not a date", "Write it like 2026-11-22.")
    raise PathloomError([problem])


def chosen_rules(text: str, student: StudentRecord, day: date) -> RuleSet:
    """Return the rule set of a packaged id or a rule file that holds for a student."""
    from pathloom.engine.rules.choose import choose, choose_version
    from pathloom.engine.rules.load import load_rule_file

    entered = student.entered_grade_9
    if text.endswith((".yaml", ".yml")) or Path(text).is_file():
        return choose_version(load_rule_file(Path(text)), entered_grade_9=entered, as_of=day)
    return choose(packaged_rules(), text, entered_grade_9=entered, as_of=day)


def packaged_rules() -> Rulebook:
    """Read the packaged rules, kept in the user's cache folder from one command to the next."""
    from pathloom.engine.rules.load import load_rulebook

    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pathloom"
    with suppress(OSError):  # where no folder can be made, rules are read anew each time
        folder.mkdir(parents=True, exist_ok=True)
    return load_rulebook(cache=folder / "rulebook")


def print_json(document: Any) -> None:
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
