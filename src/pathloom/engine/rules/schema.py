"""JSON Schema of rule files, so that editors complete and check while one types."""

from __future__ import annotations

from typing import Any

from pathloom.engine.rules.syntax import RuleFileSyntax


def rule_file_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a rule file, made from the syntax it is read with."""
    schema = RuleFileSyntax.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
