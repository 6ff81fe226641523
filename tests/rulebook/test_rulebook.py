"""The packaged rulebook: covered as it says, every keyword shown, no number without a source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pathloom.engine.page import Plain, read_page
from pathloom.engine.rules.choose import cohorts
from pathloom.engine.rules.load import PACKAGED, load_rulebook, rule_files
from pathloom.engine.rules.nodes import (
    EachOf,
    Matcher,
    NoneOf,
    NumberLike,
    OneOf,
    RuleFile,
    RuleSet,
)
from pathloom.engine.rules.pathways import load_numbers, load_pathways, pattern_of
from pathloom.engine.rules.syntax import keywords
from pathloom.engine.taxonomy import load_framework

GEORGIA = PACKAGED / "us-ga"
FILES = load_rulebook().files


def georgia() -> RuleSet:
    file = load_rulebook().file("us-ga/diploma")
    assert file is not None
    return file.versions[0]


def test_coverage_lists_exactly_what_the_files_hold() -> None:
    page, problems = read_page(PACKAGED / "coverage.yaml")

    assert not problems
    assert isinstance(page.data, dict)
    assert isinstance(page.data["covered"], list)
    assert sorted(page.data["covered"], key=str) == sorted(
        [
            {
                "jurisdiction": file.jurisdiction,
                "diploma": file.diploma,
                "title": file.title,
                "cohorts": [cohorts(version) for version in file.versions],
                "status": file.status,
            }
            for file in FILES
        ],
        key=str,
    )


def test_what_is_not_covered_says_why() -> None:
    page, _ = read_page(PACKAGED / "coverage.yaml")
    assert isinstance(page.data, dict)
    rows = page.data["not_covered"]
    assert isinstance(rows, list)

    for row in rows:
        assert isinstance(row, dict)
        assert set(row) == {"jurisdiction", "diploma", "cohorts", "reason"}
        assert all(row.values()), row


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.id)
def test_the_folder_is_the_jurisdiction_and_the_name_the_diploma(file: RuleFile) -> None:
    assert file.path == f"rulebook/{file.jurisdiction}/{file.diploma}.yaml"


@pytest.mark.parametrize(
    "path", rule_files(PACKAGED), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_every_declared_word_and_source_is_used(path: Path) -> None:
    page, _ = read_page(path)

    assert unused(page.data) == []


def test_a_word_that_is_not_used_is_noticed() -> None:
    page, _ = read_page(PACKAGED / "us-demo" / "designation.yaml")
    assert isinstance(page.data, dict)
    evidence, families = page.data["evidence"], page.data["families"]
    assert isinstance(evidence, dict)
    assert isinstance(families, dict)
    more = {"evidence": {**evidence, "juggling": "x"}, "families": {**families, "cluster": "x"}}

    assert unused({**page.data, **more}) == ["evidence: juggling", "families: cluster"]


def unused(data: Plain) -> list[str]:
    """What a rule file declares and none of its versions names."""
    assert isinstance(data, dict)
    words = texts_in(data["versions"])
    prefixes = {word.partition(":")[0] for word in words}
    return [
        f"{kind}: {key}"
        for kind in ("sources", "evidence", "tracks", "families")
        for key in keys_of(data.get(kind, {}))
        if key not in (prefixes if kind == "families" else words)
    ]


def keys_of(value: Plain) -> list[str]:
    return list(value) if isinstance(value, dict) else []


def texts_in(value: Plain) -> set[str]:
    if isinstance(value, dict):
        return set().union(*(texts_in(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(texts_in(inner) for inner in value))
    return {value} if isinstance(value, str) else set()


def keys_in(value: Plain) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys_in(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(keys_in(inner) for inner in value))
    return set()


def demo_pages() -> list[Plain]:
    """The files that show the language, overlay included."""
    return [read_page(path)[0].data for path in sorted(PACKAGED.glob("us-demo*/[a-z-]*[a-z].yaml"))]


def test_the_demo_uses_every_keyword_of_the_rule_language() -> None:
    assert keywords() - keys_in(demo_pages()) == set()


@pytest.mark.parametrize("keyword", sorted(keywords()))
def test_a_keyword_that_the_demo_does_not_use_is_noticed(keyword: str) -> None:
    assert keyword in keywords() - keys_in(without(keyword, demo_pages()))


def without(keyword: str, value: Plain) -> Plain:
    if isinstance(value, dict):
        return {key: without(keyword, inner) for key, inner in value.items() if key != keyword}
    return [without(keyword, inner) for inner in value] if isinstance(value, list) else value


def test_the_demo_uses_every_way_to_split_a_course() -> None:
    demo = load_rulebook().file("us-demo/diploma")
    assert demo is not None

    assert {version.split for version in demo.versions} == {"never", "overflow", "free"}


def test_the_georgia_rule_has_the_areas_of_the_regulation() -> None:
    areas = {each.id: each.earn for each in georgia().requirements}

    assert areas == {
        "english": 400,
        "mathematics": 400,
        "science": 400,
        "social-studies": 300,
        "cte-language-arts": 300,
        "health-fitness": 100,
        "electives": 400,
    }
    assert georgia().total == 2300
    assert not georgia().official


def patterns(matcher: Matcher) -> set[str]:
    match matcher:
        case NumberLike(pattern):
            return {pattern}
        case OneOf(inner) | EachOf(inner):
            return set().union(*(patterns(each) for each in inner))
        case NoneOf(each):
            return patterns(each)
        case _:
            return set()


def test_every_number_of_the_georgia_rule_has_a_source() -> None:
    known = load_numbers(GEORGIA / "numbers.yaml").titles()
    used = set()
    for requirement in georgia().walk():
        used |= patterns(requirement.match)
    for award in georgia().awards:
        used |= patterns(award.when) if award.when else set()
        used |= {pattern_of(award.number)} if award.number else set()

    assert len(used) > 25
    assert used - set(known) == set()


def test_every_number_in_a_comment_of_the_georgia_rule_names_its_course() -> None:
    known = load_numbers(GEORGIA / "numbers.yaml").titles()
    text = (GEORGIA / "diploma.yaml").read_text(encoding="utf-8")

    named = re.findall(r"\{number: (\S+)\}\s+# (.+)", text)

    assert len(named) > 20
    assert [(pattern, title) for pattern, title in named if known[pattern] != title] == []


def test_the_pathways_of_georgia_are_those_of_its_framework() -> None:
    framework = load_framework(PACKAGED / "frameworks" / "georgia.yaml")
    named = {
        (cluster.id, pathway.id) for cluster in framework.clusters for pathway in cluster.pathways
    }

    rows = load_pathways(GEORGIA / "pathways.yaml").rows

    assert len(rows) >= 10
    assert {(row.cluster, row.pathway) for row in rows} <= named
    assert len({(row.cluster, row.pathway) for row in rows}) == len(rows)


def test_the_rulebook_loads_with_its_frameworks_named() -> None:
    assert "georgia" in load_rulebook().frameworks
