"""The world itself: two districts that share nothing."""

from __future__ import annotations

from pathloom.portal.records.models import CourseRecord, Enrollment, Guardianship
from tests.portal.world import World


def test_world_has_a_stranger_for_every_kind_of_person(world: World) -> None:
    strangers = {u.username for u in world.people.values() if u.district == world.stranger_district}
    assert strangers == {"zed", "zara", "quill", "yates"}


def test_nothing_in_the_world_crosses_the_district_line(world: World) -> None:
    assert all(e.school.district_id == e.student.district_id for e in Enrollment.objects.all())
    assert all(g.guardian.district_id == g.student.district_id for g in Guardianship.objects.all())
    for record in CourseRecord.objects.select_related("course", "student"):
        assert record.course is not None
        assert record.course.district_id == record.student.district_id


def test_every_person_holds_one_role_today(world: World) -> None:
    assert all(person.leading_role for person in world.people.values())
