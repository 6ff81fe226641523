"""Prerequisites as people write them: ``ALG1 & (GEO | GEOH >= 80)``, ``BAND1*`` for concurrent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pathloom.engine.catalog.types import AllOf, AnyOf, CourseNeed, Need
from pathloom.engine.units import Mark

_TOKEN = re.compile(r"\s*(?:(>=)\s*([0-9A-Za-z]+)|([&|()*])|([^\s&|()*>=]+))")
_FIX = "Write it like ALG1 & (GEO | GEOH >= 80); a * means at the same time is enough."


def parse_need(text: str) -> Need | None:
    """Read an expression; empty text means no prerequisite.

    Course ids hold no space and none of ``& | ( ) * > =``. ``&`` binds closer than ``|``.

    Raises:
        ValueError: ``what. What to do.``
    """
    if not text.strip():
        return None
    reader = _Reader(text)
    need = reader.either()
    if reader.now is not None:
        raise reader.wrong(f"unexpected '{reader.now}'")
    return need


def format_need(need: Need | None) -> str:
    """Write an expression that ``parse_need`` reads back."""
    match need:
        case None:
            return ""
        case CourseNeed(course, minimum, concurrent):
            mark = f" >= {minimum}" if minimum else ""
            return f"{course}{mark}{'*' if concurrent else ''}"
        case AllOf(parts):
            return " & ".join(_nested(part) for part in parts)
        case AnyOf(parts):
            return " | ".join(_nested(part) for part in parts)


def courses_of(need: Need | None) -> Iterator[CourseNeed]:
    """Yield every course that a prerequisite names, in order."""
    match need:
        case None:
            return
        case CourseNeed():
            yield need
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from courses_of(part)


def _nested(need: Need) -> str:
    text = format_need(need)
    return text if isinstance(need, CourseNeed) else f"({text})"


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self.split())
        self.at = 0

    def split(self) -> Iterator[str]:
        position = 0
        while self.text[position:].strip():
            match = _TOKEN.match(self.text, position)
            if match is None:
                raise self.wrong(f"cannot read '{self.text[position:].strip()}'")
            yield f">={match[2]}" if match[1] else match[3] or match[4]
            position = match.end()

    @property
    def now(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def wrong(self, what: str) -> ValueError:
        return ValueError(f"prerequisite '{self.text.strip()}': {what}. {_FIX}")

    def either(self) -> Need:
        parts = [self.both()]
        while self.now == "|":
            self.at += 1
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def both(self) -> Need:
        parts = [self.one()]
        while self.now == "&":
            self.at += 1
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def one(self) -> Need:
        token = self.now
        self.at += 1
        if token == "(":
            inner = self.either()
            if self.now != ")":
                raise self.wrong("a bracket is not closed")
            self.at += 1
            return inner
        if token is None or token in "&|)*" or token.startswith(">="):
            raise self.wrong(f"a course is missing before '{token}'" if token else "it ends early")
        return self.course(token)

    def course(self, name: str) -> CourseNeed:
        minimum = None
        if self.now is not None and self.now.startswith(">="):
            try:
                minimum = Mark.parse(self.now[2:])
            except ValueError as error:
                what = str(error).split(". ")[0]
                raise self.wrong(what) from None
            self.at += 1
        concurrent = self.now == "*"
        self.at += concurrent
        return CourseNeed(name, minimum, concurrent)
