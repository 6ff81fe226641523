"""The audit page: the whole answer, and other rules tried on it."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathloom.portal.accounts.models import District
from pathloom.portal.catalog.models import Course
from pathloom.portal.plans.models import StudentAudit
from pathloom.portal.programs.models import Publication
from pathloom.portal.records.models import CourseRecord, Enrollment, StaffException
from tests.portal.plans import desk
from tests.portal.plans.audited import address, courses, rows, see, send, visitor, words
from tests.portal.records.cast import Cast, give


def test_every_requirement_says_what_counts_what_is_missing_and_where_it_was_read(
    cast: Cast,
) -> None:
    page = see(cast)
    english = rows(page)["english"]
    assert (english["status"], english["amount"], english["missing"]) == (
        "short",
        "1.0 of 2",
        "1.0 missing",
    )
    assert [(entry["title"], entry["credits"]) for entry in english["counts"]] == [
        ("English 1", "1.0")
    ]
    said = words(page)
    assert english["why"] in said
    assert english["rule"] in said
    assert all(fix in said for fix in english["fixes"])
    assert english["fixes"]
    assert "Invented for the tests of the rule language" in said
    assert "read on Nov. 21, 2026" in said
    assert "https://example.org/demo-diploma" in page.content.decode()
    assert "Unofficial" in said
    assert "How this was worked out" in said


def test_each_course_says_where_it_counts_or_why_it_counts_nowhere(cast: Cast) -> None:
    mira = cast.student("mira")
    give(mira, "TEC-1", term="2025-26 spring", state="failed")
    give(mira, "FIT-1", term="2025-26 fall", state="withdrawn")
    page = see(cast)
    found = courses(page)
    assert [place["title"] for place in found["English 1"]["counts"]] == ["English"]
    assert found["English 1"]["counts"][0]["anchor"] == "#why-english"
    assert 'id="why-english"' in page.content.decode()
    assert "Not passed" in found["Technology 1"]["nowhere"]
    assert "Not finished" in found["Fitness"]["nowhere"]
    assert all(row["counts"] or row["nowhere"] for row in found.values())


def test_a_course_for_which_all_places_are_full_says_so(cast: Cast) -> None:
    for code in ("ART-2", "BAND"):
        give(cast.student("mira"), code, term="2025-26 spring")
    full = [row["nowhere"] for row in courses(see(cast)).values() if row["nowhere"]]
    assert full == ["Where it fits, other courses already fill the place."]


def test_the_courses_sort_and_show_only_those_that_count_nowhere(cast: Cast) -> None:
    give(cast.student("mira"), "TEC-1", term="2025-26 spring", state="failed")
    give(cast.student("mira"), "FIT-1", term="2026-27 fall")

    def shown(query: str) -> list[str]:
        return [cells["title"] for cells in see(cast, query=query).context["courses"]["rows"]]

    assert shown("?courses=nowhere") == ["Technology 1"]
    assert shown("?sort=title") == sorted(shown(""))
    assert shown("?sort=credits")[0] == "Fitness"
    assert shown("?sort=-term") == shown("")[::-1]
    assert "#courses" in see(cast).content.decode()


@pytest.mark.parametrize("who", ["mira", "gail", "carla", "pia", "dana"])
def test_who_may_see_the_student_sees_the_audit(cast: Cast, who: str) -> None:
    assert see(cast, who).status_code == 200


@pytest.mark.parametrize("who", ["zack", "zora", "zoe", "zia", "noah", "una", "bo", "ed", "otto"])
@pytest.mark.parametrize("name", ["audit", "audit_csv", "courses_csv"])
def test_a_stranger_never_does(cast: Cast, who: str, name: str) -> None:
    answer = visitor(cast, who).get(address(cast, name) + "?rules=us-demo/diploma")
    assert answer.status_code == 404
    assert "Mira" not in answer.content.decode()


def test_planned_courses_count_as_planned(cast: Cast) -> None:
    desk.begin(cast)
    desk.add(cast, "ENG-2", desk.SPRING)
    page = see(cast)
    assert rows(page)["english"]["status"] == "planned"
    assert courses(page)["Literature"]["state"] == "planned"
    assert rows(see(cast, "dana"))["english"]["status"] == "short"  # a draft is not the district's


def test_the_filter_shows_only_what_is_missing(cast: Cast) -> None:
    give(cast.student("mira"), "FIT-1", term="2025-26 fall")
    page = see(cast, query="?show=missing")
    shown = rows(page)
    assert "fitness" not in shown
    assert {row["status"] for row in shown.values()} == {"short"}
    assert page.context["page"]["hidden"] >= 1
    assert "not shown" in words(page)


def test_other_rules_are_tried_beside_today_and_nothing_is_saved(cast: Cast) -> None:
    before = StudentAudit.objects.count()
    page = see(cast, query="?rules=us-ga/diploma")
    said = words(page)
    assert "What if: nothing is saved." in said
    assert "Side by side" in said
    changes = {row["title"]: row["change"] for row in page.context["page"]["trial"]["rows"]}
    assert (changes["Technology"], changes["Mathematics"]) == ("gone", "new")
    assert StudentAudit.objects.count() == before
    assert not any(row["excuse_url"] for row in rows(page).values())


def test_a_program_is_tried_by_adding_its_courses(cast: Cast) -> None:
    page = see(cast, query="?program=tech")
    assert "What if: Technology" in words(page)
    changes = {row["title"]: row["change"] for row in page.context["page"]["trial"]["rows"]}
    assert changes["Technology"] == "better"
    assert courses(page)["Technology 1"]["state"] == "planned"


@pytest.mark.parametrize("query", ["?rules=us-xx/nothing", "?rules=x", "?rules=us-ga/diploma%27"])
def test_rules_that_are_not_there_are_said_and_change_nothing(cast: Cast, query: str) -> None:
    page = see(cast, query=query)
    assert page.status_code == 200
    assert page.context["page"]["trial"]["refused"]
    assert "This cannot be tried." in words(page)


def test_a_decision_about_the_own_diploma_is_not_carried_elsewhere(cast: Cast) -> None:
    send(cast, at="science")
    assert rows(see(cast))["science"]["status"] == "excused"
    assert rows(see(cast, query="?rules=us-ga/diploma"))["science"]["status"] == "short"


def test_what_goes_with_the_diploma_is_listed_and_never_compared_with_it(cast: Cast) -> None:
    page = see(cast)
    listed = page.context["page"]["beside"]
    assert all(each["id"].startswith(("us-demo/", "us/")) for each in listed)
    assert listed
    assert "They never block the diploma." in words(page)
    extra = see(cast, query=listed[0]["url"])
    assert extra.context["page"]["trial"]["extra"]
    assert extra.context["page"]["trial"]["rows"] == []
    assert listed[0]["title"] in words(extra)


def test_two_courses_of_one_published_program_make_a_concentrator(cast: Cast) -> None:
    def concentrator() -> str:
        page = see(cast, "carla").context["page"]
        return {each["id"]: each["status"] for each in page["beside"]}["us/cte-concentrator"]

    Course.objects.filter(code__startswith="TEC-").update(tags=["cte"])
    give(cast.student("mira"), "TEC-1", term="2024-25 spring")
    assert concentrator() == "short"
    give(cast.student("mira"), "TEC-2", term="2025-26 spring")
    assert concentrator() == "met"
    Publication.objects.all().delete()  # a draft counts for nobody
    assert concentrator() == "short"


def test_what_is_on_no_record_is_never_said_to_be_missing(cast: Cast) -> None:
    District.objects.filter(pk=cast.district.pk).update(jurisdiction="us-ga")
    page = see(cast, "mira")
    found = {each["id"]: each for each in page.context["page"]["beside"]}
    assert (found["us-ga/hope"]["status"], found["us-ga/hope"]["status_words"]) == (
        "planned",
        "Not all on record",
    )
    average = rows(see(cast, "mira", "?rules=us-ga/hope"))["hope-average"]
    assert (average["amount"], average["missing"]) == ("not on record", "")


def test_definitions_are_for_staff_only(cast: Cast) -> None:
    for who, shown in (("mira", False), ("gail", False), ("carla", True), ("pia", True)):
        kinds = {each["kind"] for each in see(cast, who).context["page"]["beside"]}
        assert ("definition" in kinds) is shown


def test_the_tables_are_there_as_csv(cast: Cast) -> None:
    client = visitor(cast, "carla")
    audit = list(
        csv.DictReader(io.StringIO(client.get(address(cast, "audit_csv")).content.decode()))
    )
    assert [line["requirement"] for line in audit][:2] == ["English", "Literature"]
    assert audit[1]["part_of"] == "English"
    assert audit[0]["source"] == "https://example.org/demo-diploma"
    taken = client.get(address(cast, "courses_csv")).content.decode()
    lines = {line["course"]: line for line in csv.DictReader(io.StringIO(taken))}
    assert lines["English 1"]["counts_in"] == "English 1.0"


def test_planning_that_has_not_begun_is_said(cast: Cast) -> None:
    page = see(cast, "dana", student="kit")
    assert page.status_code == 200
    assert "There is no audit yet." in words(page)


def test_the_number_of_queries_does_not_grow_with_the_record(cast: Cast) -> None:
    def queries() -> int:
        client = visitor(cast, "carla")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address(cast)).status_code == 200
        return len(seen)

    send(cast)
    queries()  # what is read once for each process
    before = queries()
    for code in ("ENG-2", "SCI-2", "TEC-1", "ART-2", "BAND", "FIT-1"):
        give(cast.student("mira"), code, term="2025-26 spring")
    District.objects.filter(pk=cast.district.pk).update(counselors_grant=True)
    for title in ("Literature", "Laboratory", "Painting"):
        course = CourseRecord.objects.get(student=cast.students["mira"], title=title)
        send(cast, kind="credit_override", at=str(course.pk), credits="1")
    assert StaffException.objects.count() == 4
    assert queries() == before
    assert before <= 45


def test_a_student_without_an_enrollment_gets_an_answer(cast: Cast) -> None:
    Enrollment.objects.filter(student=cast.students["mira"]).update(ends_on="2026-09-01")
    assert "no enrollment at a school now" in words(see(cast, "mira"))
