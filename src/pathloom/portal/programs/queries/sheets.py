"""What versions say, as sheets that can be compared."""

from __future__ import annotations

from collections.abc import Iterable

from pathloom.engine.program.content import CONTENT
from pathloom.engine.program.diff import diff
from pathloom.engine.program.lines import Sheet, keyed
from pathloom.engine.program.words import sentences
from pathloom.portal.accounts.models import District
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.queries import courses_by_code
from pathloom.portal.programs.models import ProgramVersion, Revision
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


def titles_in(district: District, sheets: Iterable[Sheet]) -> dict[str, str]:
    """The titles of the courses that sheets name, by code; one query."""
    codes = {code for sheet in sheets for code in codes_in(sheet.content)}
    codes |= {code for sheet in sheets for code in sheet.content.local_courses}
    found: dict[str, Course] = courses_by_code(district, codes)
    return {code: course.title for code, course in found.items()}


def differences(old: Sheet, new: Sheet, *, district: District) -> tuple[str, ...]:
    """What changed from one sheet to another, in sentences that name courses; one query."""
    return sentences(diff(old, new), titles_in(district, (old, new)))
