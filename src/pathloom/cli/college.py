"""``pathloom college``: what a record or plan counts at college, saves and loses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from pathloom.cli.common import AsJson, AsOf, app, day_of, print_json, reading, tried
from pathloom.engine.errors import PathloomError, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathloom.engine.catalog import Agreements, Catalog
    from pathloom.engine.planner.college import CollegeChange, CollegeCredit, ProgramAhead
    from pathloom.engine.record import StudentRecord

_COLORS = {
    "earned": "green",
    "open": "yellow",
    "in_progress": "cyan",
    "planned": "blue",
    "lost": "red",
    "again": "dim",
}
_SIGNS = {
    "earned": "✓",
    "open": "!",
    "in_progress": "…",
    "planned": "○",
    "lost": "✗",
    "again": "=",
}


@app.command("college")
def college_command(
    student: Annotated[
        Path, typer.Argument(metavar="PLAN_OR_RECORD", help="A record, or a plan, JSON.")
    ],
    agreements: Annotated[
        Path, typer.Option("--agreements", metavar="FILE", help="Agreements, YAML or JSON.")
    ],
    as_of: AsOf,
    catalog: Annotated[
        Path | None, typer.Option("--catalog", help="The school's courses, JSON or CSV.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", help="The student's record, beside a plan.")
    ] = None,
    compare: Annotated[
        Path | None, typer.Option("--compare", help="Another plan or record; say what changes.")
    ] = None,
    program: Annotated[
        str, typer.Option("--program", metavar="ID", help="A program of study; all if left out.")
    ] = "",
    graduation: Annotated[
        str, typer.Option("--graduation", metavar="DATE", help="Such as 2028-05-26.")
    ] = "",
    claimed: Annotated[
        list[str] | None,
        typer.Option("--claimed", metavar="ID", help="An agreement already granted; may repeat."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what counts at college, what tuition and time it saves, and what is lost and why."""
    from pathloom.engine.planner.college import difference

    with reading():
        asked = _Asked.read(agreements, catalog=catalog, record=record, days=(as_of, graduation))
        problems = Problems()
        paths = [student] if compare is None else [student, compare]
        records = [tried(partial(asked.student, path), problems) for path in paths]
        problems.raise_if_any(PathloomError)
        found = [
            asked.credit(each, program=program, claimed=claimed or ())
            for each in records
            if each is not None
        ]
    change = difference(*found) if compare is not None else None
    if as_json:
        print_json(_document(found[0] if change is None else change))
    else:
        Console().print(_tree(found[0]) if change is None else _change_tree(change))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a student's credit depends on beside the record or plan."""

    agreements: Agreements
    catalog: Catalog | None
    record: StudentRecord | None
    as_of: date
    graduation: date | None

    @classmethod
    def read(
        cls,
        agreements: Path,
        *,
        catalog: Path | None,
        record: Path | None,
        days: tuple[str, str],
    ) -> _Asked:
        """Read the files, with the mistakes of all of them at once."""
        from pathloom.engine.catalog import load_agreements, load_catalog
        from pathloom.engine.record import load_record

        problems = Problems()
        day = tried(lambda: day_of(days[0]), problems)
        graduation = tried(lambda: day_of(days[1], "--graduation"), problems) if days[1] else None
        offered = tried(lambda: load_catalog(catalog), problems) if catalog else None
        agreed = tried(lambda: load_agreements(agreements, catalog=offered), problems)
        student = tried(lambda: load_record(record), problems) if record else None
        if problems or agreed is None or day is None:
            problems.raise_as(PathloomError)
        return cls(agreed, offered, student, day, graduation)

    def student(self, path: Path) -> StudentRecord:
        """A record, or the record with the placements of a plan."""
        from pathloom.engine.errors import Problem, RequestError, read_json
        from pathloom.engine.planner.outlook import with_plan
        from pathloom.engine.planner.placements import parse_placements
        from pathloom.engine.record import parse_record

        data = read_json(path, kind=RequestError)
        if not isinstance(data, dict) or "status" not in data:
            return parse_record(data, where=str(path))
        placed = parse_placements(data, where=str(path))
        if self.record is None or self.catalog is None:
            missing = " and ".join(
                name
                for name, value in (("--record", self.record), ("--catalog", self.catalog))
                if value is None
            )
            raise RequestError([Problem(str(path), "this is a plan", f"Add {missing} to it.")])
        return with_plan(self.record, placed, self.catalog)

    def credit(
        self, student: StudentRecord, *, program: str, claimed: Iterable[str]
    ) -> CollegeCredit:
        from pathloom.engine.planner.college import college_credit

        return college_credit(
            student,
            self.agreements,
            catalog=self.catalog,
            as_of=self.as_of,
            program=program,
            graduation=self.graduation,
            claimed=claimed,
        )


def _document(result: CollegeCredit | CollegeChange) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(type(result)).dump_python(result, mode="json")


def _tree(credit: CollegeCredit) -> Tree:
    days = f"as of {credit.as_of}, with graduation on {credit.graduation}"
    tree = Tree(f"[bold]College credit[/bold], {days}")
    tree.add(f"[bold]{escape(credit.sentence)}[/bold]")
    colleges = {each.institution: each.college for each in credit.claims}
    for institution, college in colleges.items():
        branch = tree.add(f"[bold]{escape(college)}[/bold]")
        for each in credit.claims:
            if each.institution == institution:
                branch.add(_line(each.standing, each.sentence))
    if credit.tuition:
        branch = tree.add("[bold]Tuition avoided[/bold]")
        for figure in credit.tuition:
            cited = f" [dim]{escape(figure.url)}[/dim]" if figure.url else ""
            branch.add(f"{escape(figure.sentence)}{cited}")
    for program in credit.programs:
        _add_program(tree, program)
    return tree


def _line(standing: str, text: str) -> str:
    color = _COLORS[standing]
    return f"[{color}]{_SIGNS[standing]} {standing.replace('_', ' ')}[/{color}] {escape(text)}"


def _add_program(tree: Tree, program: ProgramAhead) -> None:
    branch = tree.add(f"[bold]After high school: {escape(program.credential)}[/bold]")
    branch.add(escape(program.sentence))
    for term in program.terms:
        away = " (falls away)" if term.falls_away else ""
        rows = branch.add(f"Year {term.year}, {term.part}{away}")
        for row in term.rows:
            done = row.standing if row.standing and row.counted == row.hours else None
            name = escape(f"{row.code} {row.title}")
            rows.add(_line(done, name) if done else f"  {name}")


def _change_tree(change: CollegeChange) -> Tree:
    tree = Tree("[bold]What changes in college credit[/bold]")
    tree.add(f"[bold]{escape(change.sentence)}[/bold]")
    for course in change.courses:
        tree.add(escape(course.sentence))
    for program in change.programs:
        tree.add(escape(program.sentence))
    return tree
