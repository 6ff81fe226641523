"""Compiling all reference packs out of the publishers' files: `compile.py FOLDER`.

Each run is a process of its own, as an operator starts it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from report import spread, write

RUNS = 7
MEASURE = """
import time
from pathlib import Path
start = time.process_time()
from pathloom.cli.occupations import framework_names
from pathloom.engine.occupations import compile_folder, load_occupations, write_tables
compiled = compile_folder(Path({folder!r}), names=framework_names())
write_tables(compiled.files, Path({out!r}))
done = time.process_time()
book = load_occupations(Path({out!r}))
read = time.process_time()
rows = sum(each.rows for dataset in compiled.fresh for each in dataset.inputs)
size = sum(len(text.encode()) for text in compiled.files.values())
print(rows, size // 1000, len(book.occupations), (done - start) * 1000, (read - done) * 1000)
"""


def run(folder: Path, out: Path) -> tuple[str, float, float]:
    """Compile once; return what there was and milliseconds of compiling and of reading back."""
    code = MEASURE.format(folder=str(folder), out=str(out))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rows, size, number, compiled, read = done.stdout.split()
    return f"{rows} rows to {number} occupations, {size} kB", float(compiled), float(read)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path, nargs="?", help="the publishers' raw files")
    folder = arguments.parse_args().folder
    if folder is None:
        print("compile.py: no folder of raw files given, nothing measured.")
        return
    with tempfile.TemporaryDirectory() as place:
        runs = [run(folder, Path(place) / "out") for _ in range(RUNS)]
    rows = [
        {"what": "compile and write", "data": runs[0][0], **spread([each[1] for each in runs])},
        {"what": "read the tables", "data": runs[0][0], **spread([each[2] for each in runs])},
    ]
    write("Compiling the reference packs (processor time)", rows, seed=0)


if __name__ == "__main__":
    main()
