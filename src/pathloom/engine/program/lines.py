"""What a version says, taken apart into lines that can be compared, merged and edited."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pathloom.engine.program.content import CONTENT, Content, dumped

Fields = Mapping[str, Any]  # JSON values

# The parts of a sheet, in the order in which pages show them. What gives a line its name when it
# has no key yet: the first of these fields that says something.
PARTS: Mapping[str, tuple[str, ...]] = {
    "about": (),
    "entries": ("grade",),
    "steps": ("courses",),
    "rows": ("subject",),
    "college": ("courses",),
    "skills": ("title",),
    "credentials": ("title",),
    "work": ("title", "kind"),
    "activities": ("title",),
    "organizations": ("title",),
    "occupations": ("title",),
    "postsecondary": ("title", "kind"),
    "advisors": ("name",),
    "partners": ("text",),
    "contact": (),
    "evidence": ("element",),
    "sources": ("title",),
    "local_courses": ("text",),
    "words": (),
}
ALONE = ("about", "contact")  # parts of a single line
_TEXTS = ("partners", "local_courses")  # lines that are nothing but their text
_UNKEYED = ("rows", "evidence")  # lines named by what they are about, which is said once
_LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a part; ``key`` is unique there, ``fields`` hold what it says."""

    part: str
    key: str
    fields: Fields

    @property
    def name(self) -> tuple[str, str]:
        """The part and the key: what this line is called everywhere."""
        return self.part, self.key


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a version of a program of study says."""

    title: str
    content: Content
    summary: str = ""


@dataclass(slots=True)
class _Keys:
    """Gives lines without a key one that is theirs alone."""

    taken: set[str] = field(default_factory=set)

    def __call__(self, wanted: str) -> str:
        key, number = wanted, 1
        while key in self.taken:
            number += 1
            key = f"{wanted}-{number}"
        self.taken.add(key)
        return key


def lines_of(sheet: Sheet) -> tuple[Line, ...]:
    """Take a sheet apart, part by part; a line without a key is named after what it says.

    The same sheet always gives the same keys, so two versions made from it can be compared.
    """
    plain = dumped(sheet.content)
    found = [Line("about", "about", {"title": sheet.title, "summary": sheet.summary})]
    for part in PARTS:
        if part not in ALONE and part != "words":
            found += _lines(part, plain.get(part, ()))
    if "contact" in plain:
        found.append(Line("contact", "contact", plain["contact"]))
    for language, texts in sorted(plain.get("words", {}).items()):
        found += [
            Line("words", f"{language}:{text}", {"language": language, "text": text, "says": says})
            for text, says in texts.items()
        ]
    order = list(PARTS)
    return tuple(sorted(found, key=lambda line: order.index(line.part)))


def _lines(part: str, values: Iterable[Any]) -> Iterator[Line]:
    plain = [{"text": each} if part in _TEXTS else dict(each) for each in values]
    given = [each.pop("key", "") for each in plain]
    keys = _Keys(set(given))
    for number, fields in enumerate(plain):
        key = given[number]
        if not key or key in given[:number]:
            key = keys(name_of(part, fields))
        if part == "rows":
            cells = {grade: codes for grade, codes in fields.get("grades", {}).items() if codes}
            fields = {"subject": fields["subject"], **cells}
        yield Line(part, key, fields)


def name_of(part: str, fields: Fields) -> str:
    """A key for a line that has none: what it says, as one word."""
    for each in PARTS[part]:
        value = fields.get(each)
        words = "-".join(value) if isinstance(value, list | tuple) else str(value or "")
        if part in (*_TEXTS, *_UNKEYED):
            return words
        if slug := _slug(words):
            return slug
    return "line"


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:_LONGEST_KEY]


def free_key(part: str, fields: Fields, taken: Iterable[str]) -> str:
    """A key for a new line that no other of the part has."""
    return _Keys(set(taken))(name_of(part, fields))


def sheet_of(lines: Iterable[Line]) -> Sheet:
    """Put a sheet together again; the other way round of ``lines_of``.

    Raises:
        pydantic.ValidationError: a line does not have the form of its part; its place in the error
            is (part, number of the line in the part, field).
    """
    title = summary = ""
    plain: dict[str, Any] = {"steps": []}
    for line in lines:
        if line.part == "about":
            title, summary = line.fields["title"], line.fields.get("summary", "")
        elif line.part == "contact":
            plain["contact"] = dict(line.fields)
        elif line.part == "words":
            words = plain.setdefault("words", {}).setdefault(line.fields["language"], {})
            words[line.fields["text"]] = line.fields["says"]
        else:
            plain.setdefault(line.part, []).append(_value(line))
    return Sheet(title, CONTENT.validate_python(plain), summary)


def _value(line: Line) -> Any:
    if line.part in _TEXTS:
        return line.fields["text"]
    if line.part == "rows":
        cells = {key: value for key, value in line.fields.items() if key != "subject" and value}
        return {"subject": line.fields["subject"], "grades": cells}
    if line.part in _UNKEYED:
        return dict(line.fields)
    return {**line.fields, "key": line.key}


def keyed(sheet: Sheet) -> Sheet:
    """The same sheet with a key on every line that can have one."""
    return sheet_of(lines_of(sheet))
