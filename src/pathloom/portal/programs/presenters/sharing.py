"""One source for every form in which a program of study is shared: print, slides, text, data."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from pathloom.engine.occupations import Occupation, OccupationBook
from pathloom.engine.program.content import Content
from pathloom.engine.units import SchoolYear
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.queries import courses_by_code
from pathloom.portal.core.queries import today
from pathloom.portal.core.ui.colors import light_accent
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.levels import level_names
from pathloom.portal.programs.presenters.occupation_words import pay_words
from pathloom.portal.programs.presenters.program import program_page
from pathloom.portal.programs.presenters.program_more import (
    college_credit,
    college_years,
    standards_of_steps,
    work_line,
)
from pathloom.portal.programs.presenters.sharing_table import mark_credit, two_levels
from pathloom.portal.programs.presenters.words import words
from pathloom.portal.programs.queries.frameworks import place_now
from pathloom.portal.programs.queries.occupations import occupation_book
from pathloom.portal.programs.queries.published import codes_in, content_of
from pathloom.portal.programs.snapshot import agreements_for

Page = dict[str, Any]


def shared_program(version: ProgramVersion, *, origin: str) -> Page:
    """A version as every form of sharing shows it, in the language that is active."""
    return shared_programs([version], origin=origin)[0]


def shared_programs(versions: Sequence[ProgramVersion], *, origin: str) -> list[Page]:
    """Versions of one school as every form of sharing shows them; as many queries as for one.

    Args:
        origin: where the portal stands: ``https://portal.example``, without a slash at its end.
    """
    if not versions:
        return []
    asked = _Asked(versions)
    return [asked.page(version, origin=origin) for version in versions]


class _Asked:
    """What programs of one school share: asked for once, for all of them."""

    def __init__(self, versions: Sequence[ProgramVersion]) -> None:
        school = versions[0].program.school
        self.district = school.district
        codes = {code for each in versions for code in codes_in(content_of(each))}
        self.known = courses_by_code(self.district, codes)
        self.agreed = agreements_for(self.district.pk)
        self.year = SchoolYear.of(today(self.district))
        self.book = occupation_book(self.district)
        self.brand = _brand(school)
        self.levels: dict[str, Page] = {}

    def page(self, version: ProgramVersion, *, origin: str) -> Page:
        content = content_of(version)
        own = {code: self.known[code] for code in codes_in(content) if code in self.known}
        credit = college_credit(content, courses=own, agreed=self.agreed, year=self.year)
        page = program_page(version, known=self.known, levels=self._levels(version))
        page |= _more(content) | {"college_credit": credit}
        page["standards"] = standards_of_steps(content, own)
        page["language"] = get_language() or "en"
        page["school"] = page["school"] | self.brand
        page["address"] = origin + page["url"]
        page["table"] = two_levels(page)
        mark_credit(page["table"], {each["code"] for each in credit})
        for exit_ in page["exits"]:
            exit_["occupations"] = [_paid(each, self.book) for each in exit_["occupations"]]
        return page

    def _levels(self, version: ProgramVersion) -> Page:
        framework = place_now(version)[0]
        name = framework.id if framework else ""
        if name not in self.levels:
            self.levels[name] = level_names(self.district, framework)
        return self.levels[name]


def _more(content: Content) -> Page:
    say = words(content.words)
    return {
        "college": college_years(content),
        "entries": [{"grade": each.grade, "about": say(each.about)} for each in content.entries],
        "skills": [{"title": say(each.title)} for each in content.skills],
        "work": [work_line(each, say) for each in content.work],
        "organizations": [
            {"title": say(each.title), "about": say(each.about)} for each in content.organizations
        ],
    }


def _paid(occupation: Page, book: OccupationBook) -> Page:
    """An occupation with half of what people in it earn more than; empty where none is known."""
    found = _found(occupation["soc"], book)
    figures = found.bls if found else None
    median = figures.median if figures else None
    return occupation | {
        "pay": pay_words(median) if median else "",
        "dollars": median.dollars if median else None,
        "pay_area": figures.wage_area if figures and median else "",
        "pay_year": figures.wage_year if figures and median else "",
    }


def _found(soc: str, book: OccupationBook) -> Occupation | None:
    return book.by_code.get(soc) or book.by_code.get(f"{soc}.00")


def school_page(school: School, *, origin: str) -> Page:
    """What the cover of a booklet says of a school."""
    address = reverse("programs:school", args=[school.slug])
    return {
        "name": school.name,
        "district": school.district.name,
        "address_line": school.address_line,
        "office": school.counselor_office,
        "language": get_language() or "en",
        "address": origin + address,
        **_brand(school),
    }


def _brand(school: School) -> Page:
    return {
        "color": light_accent(school.brand_color).accent,
        "monogram": school.monogram,
        "logo": school.logo or _framed(school),
    }


def _framed(school: School) -> str:
    """A school's picture inside an SVG, so that a logo is always one; empty without a picture."""
    picture = school.picture
    if picture is None:
        return ""
    data = base64.b64encode(picture.png).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
        f'<image width="64" height="64" href="data:image/png;base64,{data}"/></svg>'
    )
