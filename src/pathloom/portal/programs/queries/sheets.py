"""What versions say, as sheets that can be compared."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from pydantic import ValidationError

from pathloom.engine.program.content import CONTENT
from pathloom.engine.program.diff import diff
from pathloom.engine.program.lines import Line, Sheet, keyed, lines_of
from pathloom.engine.program.slots import is_open, subject_asked_for
from pathloom.engine.program.words import sentences
from pathloom.portal.accounts.models import District
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.queries import courses_by_code
from pathloom.portal.programs.models import ProgramOfStudy, ProgramVersion, Revision
from pathloom.portal.programs.queries.published import codes_in


def sheet_of_version(version: ProgramVersion | Revision) -> Sheet:
    """What a version, or a revision of it, says; every line has its key.

    Raises:
        pydantic.ValidationError: the stored content has not the form of ``Content``.
    """
    return keyed(Sheet(version.title, CONTENT.validate_python(version.content), version.summary))


def sheet_at(version: ProgramVersion, number: int) -> Sheet | None:
    """What a version said after the saving with that number; None for none of its numbers."""
    if number == version.revision:
        return sheet_of_version(version)
    kept = Revision.objects.filter(version=version, number=number).first()
    return sheet_of_version(kept) if kept else None


def base_of(version: ProgramVersion) -> Sheet | None:
    """What the draft's template said when it was started, less what was taken over since."""
    if version.base_content is None:
        return None
    kept = version.base_content
    return keyed(
        Sheet(kept["title"], CONTENT.validate_python(kept["content"]), kept.get("summary", ""))
    )


def lines_by_name(version: ProgramVersion) -> dict[tuple[str, str], Line]:
    """The lines of a version by part and key."""
    return {line.name: line for line in lines_of(sheet_of_version(version))}


def says_what_is_published(version: ProgramVersion) -> bool:
    """Whether a draft says, in the same place, just what the public reads already."""
    published = ProgramVersion.objects.select_related("program").filter(
        program=version.program_id, publication__isnull=False
    )
    now = published.first()
    if now is None or now.place != version.place:
        return False
    try:
        return sheet_of_version(now) == sheet_of_version(version)
    except ValidationError:
        return False


def nameable_courses(program: ProgramOfStudy) -> list[Course]:
    """The courses a program may name: what its school offers; for a template, the district's."""
    if program.is_template:
        courses = Course.objects.filter(district=program.home_district)
    else:
        courses = Course.objects.filter(offerings__school=program.school)
    return list(courses.order_by("title", "code"))


def titles_in(district: District, sheets: Iterable[Sheet]) -> dict[str, str]:
    """The titles of the courses that sheets name, by code; one query.

    What a template left to the school to choose has words that say so.
    """
    codes = {code for sheet in sheets for code in codes_in(sheet.content)}
    codes |= {code for sheet in sheets for code in sheet.content.local_courses}
    found: dict[str, Course] = courses_by_code(district, codes)
    titles = {code: course.title for code, course in found.items()}
    gone = {code: to_choose(code) for code in codes - titles.keys()}
    return titles | {code: words for code, words in gone.items() if words}


def to_choose(text: str) -> str:
    """A course that a template asks for in words of its own, as people read it; empty for a code.

    Asked of what no course of the catalog has for its code.
    """
    if subject := subject_asked_for(text):
        words = _("a course of {subject}, still to be chosen")
        return words.format(subject=subject.replace("-", " "))
    return _("{title}, still to be chosen").format(title=text) if is_open(text) else ""


def differences(old: Sheet, new: Sheet, *, district: District) -> tuple[str, ...]:
    """What changed from one sheet to another, in sentences that name courses; one query."""
    return sentences(diff(old, new), titles_in(district, (old, new)))
