"""``pathloom plan``: courses by term, or why there is none; other plans, repairs and switches."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from pathloom.cli.common import AsJson, app, print_json, reading
from pathloom.engine.errors import Problem, RequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from rich.status import Status

    from pathloom.engine.planner.alternatives import Alternatives
    from pathloom.engine.planner.moves import PlanChange
    from pathloom.engine.planner.repair import Repaired
    from pathloom.engine.planner.switch import Switch
    from pathloom.engine.planner.types import Infeasible, Plan, PlanRequest, Undecided
    from pathloom.engine.planner.watch import Progress, Watch

    Answered = tuple[dict[str, Any], Callable[[Console], None]]  # as JSON, and how to print it

_SIGNS = {"moved": "→", "dropped": "-", "added": "+"}


@app.command("plan")
def plan_command(
    request: Annotated[Path, typer.Argument(help="A plan request, JSON.")],
    repair: Annotated[
        bool, typer.Option("--repair", help="The plan nearest to 'previous' that is valid.")
    ] = False,
    alternatives: Annotated[
        bool, typer.Option("--alternatives", help="Up to three other plans, side by side.")
    ] = False,
    switch: Annotated[
        bool, typer.Option("--switch", help="What changing to each program would cost.")
    ] = False,
    fix: Annotated[
        int | None,
        typer.Option("--fix", metavar="N", help="Make the N-th change that would help, then plan."),
    ] = None,
    effort: Annotated[
        float | None, typer.Option("--effort", help="Work to do at most, in place of the file's.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a plan of courses by term, or say why there is none and what would help."""
    from pathloom.engine.planner.request import load_request

    ways = {_repair: repair, _alternatives: alternatives, _switch: switch}
    wanted = [way for way, asked in ways.items() if asked]
    with reading():
        if len(wanted) > 1:
            what = "--repair, --alternatives and --switch do not go together"
            raise RequestError([Problem("plan", what, "Use one at a time.")])
        way = wanted[0] if wanted else _plan
        asked, day = load_request(request)
        if effort is not None:
            asked = replace(asked, effort=effort)
        if repair and not asked.previous:
            where, what = "request, previous", "there is no plan to repair"
            raise RequestError([Problem(where, what, "Add its courses, or leave --repair out.")])
        with Console(stderr=True).status("Reading the request") as status:
            watch = partial(_say, status)
            if fix is not None:
                asked = _fixed(asked, day, fix, watch)
            document, show = way(asked, day, watch)
    if as_json:
        print_json(document)
    else:
        show(Console())


def _say(status: Status, progress: Progress) -> None:
    status.update(f"{escape(progress.doing)} ({100 * progress.done // max(1, progress.of)} %)")


def _fixed(request: PlanRequest, day: date, number: int, watch: Watch) -> PlanRequest:
    """The request with the changes of the fix that stands under a number in the answer."""
    from pathloom.engine.planner import plan
    from pathloom.engine.planner.change import apply_all
    from pathloom.engine.planner.types import Infeasible
    from pathloom.engine.rules.phrases import one_of

    answer = plan(request, as_of=day, watch=watch)
    fixes = answer.fixes if isinstance(answer, Infeasible) else ()
    there = {place: one.changes for place, one in enumerate(fixes, 1) if one.changes}
    if number not in there:
        what = f"there is no fix {number}"
        todo = f"Write {one_of([str(each) for each in there])}." if there else "Leave --fix out."
        raise RequestError([Problem("plan", what, todo)])
    return apply_all(request, there[number])


def _plan(request: PlanRequest, day: date, watch: Watch) -> Answered:
    from pathloom.engine.planner import plan
    from pathloom.engine.planner.request import plan_document
    from pathloom.engine.planner.types import Plan

    answer = plan(request, as_of=day, watch=watch)
    if not isinstance(answer, Plan):
        return plan_document(answer), lambda console: _print_no_plan(console, answer)
    return plan_document(answer), lambda console: _print_plan(console, request, answer)


def _repair(request: PlanRequest, day: date, watch: Watch) -> Answered:
    from pathloom.engine.planner.documents import repair_document
    from pathloom.engine.planner.repair import Repaired, repair

    answer = repair(request, as_of=day, watch=watch)
    if not isinstance(answer, Repaired):
        return repair_document(answer), lambda console: _print_no_plan(console, answer)
    return repair_document(answer), lambda console: _print_repaired(console, request, answer)


def _alternatives(request: PlanRequest, day: date, watch: Watch) -> Answered:
    from pathloom.engine.planner.alternatives import Alternatives, alternatives
    from pathloom.engine.planner.documents import alternatives_document

    answer = alternatives(request, as_of=day, watch=watch)
    if not isinstance(answer, Alternatives):
        return alternatives_document(answer), lambda console: _print_no_plan(console, answer)
    return alternatives_document(answer), lambda console: _print_alternatives(console, answer)


def _switch(request: PlanRequest, day: date, watch: Watch) -> Answered:
    from pathloom.engine.planner.documents import switch_document
    from pathloom.engine.planner.switch import switches

    answer = switches(request, as_of=day, watch=watch)
    return switch_document(answer), lambda console: _print_switches(console, answer)


def _print_plan(console: Console, request: PlanRequest, plan: Plan) -> None:
    titles = {course.id: course.title for course in request.catalog.courses}
    unofficial = "" if plan.audit.official else " (unofficial: these rules are a draft)"
    tree = Tree(f"[bold]Plan[/bold], {plan.proof.replace('_', ' ')}{unofficial}")
    for term in dict.fromkeys(place.term for place in plan.placements):
        branch = tree.add(f"[bold]{term}[/bold]")
        for place in plan.placements:
            if place.term == term:
                branch.add(escape(f"{titles[place.course]} ({place.course})"))
    for sentence in (plan.audit.sentence, *plan.left):
        tree.add(escape(sentence))
    goals = tree.add("[bold]Goals[/bold], the first one first")
    for goal in plan.goals:
        proved = "" if goal.value == goal.bound else " (not proved best)"
        goals.add(f"{escape(goal.words)}{proved}")
    console.print(tree)


def _print_no_plan(console: Console, answer: Infeasible | Undecided) -> None:
    from pathloom.engine.planner.types import Infeasible

    if isinstance(answer, Infeasible):
        console.print("[bold]Infeasible:[/bold] there is no such plan.")
        _print_lines(console, answer.reasons)
        console.print("[bold]What would help[/bold]")
        for number, fix in enumerate(answer.fixes, 1):
            how = f"  (--fix {number})" if fix.changes else ""
            console.print(f"{number}. {escape(fix.sentence)}{how}", highlight=False)
    else:
        console.print(f"[bold]Undecided:[/bold] {escape(answer.sentence)}")


def _print_lines(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(f"- {escape(line)}")


def _print_changes(console: Console, changes: Iterable[PlanChange]) -> None:
    for change in changes:
        console.print(f"{_SIGNS[change.move]} {escape(f'{change.sentence} {change.why}'.rstrip())}")


def _print_repaired(console: Console, request: PlanRequest, answer: Repaired) -> None:
    if not answer.changes:
        console.print("[bold]Nothing changes:[/bold] the plan before still holds.")
    else:
        console.print("[bold]Changes[/bold]")
        _print_changes(console, answer.changes)
    if answer.because:
        console.print("[bold]What is wrong with the plan before[/bold]")
        _print_lines(console, answer.because)
    _print_plan(console, request, answer.plan)


def _print_alternatives(console: Console, answer: Alternatives) -> None:
    table = Table("Goal", "Your plan", *(one.title for one in answer.others), show_lines=True)
    plans = (answer.figures, *(one.figures for one in answer.others))
    for row in zip(*plans, strict=True):
        goal = row[0].goal.replace("_", " ")
        table.add_row(goal, *(escape(figure.words) for figure in row))
    console.print(table)
    for one in answer.others:
        title = f"[bold]{escape(one.title)}[/bold]"
        console.print(f"{title}: {one.difference} % of your plan's places differ")
        _print_changes(console, one.changes)
    if answer.missing:
        console.print("[bold]No more plans[/bold]")
        _print_lines(console, answer.missing)


def _print_switches(console: Console, answer: tuple[Switch, ...]) -> None:
    if not answer:
        console.print("The catalog has no program of study.")
    for one in answer:
        now = " (your program now)" if one.present else ""
        tree = Tree(f"[bold]{escape(one.title)}[/bold]{now}")
        tree.add(escape(one.sentence))
        if one.in_the_way:
            tree.add(escape(one.in_the_way))
        console.print(tree)
