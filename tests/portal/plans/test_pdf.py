"""The printed plan: tagged, whole, and every page says which version it is."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.pdf import plan_pdf
from pathloom.portal.plans.presenters.pages import document_of
from tests.portal.plans.visits import (
    FALL,
    LAST,
    SPRING,
    begin,
    edit,
    head,
    sign,
    submit,
    version_url,
    visitor,
)
from tests.portal.world import World

COURSES = (("ECON", SPRING), ("AFALG", SPRING), ("USHIST", FALL))


@pytest.fixture
def signed(world: World) -> PlanVersion:
    begin(world, "maya", *COURSES)
    version = submit(world)
    sign(world, version, "dana")
    sign(world, version, "ortiz")
    return head(world)


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_signed_plan_prints_version_hash_and_three_names(world: World, signed: PlanVersion) -> None:
    answer = visitor(world, "dana").get(version_url(world, signed, "plan.pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    text = one_line(" ".join(page.extract_text() for page in read(answer.content).pages))
    for said in ("Maya Ellison", "Dana Ellison", "Rosa Ortiz", "Engineering and Technology"):
        assert said in text
    assert "Everyone who has to sign has signed exactly this version." in text
    for title in ("Economics", "United States History", "Ninth Grade Literature"):
        assert title in text


def test_every_page_says_version_date_hash_and_unofficial(
    world: World, signed: PlanVersion
) -> None:
    pages = read(plan_pdf(document_of(signed))).pages
    assert len(pages) >= 2
    for page in pages:
        text = one_line(page.extract_text())
        assert f"Version {signed.number} · " in text
        assert str(signed.made_at.year) in text
        assert signed.content_hash in text.replace(" ", "")
        assert "unofficial" in text


def test_pdf_is_tagged_with_title_and_language(world: World, signed: PlanVersion) -> None:
    found = read(plan_pdf(document_of(signed)))
    catalog = found.trailer["/Root"].get_object()
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"].startswith("en")
    assert found.metadata is not None
    assert found.metadata.title == f"Graduation plan of Maya Ellison, version {signed.number}"
    xmp = catalog["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_unsigned_version_says_who_has_not_signed(world: World) -> None:
    begin(world, "maya", *COURSES)
    version = submit(world)
    text = one_line(read(plan_pdf(document_of(version))).pages[-1].extract_text())
    assert "Not signed yet by: guardian and counselor." in text


def test_a_signed_version_prints_the_same_after_the_plan_changed(
    world: World, signed: PlanVersion
) -> None:
    before = plan_pdf(document_of(signed))
    edit(world, visitor(world, "maya"), "move", course="USHIST", term=LAST)
    again = PlanVersion.objects.select_related("plan__student__district").get(pk=signed.pk)
    assert plan_pdf(document_of(again)) == before


def test_words_of_the_record_are_set_as_text_not_as_markup(
    world: World, signed: PlanVersion
) -> None:
    made = document_of(signed)
    made["sentence"] = "#panic() *bold* $x$ <b>"
    text = one_line(read(plan_pdf(made)).pages[0].extract_text())
    assert "#panic() *bold* $x$ <b>" in text
