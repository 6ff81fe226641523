"""The reference of the rule language: one entry per keyword, with an example that is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pathloom.engine.errors import Location
from pathloom.engine.page import Page, read_page
from pathloom.engine.rules.keywords import MEANINGS
from pathloom.engine.rules.load import PACKAGED
from pathloom.engine.rules.schema import rule_file_schema

_LONGEST = 14  # lines of an example
_PLACES = {
    "RuleFileSyntax": "a file",
    "VersionSyntax": "a version",
    "CohortSyntax": "`entered_grade_9`",
    "ForceSyntax": "`in_force`",
    "RequirementSyntax": "a requirement",
    "MatcherSyntax": "a matcher",
    "SubstituteSyntax": "`instead`",
    "AmongSyntax": "`among`",
    "HaveSyntax": "`have`",
    "HoursSyntax": "`hours`",
    "TimesSyntax": "`times`",
    "ExamSyntax": "`exam`",
    "GpaSyntax": "`gpa`",
    "OnTrackSyntax": "`on_track`",
    "ExemptionSyntax": "`exempt`",
    "AwardSyntax": "`awards`",
    "GrantSyntax": "`grant`",
    "CapSyntax": "`caps`",
    "WaiversSyntax": "`waivers`",
    "TightenSyntax": "`tighten`",
    "SourceSyntax": "`sources`",
    "CreditSyntax": "`credit`",
}
_NAMES = {
    "RequirementSyntax": "a requirement",
    "MatcherSyntax": "a matcher",
    "VersionSyntax": "a version",
}
_SEVERAL = {
    "a requirement": "requirements",
    "a matcher": "matchers",
    "a version": "versions",
    "an id": "ids",
    "keys of its own": "entries with keys of their own",
}
_HEAD = """\
# Rule files

Every keyword of a rule file in alphabetical order: what it means, where it stands and what its
value is, an example from the invented rules in `us-demo`, and how it shows in an audit. The cases
beside those files show each keyword on both sides of its threshold.

Written by `pathloom rules reference`; do not edit. For editors there is a JSON Schema:
[rules.schema.json](rules.schema.json).
"""

_CASES = """\
# Cases

`diploma.cases.yaml` beside `diploma.yaml` holds `students`, written as lines of text, and `cases`,
sentences about them. Columns of a line have two or more spaces between them:

```yaml
students:
  core: |
    Algebra          1            mathematics, algebra, ^B+
    Choir            3 x 0.5      arts
    Welding I        1            cte, pathway:welding, #48.0000000, =WELD-1, ~13207, @planned
    * service        2 x 12 hours
    * entrance-exam  1200 points
    * average        3.0 gpa
    * team-challenge  2 times
    * aid-form       done, @in_progress
```

A course has a name, its credit, and then a subject, tags, and where a case needs them a mark
(`^`), the state course number (`#`), the course code of the catalog (`=`), the SCED code (`~`) and
a state (`@`): earned if none is given. A line that begins with `*` is evidence: hours, times,
points, gpa or done.

A case has a `name`, `entered_grade_9` (one school year or a list: it holds for each), a
`student`, and if needed lines to leave out (`minus`: names of courses or evidence) and to add
(`plus`); `as_of` (a day or a list), `tracks`, `exceptions` of staff (`kind`, `requirement`,
`record`, `credits`, `lowers_total`, `on`, `until`), and `credit`, the Carnegie units of one unit
of credit of the record if it is not that of the rules. `expect` names the `status` of the whole
and of every requirement that is not met: `planned`, `excused`, `short`, or `short 0.5` with the
amount in the measure of the requirement. Alternatives of a choice that are not needed are not
looked at.
"""


def reference() -> str:
    """Return the page ``docs/reference/rules.md``, made from the syntax and the packaged demo."""
    schema = rule_file_schema()
    values = dict(_values(schema))
    examples = _examples([key for key, _ in values])
    entries = [_HEAD]
    for keyword in sorted({key for key, _ in values}):
        meaning, audit = MEANINGS[keyword]
        places = [(place, text) for (key, place), text in values.items() if key == keyword]
        entries.append(
            "\n".join(
                (
                    f"## {keyword}\n",
                    f"{meaning}\n",
                    *_stands(places),
                    "",
                    f"```yaml\n{examples[keyword]}\n```\n",
                    f"In an audit: {audit}\n",
                )
            )
        )
    return "\n".join([*entries, _CASES])


def _stands(places: list[tuple[str, str]]) -> list[str]:
    """One line for each kind of value: where a keyword with such a value stands."""
    kinds: dict[str, list[str]] = {}
    for place, text in places:
        kinds.setdefault(text, []).append(place)
    return [f"- in {', '.join(where)}: {text}" for text, where in kinds.items()]


def _values(schema: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield what value each key has at each place, in words."""
    models = {"RuleFileSyntax": schema, **schema["$defs"]}
    for name, place in _PLACES.items():
        model = models[name]
        required = set(model.get("required", ()))
        for key, value in model["properties"].items():
            need = "" if key in required else "; may be left out"
            yield (key, place), f"{_value(value)}{need}"


def _value(value: Mapping[str, Any]) -> str:
    """Say a part of the JSON Schema in words."""
    if "anyOf" in value:
        kinds = [_value(each) for each in value["anyOf"] if each.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return _NAMES.get(name, "keys of its own")
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return f"one of {', '.join(f'`{each}`' for each in value['enum'])}"
    if value.get("type") == "array":
        return f"a list of {_SEVERAL[_value(value['items'])]}"
    if value.get("type") == "object":
        inner = value.get("additionalProperties", {})
        return f"names, each with: {_value(inner)}" if inner else "keys"
    return _plain(value)


def _plain(value: Mapping[str, Any]) -> str:
    if value.get("format") == "date":
        return "a day such as 2026-07-01"
    if "examples" in value:
        return f"text such as {value['examples'][0]}"
    return {
        "string": "an id" if "pattern" in value else "text",
        "number": "a number with at most two decimals",
        "integer": "a whole number",
        "boolean": "`true` or `false`",
    }[value["type"]]


def _examples(keywords: list[str]) -> dict[str, str]:
    """Return the shortest example of each keyword in the demo files, best of a requirement."""
    found: dict[str, tuple[bool, int, str]] = {}
    for path in sorted(PACKAGED.glob("us-demo*/*.yaml")):
        if path.name.endswith(".cases.yaml"):
            continue
        page, _ = read_page(path)
        lines = path.read_text(encoding="utf-8").splitlines()
        for location in page.lines:
            keyword = str(location[-1]) if location else ""
            if keyword not in keywords or _is_name(location):
                continue
            text = _lines(page, location, lines)
            example = ("requirements" not in location, len(text.splitlines()), text)
            found[keyword] = min(found.get(keyword, example), example)
    return {keyword: text for keyword, (_, _, text) in found.items()}


def _is_name(location: Location) -> bool:
    """Whether the last step is a name that the file declares, and no keyword."""
    return len(location) == 2 and location[0] in {
        "subjects",
        "tags",
        "families",
        "evidence",
        "tracks",
        "sources",
    }


def _lines(page: Page, location: Location, lines: list[str]) -> str:
    """The lines of the smallest item of a list around a key, or of the key itself."""
    start = next(
        (
            location[:end]
            for end in range(len(location) - 1, 0, -1)
            if isinstance(location[end - 1], int) and location[end - 2] != "versions"
        ),
        location,
    )
    inside = [line for place, line in page.lines.items() if place[: len(start)] == start]
    first, last = min(inside), max(inside)
    shown = lines[first - 1 : last]
    if len(shown) > _LONGEST:
        shown = [*shown[:_LONGEST], f"{' ' * _indent(shown[_LONGEST])}# ..."]
    least = min(_indent(line) for line in shown if line.strip())
    return "\n".join(line[least:].rstrip() for line in shown)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
