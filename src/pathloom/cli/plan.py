"""``pathloom plan``: courses by term, or why there is no plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from pathloom.cli.common import AsJson, app, print_json, reading

if TYPE_CHECKING:
    from pathloom.engine.planner.types import Infeasible, Plan, Undecided


@app.command("plan")
def plan_command(
    request: Annotated[Path, typer.Argument(help="A plan request, JSON.")],
    as_json: AsJson = False,
) -> None:
    """Make a plan of courses by term, or say why there is none."""
    from pathloom.engine.planner import plan
    from pathloom.engine.planner.request import load_request, plan_document

    with reading():
        wanted, day = load_request(request)
        answer = plan(wanted, as_of=day)
    if as_json:
        print_json(plan_document(answer))
    else:
        _print_plan(answer, {course.id: course.title for course in wanted.catalog.courses})


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
        for sentence in (answer.audit.sentence, *answer.left):
            tree.add(escape(sentence))
        console.print(tree)
    elif isinstance(answer, Infeasible):
        console.print("[bold]Infeasible:[/bold] there is no such plan.")
        for line in (*answer.reasons, *(f"This would help: {each}" for each in answer.changes)):
            console.print(f"- {escape(line)}")
    else:
        console.print(f"[bold]Undecided:[/bold] {escape(answer.sentence)}")
