"""Reading all rule packs: cold from YAML, and from the cache; laid out for the audit each time."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from report import spread, write

RUNS = 15
MEASURE = """
import time
from pathlib import Path
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.slots import layout
start = time.perf_counter()
book = load_rulebook(cache={cache})
loaded = time.perf_counter()
for file in book.files:
    for version in file.versions:
        layout(version)
done = time.perf_counter()
versions = sum(len(file.versions) for file in book.files)
print(len(book.files), versions, (loaded - start) * 1000, (done - start) * 1000)
"""


def run(cache: Path | None) -> tuple[str, float, float]:
    """Read the rulebook in a process of its own; return what it holds and milliseconds."""
    code = MEASURE.format(cache=f"Path({str(cache)!r})" if cache else "None")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    files, versions, loaded, laid_out = done.stdout.split()
    return f"{files} files, {versions} versions", float(loaded), float(laid_out)


def row(name: str, cache: Path | None) -> dict[str, str]:
    results = [run(cache) for _ in range(RUNS)]
    whole = spread([laid_out for _, _, laid_out in results])
    loaded = spread([loaded for _, loaded, _ in results])
    return {"from": name, "rules": results[0][0], "load, median": loaded["median"], **whole}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "rulebook"
        run(kept)
        rows = [row("YAML, cold", None), row("cache", kept)]
    write("Rulebook: reading and laying out all packs", rows, seed=0)


if __name__ == "__main__":
    main()
