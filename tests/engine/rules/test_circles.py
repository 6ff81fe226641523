"""No award leads back to itself, and each stands after those that it builds on."""

from __future__ import annotations

from pathlib import Path

from tests.engine.rules.right import RIGHT, loaded, mistakes

GRANT = "grant: {title: T, subject: science, credits: 1, tags: [%s]}, source: reg}\n"
START = RIGHT.index("      - id: extra")


def award(name: str, tag: str, *grants: str, have: bool = False) -> str:
    wants = (
        f"have: {{from: {{tag: {tag}}}, credits: 1}}"
        if have
        else f"when: {{tag: {tag}}}, at_least: 1"
    )
    return f"      - {{id: {name}, {wants}, {GRANT % ', '.join(grants)}"


def text(*awards: str) -> str:
    tags = "tags: {personal-finance: Personal Finance, a: A, b: B, c: C}"
    whole = RIGHT[:START] + "".join(awards)
    return whole.replace("tags: {personal-finance: Personal Finance}", tags)


def test_awards_may_build_on_each_other(tmp_path: Path) -> None:
    rules = loaded(tmp_path, text(award("x", "a", "b"), award("y", "b", "c", have=True)))

    assert [each.id for each in rules.versions[0].awards] == ["x", "y"]


def test_an_award_that_earns_itself_is_a_mistake(tmp_path: Path) -> None:
    assert mistakes(tmp_path, text(award("x", "a", "a"))) == [
        "us-sc/diploma.yaml:29: award 'x' leads back to itself: x -> x. "
        "Let the course it grants match none of them."
    ]


def test_a_circle_of_awards_is_told_once_with_its_way(tmp_path: Path) -> None:
    circle = text(award("x", "a", "b"), award("y", "b", "c", have=True), award("z", "c", "a"))

    assert mistakes(tmp_path, circle) == [
        "us-sc/diploma.yaml:29: award 'x' leads back to itself: x -> y -> z -> x. "
        "Let the course it grants match none of them."
    ]


def test_an_award_stands_after_those_that_it_builds_on(tmp_path: Path) -> None:
    assert mistakes(tmp_path, text(award("y", "b", "c", have=True), award("x", "a", "b"))) == [
        "us-sc/diploma.yaml:30: award 'y' builds on award 'x', which stands after it. "
        "Write 'x' first."
    ]


def test_a_course_that_is_too_small_leads_nowhere(tmp_path: Path) -> None:
    small = award("x", "a", "a").replace("credits: 1", "credits: 0.5")

    assert loaded(tmp_path, text(small)).versions[0].awards[0].credits == 50
