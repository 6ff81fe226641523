"""Templates: what they take over, and every mistake with its file and line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pathloom.engine.catalog import Course
from pathloom.engine.program.skills import SkillError, load_skills
from pathloom.engine.program.slots import localize
from pathloom.engine.program.templates import TemplateError, load_templates
from pathloom.engine.taxonomy import load_frameworks

GOOD = """id: {id}
number: 1
level: {level}
title: Wood
place: {{framework: georgia, cluster: architecture}}
{more}
content:
  steps:
    - {{key: first, courses: [Sawing], grade: 9}}
    - {{key: second, courses: [Joining], grade: 10}}
  sources:
    - {{key: book, title: A book, read_on: "2026-11-21"}}
"""


def write(folder: Path, name: str, *, level: str = "state", more: str = "") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(GOOD.format(id=name, level=level, more=more))
    return path


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(TemplateError) as wrong:
        load_templates(folder)
    return [str(each).replace(f"{folder}/", "") for each in wrong.value.problems]


def test_every_packaged_template_stands_in_a_framework() -> None:
    known = {framework.id: framework for framework in load_frameworks()}
    found = load_templates()
    assert {each.template.level for each in found} == {"national", "state"}
    for each in found:
        place = each.template.place
        cluster = known[place.framework].cluster(place.cluster)
        assert cluster is not None, each.template.id
        assert not place.pathway or cluster.pathway(place.pathway), each.template.id


def test_a_template_takes_over_what_it_does_not_say_itself(tmp_path: Path) -> None:
    write(tmp_path, "wood", level="national")
    (tmp_path / "oak.yaml").write_text(
        "id: oak\nnumber: 3\nlevel: state\nbase: wood\ntitle: Oak\nwithout: [steps/second]\n"
        "place: {framework: georgia, cluster: architecture}\n"
        "content: {steps: [{key: first, courses: [Oak], grade: 10}]}\n"
    )
    oak = next(each for each in load_templates(tmp_path) if each.template.id == "oak")
    assert [step.courses for step in oak.sheet.content.steps] == [("Oak",)]
    assert [source.title for source in oak.sheet.content.sources] == ["A book"]
    assert (oak.line, oak.template.name) == (("oak", "wood"), "oak@3")


def test_bases_in_a_circle_are_named_with_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, "a", more="base: b")
    write(tmp_path, "b", more="base: a")
    assert mistakes(tmp_path) == [
        "a.yaml:6: the bases go in a circle: a > b > a. Take 'base' out of one of them.",
        "b.yaml:6: the bases go in a circle: b > a > b. Take 'base' out of one of them.",
    ]


def test_a_template_that_is_its_own_base_is_a_circle(tmp_path: Path) -> None:
    write(tmp_path, "a", more="base: a")
    assert mistakes(tmp_path) == [
        "a.yaml:6: the bases go in a circle: a > a. Take 'base' out of one of them."
    ]


def test_an_unknown_base_is_named_with_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, "oaks", more="base: wod")
    write(tmp_path, "wood")
    assert mistakes(tmp_path) == ["oaks.yaml:6: no template is called 'wod'. Did you mean 'wood'?"]


def test_a_national_template_stands_on_no_state(tmp_path: Path) -> None:
    write(tmp_path, "a", level="national", more="base: b")
    write(tmp_path, "b")
    assert mistakes(tmp_path)[0].startswith("a.yaml:6: a national template has the base 'b'")


def test_two_templates_of_one_id_are_told(tmp_path: Path) -> None:
    write(tmp_path, "a")
    (tmp_path / "z.yaml").write_text((tmp_path / "a.yaml").read_text())
    assert mistakes(tmp_path)[0].startswith("z.yaml:1: template 'a' stands twice")


def test_a_half_written_template_is_told_whole(tmp_path: Path) -> None:
    (tmp_path / "half.yaml").write_text(
        "id: half\nnumber: 1\nlevel: city\ntitel: Half\n"
        "place: {framework: georgia, cluster: architecture}\ncontent:\n  stepps: []\n"
    )
    found = mistakes(tmp_path)
    assert "half.yaml:4: unknown key 'titel'. Did you mean 'title'?" in found
    assert "half.yaml:7: unknown key 'stepps'. Did you mean 'steps'?" in found
    assert any(each.startswith("half.yaml:3: 'level'") for each in found)
    assert any("'title' is missing" in each for each in found)


def test_a_template_without_course_or_source_is_told(tmp_path: Path) -> None:
    (tmp_path / "bare.yaml").write_text(
        "id: bare\nnumber: 1\nlevel: state\ntitle: Bare\n"
        "place: {framework: georgia, cluster: architecture}\ncontent: {steps: []}\n"
    )
    assert mistakes(tmp_path) == [
        "bare.yaml:6: the template has no courses. Add 'steps'.",
        "bare.yaml:6: no source says where the template comes from. Add 'sources', with 'read_on'.",
    ]


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "none.yaml").write_text("")
    assert mistakes(tmp_path) == ["none.yaml:1: the file is empty. Write it, or delete it."]


def course(code: str, title: str, *, number: str = "", subject: str = "cte") -> Course:
    return Course(code, title, subject, 100, number=number)


def template(tmp_path: Path, *courses: str) -> object:
    write(tmp_path, "wood")
    text = (tmp_path / "wood.yaml").read_text().replace("[Sawing]", f"[{', '.join(courses)}]")
    (tmp_path / "wood.yaml").write_text(text)
    return load_templates(tmp_path)[0].sheet


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("48.54100 Sawing by another name", "SAW"),  # by number, whatever the title
        ("48.99900 Sawing  and joining", "JOIN"),  # no such number, but the title
        ("sawing & Joining", "JOIN"),
        ("any arts", "DRAW"),
    ],
)
def test_a_course_is_found_by_number_title_or_subject(tmp_path: Path, text: str, fits: str) -> None:
    known = [
        course("SAW", "Wood 1", number="48.5410000"),
        course("JOIN", "Sawing and Joining"),
        course("DRAW", "Drawing", subject="arts"),
        replace(course("OIL", "Painting in Oil", subject="arts"), grades=(12,)),
    ]
    found = localize(template(tmp_path, text), known)
    assert found.sheet.content.steps[0].courses == (fits,)


def test_what_fits_no_course_or_several_stays_and_is_listed(tmp_path: Path) -> None:
    known = [course("A", "One", subject="arts"), course("B", "Two", subject="arts")]
    found = localize(template(tmp_path, "any arts", "Weaving"), known)
    assert found.sheet.content.steps[0].courses == ("any arts", "Weaving")
    listed = {each.text: each.candidates for each in found.missing}
    assert listed == {"any arts": ("A", "B"), "Weaving": (), "Joining": ()}


def test_the_packaged_skills_have_a_source_and_names_of_their_own() -> None:
    found = load_skills()
    assert found.source.read_on
    assert len({skill.id for skill in found.skills}) == len(found.skills) >= 10


def test_a_skill_that_stands_twice_is_told(tmp_path: Path) -> None:
    one = "  - {id: a, title: A, element: 2.A, about: Words.}\n"
    path = tmp_path / "skills.yaml"
    path.write_text(f"source: {{title: S}}\nskills:\n{one}{one}")
    with pytest.raises(SkillError, match=r"skills.yaml:4: skill 'a' stands twice. Keep one"):
        load_skills(path)
