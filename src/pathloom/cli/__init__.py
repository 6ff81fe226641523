"""The command line: rules, audits, plans, college credit.

Exit codes: 0 an answer, also "not complete" and "infeasible"; 1 a failed rule case; 2 bad input.
Each module adds its commands to the app.
"""

from __future__ import annotations

# They add their commands to the app.
from pathloom.cli import (  # noqa: F401
    audit,
    batch,
    batch_plan,
    college,
    diff,
    formats,
    frameworks,
    occupations,
    plan,
    rules,
)
from pathloom.cli.common import app
from pathloom.cli.formats import schema

__all__ = ["app", "main", "schema"]


def main() -> None:
    """Run the command line; the entry point ``pathloom``."""
    app()
