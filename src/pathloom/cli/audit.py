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

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathloom.engine.audit.result import AuditResult, Counted, Decided, RequirementResult
    from pathloom.engine.record import StudentRecord
    from pathloom.engine.rules.nodes import RuleSet

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
        Console().print(_Printed(result, student, chosen).tree())


def _audit_document(result: AuditResult) -> Any:
    from pydantic import TypeAdapter

    from pathloom.engine.audit.result import AuditResult

    return TypeAdapter(AuditResult).dump_python(result, mode="json")


class _Printed:
    """An audit as a tree to read: standing, requirements, courses, decisions, sources."""

    def __init__(self, result: AuditResult, record: StudentRecord, ruleset: RuleSet) -> None:
        self.result = result
        self.ruleset = ruleset
        self.titles = {each.id: each.title or each.course or each.id for each in record.courses}
        self.titles |= {each.id: each.title for each in result.awarded}
        self.cited: dict[str, int] = {}  # source id -> number, in the order of use

    def tree(self) -> Tree:
        result = self.result
        unofficial = "" if result.official else " (unofficial: these rules are a draft)"
        tree = Tree(f"[bold]{escape(result.title)}[/bold]{unofficial}, as of {result.as_of}")
        tree.add(f"[bold]{escape(result.sentence)}[/bold]")
        total = (result.total,) if result.total.need else ()
        for requirement in (*result.requirements, *total):
            self.add_requirement(tree, requirement)
        _add_list(
            tree, "What would complete it, beside what is in progress and planned", result.smallest
        )
        _add_list(tree, "Added by the rules", map(self.awarded, result.awarded))
        _add_list(tree, "Held back by a limit", map(self.capped, result.caps))
        _add_list(tree, "Decisions of the school", map(_decision, result.exceptions))
        _add_list(tree, "Worth a look", result.notes)
        if total:  # conditions use nothing up
            _add_list(tree, "Counts nowhere", (self.title(each) for each in result.unused))
        _add_list(tree, "Sources", self.sources())
        return tree

    def title(self, record_id: str) -> str:
        return self.titles.get(record_id, record_id)

    def add_requirement(self, tree: Tree, requirement: RequirementResult) -> None:
        color = _COLORS.get(requirement.status, "white")
        other = "" if requirement.needed else " (another way)"
        branch = tree.add(
            f"[{color}]{_SIGNS[requirement.status]} {escape(requirement.title)}[/{color}]{other}: "
            f"{_reached(requirement)}{requirement.status.replace('_', ' ')}. "
            f"{escape(requirement.why)}{self.cite(requirement.source)}"
        )
        counting = [self.counted(each) for each in requirement.counted]
        if counting:
            branch.add(f"[dim]Counts here: {escape('; '.join(counting))}[/dim]")
        for part in requirement.parts:
            self.add_requirement(branch, part)
        below = {fix for part in requirement.parts for fix in part.fixes}
        for fix in requirement.fixes:
            if fix not in below:
                branch.add(f"→ {escape(fix)}")

    def counted(self, entry: Counted) -> str:
        from pathloom.engine.audit.phrases import number

        how = " a second time" if entry.second else " left over from elsewhere"
        more = how if entry.second or entry.overflow else ""
        return f"{self.title(entry.record)} ({number(entry.amount)}{more})"

    def awarded(self, each: Any) -> str:
        from pathloom.engine.audit.phrases import number

        because = f", for {self.title(each.because_of)}" if each.because_of else ""
        return f"{each.title} ({number(each.credits)}){because}"

    def capped(self, each: Any) -> str:
        from pathloom.engine.audit.phrases import number

        title, there = each.title or each.id, number(each.there)
        text = f"{title}: {number(each.counts)} of {there} counts, at most {number(each.at_most)}."
        return f"{text}{self.cite(each.source)}"

    def cite(self, source_id: str) -> str:
        """`` [2]``: the number of a source in the list at the end."""
        if not source_id:
            return ""
        number = self.cited.setdefault(source_id, len(self.cited) + 1)
        return rf" [dim]\[{number}][/dim]"

    def sources(self) -> Iterable[str]:
        by_id = {each.id: each for each in self.ruleset.sources}
        for source_id, number in self.cited.items():
            source = by_id.get(source_id)
            where = f"{source.title} (read on {source.read_on}): {source.url}" if source else ""
            yield f"{number}. {where or source_id}"


def _reached(requirement: RequirementResult) -> str:
    """``1.5 of 3, ``; nothing where the amount says nothing."""
    from pathloom.engine.audit.phrases import number
    from pathloom.engine.audit.result import Measure

    names = {Measure.COURSES: " courses", Measure.HOURS: " hours", Measure.TIMES: " times"}
    if requirement.measure in (Measure.DONE, Measure.POINTS) or not requirement.need:
        return ""
    unit = names.get(requirement.measure, "")
    unit = unit.removesuffix("s") if requirement.need == 100 else unit
    return f"{number(requirement.earned)} of {number(requirement.need)}{unit}, "


def _decision(each: Decided) -> str:
    from pathloom.engine.audit.phrases import sentence

    made = each.exception
    until = f", until {made.until}" if made.until else ""
    effect = "" if each.in_effect else "Not in effect: "
    said = f"{made.by} on {made.on}{until}: {sentence(made.why)}"
    return f"{sentence(f'{effect}{each.note}')} {said}"


def _add_list(tree: Tree, title: str, lines: Iterable[str]) -> None:
    every = list(lines)
    if every:
        branch = tree.add(f"[bold]{title}[/bold]")
        for line in every:
            branch.add(line if title == "Held back by a limit" else escape(line))
