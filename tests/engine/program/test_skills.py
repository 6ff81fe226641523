"""The list of employability skills."""

from __future__ import annotations

from pathloom.engine.program.skills import load_skills


def test_every_skill_is_told_in_both_languages() -> None:
    for skill in load_skills().skills:
        assert skill.title
        assert skill.about.endswith(".")
        assert skill.es_title not in ("", skill.title), skill.id
        assert skill.es_about.endswith("."), skill.id
