"""``pathloom rules diff``: which students change between two versions of the rules, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from pathloom.cli.common import AsJson, print_json, reading, tried
from pathloom.cli.rules import rules
from pathloom.engine.errors import PathloomError, Problems, RuleError

if TYPE_CHECKING:
    from pathloom.engine.audit.compare import Change
    from pathloom.engine.record import StudentRecord
    from pathloom.engine.rules.nodes import Rulebook, RuleSet
    from pathloom.engine.rules.students import Students


@dataclass(frozen=True, slots=True)
class StudentChange:
    """What changes for one student under one rule file; empty versions where none covers it."""

    student: str
    rules: str
    before: str
    after: str
    changes: tuple[Change, ...]


@rules.command("diff")
def diff_rules(
    before: Annotated[Path, typer.Argument(help="A folder of rules, as it was.")],
    after: Annotated[Path, typer.Argument(help="The folder of rules as it is now.")],
    students: Annotated[
        Path,
        typer.Option("--students", help="Invented students: docs/reference/formats.md."),
    ],
    as_json: AsJson = False,
) -> None:
    """List which students of a file change between two versions of the rules, and why.

    Rules are compared that both folders or only one of them have for a student's cohort.
    """
    from pathloom.engine.rules.load import load_rulebook
    from pathloom.engine.rules.students import read_students

    with reading():
        problems = Problems()
        for folder in (before, after):
            if not folder.is_dir():
                problems.add(str(folder), "no such folder", "Name a folder such as rulebook.")
        if problems:
            tried(lambda: read_students(students), problems)
            problems.raise_as(PathloomError)
        old = tried(lambda: load_rulebook(before), problems)
        new = tried(lambda: load_rulebook(after), problems)
        invented = tried(lambda: read_students(students), problems)
        if old is None or new is None or invented is None:
            problems.raise_as(PathloomError)
        absent = _absent(invented, (old, new))
        if absent:
            typer.echo(f"Not compared, in neither folder: {', '.join(absent)}.", err=True)
        found = student_changes(invented, old, new)
    if as_json:
        print_json([asdict(each) for each in found])
    else:
        _print(found, count=len(invented.students))


def _absent(students: Students, books: tuple[Rulebook, Rulebook]) -> list[str]:
    """The rules that students name and no book has."""
    known = {name for book in books for file in book.files for name in (file.id, file.jurisdiction)}
    return sorted({name for each in students.students for name in each.rules} - known)


def student_changes(students: Students, old: Rulebook, new: Rulebook) -> tuple[StudentChange, ...]:
    """Audit students under two rulebooks and list who changes, in file order, with a bar."""
    from pathloom.engine.rules.students import rule_files_for

    found: list[StudentChange] = []
    for each in track(students.students, "Auditing", console=Console(stderr=True), transient=True):
        ids = {file.id: None for book in (old, new) for file in rule_files_for(each.rules, book)}
        for name in ids:
            change = _student_change(each.record, name, (old, new), students.as_of)
            if change is not None:
                found.append(change)
    return tuple(found)


def _student_change(
    record: StudentRecord, name: str, books: tuple[Rulebook, Rulebook], day: date
) -> StudentChange | None:
    from pathloom.engine.audit import audit
    from pathloom.engine.audit.compare import changes

    old, new = (_version(book, name, record, day) for book in books)
    if old is None or new is None:
        if old is new:
            return None
        return StudentChange(record.student, name, old.id if old else "", new.id if new else "", ())
    results = [audit(record, each, catalog=None, as_of=day) for each in (old, new)]
    found = changes(results[0], results[1], old=old, new=new)
    return StudentChange(record.student, name, old.id, new.id, found) if found else None


def _version(book: Rulebook, name: str, record: StudentRecord, day: date) -> RuleSet | None:
    """Return the version that holds for a student; None where the cohort is not covered."""
    from pathloom.engine.rules.choose import choose_version

    file = book.file(name)
    if file is None:
        return None
    try:
        return choose_version(file, entered_grade_9=record.entered_grade_9, as_of=day)
    except RuleError:
        return None


def _print(found: tuple[StudentChange, ...], *, count: int) -> None:
    console = Console()
    for each in found:
        console.print(f"[bold]{escape(each.student)}[/bold] under {escape(each.rules)}")
        if not each.before:
            console.print(f"  covered now, by {escape(each.after)}")
        elif not each.after:
            console.print(f"  not covered any more; it was by {escape(each.before)}")
        for change in each.changes:
            was, now = change.before or "not asked for", change.after or "not asked for"
            console.print(f"  {escape(change.title)}: {was} → {now}. {escape(change.why)}")
    wholes = Counter(
        (change.before, change.after)
        for each in found
        for change in each.changes
        if change.requirement == "status"
    )
    several = len({each.student for each in found})
    console.print(f"{several} of {count} students change.")
    for (was, now), number in sorted(wholes.items()):
        console.print(f"  {was} → {now}: {number} audit{'s' if number > 1 else ''}")
