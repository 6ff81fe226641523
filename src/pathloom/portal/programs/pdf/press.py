"""Typst itself: a form and its data give a PDF, or an answer.

As a script it does one order, read as JSON. It knows nothing of the portal, so it starts at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from functools import cache
from threading import Lock
from typing import Any

import typst

REFUSED = 3  # how the script ends when Typst refuses the data; what it says is on stderr
_turn = Lock()


@dataclass(frozen=True, slots=True)
class Order:
    """A form (the path of its file) with its data, and where our own face lies.

    ``asks`` names the metadata that is wanted instead of a PDF.
    """

    form: str
    data: str
    faces: tuple[str, ...]
    asks: str = ""


def done(order: Order) -> bytes:
    """A tagged PDF (PDF/UA-1), the same bytes for the same order; or what is asked, as JSON.

    Raises:
        typst.TypstError: the form refuses the data.
    """
    data, fonts = {"data": order.data}, _fonts(tuple(order.faces))
    if order.asks:
        label = f"<{order.asks}>"
        return typst.query(
            order.form, label, field="value", sys_inputs=data, font_paths=fonts
        ).encode()
    return typst.compile(
        order.form,
        format="pdf",
        sys_inputs=data,
        pdf_standards="ua-1",
        font_paths=fonts,
        timestamp=0,
    )


@cache
def _fonts(faces: tuple[str, ...]) -> typst.Fonts:
    """Our own face and those that come with Typst, so that every machine sets the same page."""
    return typst.Fonts(include_system_fonts=False, font_paths=list(faces))


def done_apart(order: Order) -> bytes:
    """The same from a process of its own; what Typst remembers of many sheets ends with it.

    The process is started anew and forks nothing. One is at work at a time: each takes some hundred
    MB, and uses all cores.

    Raises:
        typst.TypstError: the form refuses the data.
        RuntimeError: the process ended before it was done.
    """
    given = json.dumps(asdict(order)).encode()
    script = [sys.executable, "-I", __file__]
    with _turn:
        ended = subprocess.run(script, input=given, capture_output=True, check=False)
    if ended.returncode == REFUSED:
        raise _refusal(json.loads(ended.stderr))
    if ended.returncode:
        said = ended.stderr.decode(errors="replace").strip() or "Is there memory enough?"
        raise RuntimeError(f"{order.form}: its process ended with {ended.returncode}. {said}")
    return ended.stdout


_SAID = ("message", "diagnostic", "hints", "trace")


def _refusal(said: dict[str, Any]) -> typst.TypstError:
    """The error as the other process met it, which Typst itself gives its parts after making it."""
    error = typst.TypstError(*(said[name] for name in _SAID))
    for name in _SAID:
        setattr(error, name, said[name])
    return error


def main() -> int:
    """Do the order on stdin."""
    try:
        sys.stdout.buffer.write(done(Order(**json.load(sys.stdin))))
    except typst.TypstError as error:
        json.dump({name: getattr(error, name) for name in _SAID}, sys.stderr)
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
