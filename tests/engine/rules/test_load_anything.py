"""Whatever stands in a rule file: it loads, or every problem has a line, a fault and a remedy."""

from __future__ import annotations

import copy
import re
import tempfile
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from pathloom.engine.errors import RuleError
from pathloom.engine.rules.load import PACKAGED, load_rule_file

JUNK = st.sampled_from(
    [
        *(None, True, 1, 1.5, -3, "x", "", [], {}, ["a"], {"a": 1}, [[]], "any", {"not": "any"}),
        *("english", "science", "total", ["fitness"], {"tag": "a:b"}, {"from": "2024-25"}),
    ]
)


def yaml() -> YAML:
    return YAML(typ="safe", pure=True)


DEMO = sorted(
    path for path in PACKAGED.glob("us-demo*/*.yaml") if not path.name.endswith(".cases.yaml")
)


@cache
def right(path: Path) -> Any:
    """A right file as plain data; days are text."""
    text = path.read_text(encoding="utf-8")
    return yaml().load(re.sub(r"\d{4}-\d{2}-\d{2}", r"'\g<0>'", text))


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container with each of its keys or indexes."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    found = [(value, key) for key in keys]
    for key in keys:
        if isinstance(value[key], (dict, list)):
            found += places(value[key])
    return found


@settings(max_examples=80)
@given(st.data())
def test_no_file_ends_in_anything_but_values_or_problems(data: st.DataObject) -> None:
    content = copy.deepcopy(right(data.draw(st.sampled_from(DEMO))))
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places(content)))
        container[key] = data.draw(JUNK)
    text = StringIO()
    yaml().dump(content, text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "diploma.yaml"
        path.write_text(text.getvalue(), encoding="utf-8")
        try:
            file = load_rule_file(path, where="rules")
        except RuleError as error:
            for problem in error.problems:
                assert re.fullmatch(r"rules:\d+", problem.where)
                assert problem.what
                assert problem.fix.endswith((".", "?"))
        else:
            assert file.versions
