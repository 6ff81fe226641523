"""What staff decide on the audit page: asked for, granted, ended, and heeded everywhere."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pathloom.portal.plans import actions
from pathloom.portal.plans.models import StudentAudit
from pathloom.portal.plans.pdf import plan_pdf
from pathloom.portal.plans.presenters.pages import document_of
from pathloom.portal.plans.queries import Need, caseload_of
from pathloom.portal.plans.queries.planned import planned_areas
from pathloom.portal.records.models import StaffException
from tests.portal.plans import desk
from tests.portal.plans.audited import WHY, courses, rows, see, send, visitor, words
from tests.portal.records.cast import Cast, give


def test_only_staff_are_offered_to_decide(cast: Cast) -> None:
    for who, offered in (("mira", False), ("gail", False), ("dana", False), ("carla", True)):
        page = see(cast, who, "?decide=excuse&at=fitness")
        assert bool(rows(page)["fitness"]["excuse_url"]) is offered
        assert (page.context["form"] is not None) is offered
        assert ('name="why"' in page.content.decode()) is offered


def test_a_met_requirement_is_not_excused(cast: Cast) -> None:
    give(cast.student("mira"), "FIT-1", term="2025-26 fall")
    assert rows(see(cast))["fitness"]["excuse_url"] == ""


def test_the_preview_says_what_would_change_and_saves_nothing(cast: Cast) -> None:
    page = send(cast, do="preview")
    assert page.status_code == 200
    changes = {row["title"]: row["change"] for row in page.context["preview"]["rows"]}
    assert changes["Fitness"] == "better"
    assert "1 gets better." in words(page)
    assert WHY in page.content.decode()
    assert not StaffException.objects.exists()


def test_a_decision_is_on_the_audit_with_who_and_why_and_can_be_ended(cast: Cast) -> None:
    answer = send(cast)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("#exceptions")
    page = see(cast, "mira")
    assert rows(page)["fitness"]["status"] == "excused"
    said = words(page)
    assert "Fitness is excused." in said
    assert f"“{WHY}”" in said
    assert "Decided by Pia on September 15, 2026." in said
    assert "End it" not in said
    exception = StaffException.objects.get()
    ended = visitor(cast, "pia").post(
        reverse("plans:end_exception", args=[exception.student_id, exception.pk])
    )
    assert ended.status_code == 302
    after = see(cast, "mira")
    assert rows(after)["fitness"]["status"] == "short"
    assert "Ended by Pia" in words(after)


def test_a_counselor_asks_and_the_school_grants_on_the_same_page(cast: Cast) -> None:
    send(cast, "carla")
    asked = see(cast, "carla")
    assert rows(asked)["fitness"]["status"] == "short"
    assert "Ask the school for it" not in words(asked)
    (row,) = asked.context["page"]["exceptions"]
    assert (row["state"], row["grant_url"], bool(row["end_url"])) == ("proposed", "", True)
    (row,) = see(cast, "pia").context["page"]["exceptions"]
    assert visitor(cast, "pia").post(row["grant_url"]).status_code == 302
    granted = see(cast, "carla")
    assert rows(granted)["fitness"]["status"] == "excused"
    assert "Asked for by Carla." in words(granted)


def test_a_course_is_let_count_where_it_does_not_match(cast: Cast) -> None:
    course = cast.student("mira").course_records.get(title="Drawing")
    send(cast, kind="substitute", at="technology", record=str(course.pk))
    page = see(cast)
    assert "Drawing may count in Technology." in words(page)
    assert [place["title"] for place in courses(page)["Drawing"]["counts"]] == ["Technology"]
    assert rows(page)["technology"]["status"] == "in_progress"


def test_another_amount_of_credit_counts_everywhere(cast: Cast) -> None:
    course = cast.student("mira").course_records.get(title="English 1")
    page = see(cast, "pia", f"?decide=credit_override&at={course.pk}")
    assert "Another amount of credit for English 1" in words(page)
    send(cast, kind="credit_override", at=str(course.pk), credits="0.5")
    assert rows(see(cast))["english"]["amount"] == "0.5 of 2"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"why": ""}, "Write why"),
        ({"until": "2026-09-14"}, "This day is over."),
        ({"credits": "much"}, "Enter a number."),
    ],
)
def test_what_cannot_be_saved_comes_back_with_the_words(
    cast: Cast, fields: dict[str, str], message: str
) -> None:
    answer = send(cast, **fields)
    assert answer.status_code == 422
    assert message in words(answer)
    assert not StaffException.objects.exists()


def test_a_requirement_that_is_not_there_is_refused(cast: Cast) -> None:
    answer = send(cast, at="gymnastic")
    assert answer.status_code == 422
    assert not StaffException.objects.exists()


def test_the_kept_audit_is_made_anew_with_a_decision(cast: Cast) -> None:
    send(cast)
    kept = StudentAudit.objects.get(student=cast.students["mira"])
    result = {each["id"]: each["status"] for each in kept.result["requirements"]}
    assert result["fitness"] == "excused"


def test_the_home_of_a_student_with_a_plan_heeds_a_later_decision(cast: Cast) -> None:
    desk.begin(cast)
    send(cast)
    page = visitor(cast, "mira").get(reverse("plans:home"))
    found = {row["id"]: row["status"] for row in page.context["page"]["loom"]["rows"]}
    assert found["fitness"] == "excused"


def test_a_list_heeds_a_later_decision_and_its_end(cast: Cast) -> None:
    desk.begin(cast)
    actions.refresh_audits(students=[cast.student("mira")])

    def fitness() -> int:
        (row,) = [each for each in caseload_of(cast.user("carla")) if each.head]
        areas = planned_areas([row])[row.student.pk]
        return next(area.short for area in areas if area.id == "fitness")

    assert fitness() == 50
    send(cast)
    assert fitness() == 0
    exception = StaffException.objects.get()
    visitor(cast, "pia").post(
        reverse("plans:end_exception", args=[exception.student_id, exception.pk])
    )
    assert fitness() == 50


def test_a_list_says_that_a_decision_completes_the_plan(cast: Cast) -> None:
    desk.begin(cast)
    for course, term in (("ENG-2", desk.SPRING), ("SCI-2", desk.SPRING), ("TEC-1", desk.FALL)):
        desk.add(cast, course, term)
    desk.add(cast, "ART-2", desk.FALL)
    (row,) = [each for each in caseload_of(cast.user("carla")) if each.head]
    assert row.need is Need.SHORT
    send(cast)
    (row,) = [each for each in caseload_of(cast.user("carla")) if each.head]
    assert row.need is Need.UNSIGNED
    desk.add(cast, "BAND", desk.LAST)  # a newer version speaks for itself
    (row,) = [each for each in caseload_of(cast.user("carla")) if each.head]
    assert (row.plan_areas, row.need) == ((), Need.UNSIGNED)


def test_the_printed_plan_names_what_was_decided(cast: Cast) -> None:
    send(cast)
    version = desk.begin(cast)
    text = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(plan_pdf(document_of(version)))).pages
    )
    said = " ".join(text.split())
    assert "Exceptions decided by the school" in said
    assert "Fitness is excused. Pia, September 15, 2026" in said
    assert WHY in said
