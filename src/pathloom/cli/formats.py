"""``pathloom schema``: the JSON Schemas of the formats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from pathloom.cli.common import app, print_json, reading
from pathloom.engine.errors import PathloomError, Problem, nearest


@app.command("schema")
def schema_command(
    name: Annotated[str, typer.Argument(help="A format's name, such as record or college.")],
) -> None:
    """Print the JSON Schema of one of the formats."""
    with reading():
        document = schema(name)
    print_json(document)


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a format by its name; RuleError for an unknown name."""
    from pydantic import TypeAdapter

    from pathloom.engine.audit.result import AuditResult
    from pathloom.engine.catalog import Catalog
    from pathloom.engine.catalog.agreement_file import agreements_schema
    from pathloom.engine.planner.batch.answer import ANSWER
    from pathloom.engine.planner.college import CollegeChange, CollegeCredit
    from pathloom.engine.planner.documents import (
        alternatives_schema,
        repair_schema,
        switch_schema,
    )
    from pathloom.engine.planner.request import plan_schema, request_schema
    from pathloom.engine.record import StudentRecord
    from pathloom.engine.rules.schema import rule_file_schema

    makers: dict[str, Callable[[], dict[str, Any]]] = {
        "record": lambda: TypeAdapter(StudentRecord).json_schema(),
        "catalog": lambda: TypeAdapter(Catalog).json_schema(),
        "agreements": agreements_schema,
        "request": request_schema,
        "audit": lambda: TypeAdapter(AuditResult).json_schema(mode="serialization"),
        "plan": plan_schema,
        "repair": repair_schema,
        "alternatives": alternatives_schema,
        "switch": switch_schema,
        "drift": lambda: ANSWER.json_schema(mode="serialization"),
        "college": lambda: TypeAdapter(CollegeCredit | CollegeChange).json_schema(
            mode="serialization"
        ),
        "rules": rule_file_schema,
    }
    if name not in makers:
        raise PathloomError([Problem("schema", f"no format '{name}'", nearest(name, makers))])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **makers[name]()}
