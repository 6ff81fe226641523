"""What a draft can be started from: templates of the nation, the state and the own district."""

from __future__ import annotations

import pytest

from pathloom.portal.accounts.models import District
from pathloom.portal.core.errors import UserError
from pathloom.portal.programs.actions.drafts import Place, start_program
from pathloom.portal.programs.models import ProgramOfStudy, ProgramVersion
from pathloom.portal.programs.queries.templates import base_from, bases_for
from tests.portal.programs import making
from tests.portal.world import World

PLACE = Place("georgia", "stem", "engineering-and-technology")


def begun(district: District, world: World, *, by: str, title: str) -> ProgramVersion:
    """A draft of a district's own template."""
    return start_program(home=district, by=world[by], title=title, place=PLACE)


def own_titles(district: District) -> list[str]:
    return [base.title for base in bases_for(district) if base.level == "district"]


def test_schools_start_from_what_their_district_published_only(world: World) -> None:
    ready = begun(world.district, world, by="whitcomb", title="For all")
    begun(world.district, world, by="whitcomb", title="Half written")
    foreign = begun(world.stranger_district, world, by="yates", title="Theirs")
    making.publish(ready, world["halvorsen"])
    making.publish(foreign, world["quill"])
    assert own_titles(world.district) == ["For all"]
    assert own_titles(world.stranger_district) == ["Theirs"]


def test_no_draft_starts_from_the_template_of_another_district(world: World) -> None:
    foreign = begun(world.stranger_district, world, by="yates", title="Theirs")
    making.publish(foreign, world["quill"])
    name = f"version:{foreign.pk}"
    assert base_from(name, district=world.stranger_district) is not None
    assert base_from(name, district=world.district) is None
    with pytest.raises(UserError, match="There is no such template"):
        start_program(home=world.school, by=world["lind"], title="Ours", place=PLACE, base=name)
    assert not ProgramOfStudy.objects.filter(slug="ours").exists()


def test_a_state_s_templates_are_for_its_own_districts(world: World) -> None:
    levels = {base.level for base in bases_for(world.district)}
    assert levels == {"national", "state"}
    world.district.jurisdiction = "us-il"
    assert {base.level for base in bases_for(world.district)} == {"national"}
