"""Writes one section of results.md: what was measured, on which machine, with which versions."""

from __future__ import annotations

import platform
import re
import statistics
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results.md"
HEAD = "# Results\n\nWritten by the commands in this folder; do not edit.\n"
PACKAGES = ("ortools", "pydantic", "django", "typst")


def spread(milliseconds: Sequence[float]) -> dict[str, str]:
    """Median, 99th percentile, worst and middle half of a sample, in words for a row."""
    ordered = sorted(milliseconds)
    low, _, high = statistics.quantiles(ordered, n=4)
    return {
        "median": f"{statistics.median(ordered):.2f} ms",
        "p99": f"{ordered[int(len(ordered) * 0.99)]:.2f} ms",
        "worst": f"{ordered[-1]:.2f} ms",
        "middle half": f"{low:.2f} to {high:.2f} ms",
    }


def write(
    section: str,
    rows: Sequence[Mapping[str, str]],
    *,
    seed: int,
    packages: Sequence[str] = PACKAGES,
) -> None:
    """Print a section and replace the one of the same name in results.md.

    Args:
        section: heading, one per benchmark file.
        rows: one mapping of column to text per line of the table; all with the same columns.
        seed: of the generated inputs.
        packages: whose versions matter.
    """
    columns = list(rows[0])
    lines = [
        f"## {section}",
        "",
        f"Machine: {_processor()}, {platform.system()} {platform.machine()}. "
        f"Python {platform.python_version()}, {_versions(packages)}. Seed {seed}.",
        "",
        f"| {' | '.join(columns)} |",
        f"|{'|'.join(' --- ' for _ in columns)}|",
        *(f"| {' | '.join(row[column] for column in columns)} |" for row in rows),
        "",
    ]
    text = "\n".join(lines)
    print(text)
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else HEAD
    parts = [part for part in re.split(r"(?m)^(?=## )", before) if part.strip()]
    head, *others = parts if not parts[0].startswith("## ") else [HEAD, *parts]
    kept = {other.splitlines()[0]: f"{other.rstrip()}\n" for other in others}
    kept[f"## {section}"] = text
    sections = [kept[name] for name in sorted(kept)]
    RESULTS.write_text("\n".join([f"{head.rstrip()}\n", *sections]), encoding="utf-8")


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = re.findall(r"(?m)^model name\s*: (.+)$", info.read_text(encoding="utf-8"))
        if names:
            return f"{len(names)} x {names[0]}"
    return platform.processor() or "unknown processor"


def _versions(packages: Sequence[str]) -> str:
    return ", ".join(f"{name} {version(name)}" for name in packages)
