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
    assert page.data == {
        "covered": [
            {
                "jurisdiction": file.jurisdiction,
                "diploma": file.diploma,
                "title": file.title,
                "cohorts": [cohorts(version) for version in file.versions],
                "status": file.status,
            }
            for file in FILES
        ]
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.id)
def test_the_folder_is_the_jurisdiction_and_the_name_the_diploma(file: RuleFile) -> None:
    assert file.path == f"rulebook/{file.jurisdiction}/{file.diploma}.yaml"


@pytest.mark.parametrize("path", rule_files(PACKAGED), ids=lambda path: path.parent.name)
def test_every_declared_word_and_source_is_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    page, _ = read_page(path)
    assert isinstance(page.data, dict)
    sources = page.data["sources"]
    assert isinstance(sources, dict)

    unused = [key for key in sources if not re.search(rf"source: {key}\b", text)]

    assert unused == []


def keys_in(value: Plain) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys_in(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(keys_in(inner) for inner in value))
    return set()


def demo_versions() -> Plain:
    page, _ = read_page(PACKAGED / "us-demo" / "diploma.yaml")
    assert isinstance(page.data, dict)
    return page.data["versions"]


def test_the_demo_uses_every_keyword_of_the_rule_language() -> None:
    assert keywords() - keys_in(demo_versions()) == set()


def test_a_keyword_that_the_demo_does_not_use_is_noticed() -> None:
    versions = demo_versions()
    assert isinstance(versions, list)
    without_awards = [versions[0], versions[2]]

    assert {"awards", "when", "grant"} <= keywords() - keys_in(without_awards)


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
        used |= patterns(award.when) | {pattern_of(award.number)}

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
