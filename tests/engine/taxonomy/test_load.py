"""Career frameworks: the packaged ones hold what their sources hold, bad files say why."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from pathloom.engine.taxonomy import Framework, FrameworkError, load_framework, load_frameworks

PER_CLUSTER = {
    "agriculture": 7,
    "architecture": 3,
    "arts": 6,
    "business": 5,
    "education": 3,
    "finance": 5,
    "government": 7,
    "health-science": 5,
    "hospitality": 4,
    "human-services": 5,
    "information-technology": 4,
    "law": 5,
    "manufacturing": 6,
    "marketing": 5,
    "stem": 2,
    "transportation": 7,
}

GOOD = dedent("""\
    id: tiny
    title: A tiny framework
    steward: Nobody
    status: invented
    read_on: 2026-11-21
    sources:
      - {id: book, title: A book, url: "", read_on: 2026-11-21, kind: primary}
    clusters:
      - id: craft
        name: Craft
        source: book
        pathways:
          - {id: weaving, name: Weaving, source: book}
          - {id: dyeing, name: Dyeing, source: book}
    """)


@pytest.fixture(scope="module")
def frameworks() -> dict[str, Framework]:
    return {framework.id: framework for framework in load_frameworks()}


def problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "tiny.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FrameworkError) as caught:
        load_framework(path)
    return [str(problem).replace(str(path), "tiny.yaml") for problem in caught.value.problems]


def test_the_packaged_frameworks_are_the_two_national_ones_and_two_states(
    frameworks: dict[str, Framework],
) -> None:
    assert list(frameworks) == ["georgia", "illinois", "national-2008", "national-2024"]


def test_the_national_framework_has_16_clusters_and_79_pathways(
    frameworks: dict[str, Framework],
) -> None:
    national = frameworks["national-2008"]
    counted = {cluster.id: len(cluster.pathways) for cluster in national.clusters}
    assert counted == PER_CLUSTER
    assert len(counted) == 16
    assert sum(counted.values()) == 79


def test_the_national_clusters_carry_the_codes_01_to_16_in_order(
    frameworks: dict[str, Framework],
) -> None:
    codes = [cluster.code for cluster in frameworks["national-2008"].clusters]
    assert codes == [f"{number:02d}" for number in range(1, 17)]


def test_georgia_has_the_national_clusters_and_energy(frameworks: dict[str, Framework]) -> None:
    georgia = [cluster.id for cluster in frameworks["georgia"].clusters]
    assert len(georgia) == 17
    assert set(georgia) == {*PER_CLUSTER, "energy"}


def test_georgia_names_at_least_ten_pathways(frameworks: dict[str, Framework]) -> None:
    georgia = frameworks["georgia"]
    assert sum(len(cluster.pathways) for cluster in georgia.clusters) >= 10


def test_every_name_has_a_listed_source_with_a_day(frameworks: dict[str, Framework]) -> None:
    for framework in frameworks.values():
        assert framework.steward
        for cluster in framework.clusters:
            for named in (cluster, *cluster.pathways):
                assert framework.source(named.source).read_on == "2026-11-21"


def test_every_listed_source_is_used_or_the_steward_s_own(
    frameworks: dict[str, Framework],
) -> None:
    for framework in frameworks.values():
        named = {item.source for c in framework.clusters for item in (c, *c.pathways)}
        named |= {group.source for group in framework.groups}
        unused = {source.id for source in framework.sources} - named
        assert unused <= {"advance-cte"}


def test_a_good_file_becomes_values(tmp_path: Path) -> None:
    path = tmp_path / "tiny.yaml"
    path.write_text(GOOD, encoding="utf-8")
    framework = load_framework(path)
    craft = framework.cluster("craft")
    assert craft is not None
    assert [pathway.name for pathway in craft.pathways] == ["Weaving", "Dyeing"]
    assert craft.pathway("dyeing") == craft.pathways[1]
    assert framework.cluster("trade") is None
    assert craft.pathway("trade") is None


def test_every_mistake_of_form_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = GOOD.replace("steward: Nobody", "stewart: Nobody").replace("name: Craft\n", "name: ''\n")
    text = text.replace("{id: weaving, name: Weaving,", "{id: Weaving!, name: Weaving, hue: 3,")
    assert set(problems(tmp_path, text)) == {
        "tiny.yaml:13: 'id': 'Weaving!' is not an id. Use a to z, 0 to 9 and single hyphens.",
        "tiny.yaml:13: unknown key 'hue' in pathway 'Weaving!'. "
        "Use one of: code, es_name, group, id, name, source, statements.",
        "tiny.yaml:1: 'steward' is missing. Add 'steward'.",
        "tiny.yaml:10: 'name': no words stand here. Write them.",
        "tiny.yaml:3: unknown key 'stewart'. Did you mean 'steward'?",
    }


def test_an_id_used_twice_and_an_unlisted_source_are_told_together(tmp_path: Path) -> None:
    text = GOOD.replace(
        "id: dyeing, name: Dyeing, source: book", "id: weaving, name: D, source: bok"
    )
    assert problems(tmp_path, text) == [
        "tiny.yaml:14: pathway 'weaving' stands twice (first at tiny.yaml:13). "
        "Give one of them another id.",
        "tiny.yaml:14: source 'bok' is not listed under 'sources'. Did you mean 'book'?",
    ]


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    text = GOOD.replace("read_on: 2026-11-21\nsources", "read_on: yesterday\nsources")
    assert problems(tmp_path, text) == [
        "tiny.yaml:5: 'read_on': 'yesterday' is not a date. Write it like 2026-11-21."
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1\nb: 2\n", "tiny.yaml:2: not valid YAML: "),
        (
            "id: a\nid: b\n",
            "tiny.yaml:2: key 'id' stands twice (first on line 1). Keep one of them.",
        ),
        ("- 1\n", "tiny.yaml:1: the file: keys are expected. Write key: value."),
        ("", "tiny.yaml:1: the file is empty. Write it, or delete it."),
    ],
)
def test_a_file_that_is_no_framework_says_why(tmp_path: Path, text: str, message: str) -> None:
    assert any(each.startswith(message) for each in problems(tmp_path, text))


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError, match=r"no such file\. Check the path\."):
        load_framework(tmp_path / "absent.yaml")


def test_a_folder_with_two_bad_files_tells_of_both(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- 1\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("- 2\n", encoding="utf-8")
    with pytest.raises(FrameworkError) as caught:
        load_frameworks(tmp_path)
    assert len(caught.value.problems) == 2
