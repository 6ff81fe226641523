"""What is wrong with an input: where, what, and what to do about it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pydantic import ValidationError

Location = tuple[int | str, ...]

_DAY = ("not a day", "Write it like 2026-11-21.")
_LIST = ("a list is expected", "Write it in brackets, even a single one.")
_KEYS = ("keys with values are expected", "Write them as in docs/reference/formats.md.")
_TEXT = ("text is expected", "Put it in quotes.")
_EXPECTED = {
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "tuple_type": _LIST,
    "frozen_set_type": _LIST,
    "dataclass_type": _KEYS,
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "string_type": _TEXT,
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in an input: ``where: what. What to do.``"""

    where: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.fix}"


class PathloomError(Exception):
    """The input is wrong; carries every mistake found, each of them once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        if not self.problems:
            raise ValueError("PathloomError needs at least one problem")
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[PathloomError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)

    @property
    def where(self) -> str:
        return self.problems[0].where

    @property
    def what(self) -> str:
        return self.problems[0].what

    @property
    def fix(self) -> str:
        return self.problems[0].fix


class RuleError(PathloomError):
    """A rule file is wrong, or no rule covers what was asked."""


class CatalogError(PathloomError):
    """A catalog is wrong."""


class RecordError(PathloomError):
    """A student record is wrong."""


class RequestError(PathloomError):
    """A plan request is wrong."""


class Problems:
    """Collects mistakes so that a reader sees all of them at once."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, where: str, what: str, fix: str) -> None:
        self._found.append(Problem(where, what, fix))

    def extend(self, problems: Iterable[Problem]) -> None:
        self._found.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __bool__(self) -> bool:
        return bool(self._found)

    def raise_as(self, kind: type[PathloomError]) -> NoReturn:
        raise kind(self._found)

    def raise_if_any(self, kind: type[PathloomError]) -> None:
        if self._found:
            self.raise_as(kind)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``Did you mean 'x'?`` for the closest known word, or the list of known words."""
    words = sorted(set(known))
    close = difflib.get_close_matches(word, words, n=1)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"Use one of: {', '.join(words)}." if words else "Remove it."


def problems_of(
    error: ValidationError,
    *,
    place: Callable[[Location], str],
    known: Callable[[Location], Iterable[str]] = lambda location: (),
) -> tuple[Problem, ...]:
    """Turn a pydantic error into problems.

    Args:
        error: what pydantic raised; every entry becomes one problem.
        place: location of a value -> the words that say where it stands (file:line, key path).
        known: location of a mapping -> the keys it may have, for "Did you mean".
    """
    found = []
    for entry in error.errors(include_url=False):
        location: Location = entry["loc"]
        what, fix = _words(entry["type"], entry["msg"], location, known)
        found.append(Problem(place(location), what, fix))
    return tuple(found)


def _words(
    kind: str, message: str, location: Location, known: Callable[[Location], Iterable[str]]
) -> tuple[str, str]:
    keys = [str(step) for step in location if not str(step).startswith("=")]  # see ``place_in``
    name = keys[-1] if keys else "input"
    if kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        return f"unknown key '{name}'", nearest(name, known(location[:-1]))
    if kind in {"missing", "missing_argument"}:
        return f"'{name}' is missing", f"Add '{name}'."
    if kind in _EXPECTED:
        what, fix = _EXPECTED[kind]
        return (f"'{name}': {what}" if location else what), fix
    text = message.removeprefix("Value error, ").rstrip(".")
    if kind == "value_error" and ". " in text:
        what, fix = text.split(". ", 1)
        return f"'{name}': {what}", f"{fix}."
    return f"'{name}': {text[0].lower()}{text[1:]}", "Correct this value."


def read_text(path: Path, *, kind: type[PathloomError]) -> str:
    """Read a file of an input; raises ``kind`` when it is not there or not text in UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problem = Problem(str(path), "not text in UTF-8", "Save the file as UTF-8.")
    except FileNotFoundError:
        problem = Problem(str(path), "no such file", "Check the path.")
    except OSError as error:
        problem = Problem(str(path), f"cannot be read ({error.strerror})", "Check the file.")
    raise kind([problem])


def read_json(path: Path, *, kind: type[PathloomError]) -> object:
    """Read a JSON file; raises ``kind`` with the line of a mistake in its syntax."""
    text = read_text(path, kind=kind)
    try:
        found: object = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"not JSON: {error.msg[0].lower()}{error.msg[1:]} in column {error.colno}"
        raise kind([Problem(f"{path}:{error.lineno}", what, "Correct the file there.")]) from None
    except RecursionError:
        what = "too many things within each other"
        raise kind([Problem(str(path), what, "Write the file as docs/reference shows.")]) from None
    except ValueError:  # Python reads no whole number of thousands of digits
        what = "a number in it is too long"
        raise kind([Problem(str(path), what, "Correct the number.")]) from None
    return found


def place_in(where: str) -> Callable[[Location], str]:
    """Say where a value of a JSON document stands: ``catalog.json: courses[3].title``.

    Elements that begin with ``=`` name a choice between formats, not a key; they are left out.
    """

    def place(location: Location) -> str:
        path = ""
        for step in location:
            if isinstance(step, int):
                path += f"[{step}]"
            elif not step.startswith("="):
                path += f".{step}" if path else step
        return f"{where}: {path}" if path else where

    return place
