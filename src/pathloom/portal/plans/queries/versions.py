"""A plan, its versions, what differs between two of them, and who signed which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pathloom.engine.units import Term
from pathloom.portal.catalog.models import Course
from pathloom.portal.core.queries import today
from pathloom.portal.plans.access import COMMENTS, PLAN_VERSIONS
from pathloom.portal.plans.models import Comment, GraduationPlan, PlanVersion, SignOff
from pathloom.portal.plans.queries.terms import term_words
from pathloom.portal.plans.roles import required_roles
from pathloom.portal.records.models import Student


@dataclass(frozen=True, slots=True, order=True)
class Placed:
    """A course in a term, as a version keeps it: code and ``2026-27 fall``."""

    course: str
    term: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one version to another; ``words`` says it, one sentence each."""

    added: tuple[Placed, ...]
    removed: tuple[Placed, ...]
    moved: tuple[tuple[Placed, Placed], ...]
    program_changed: bool
    words: tuple[str, ...]

    @property
    def same(self) -> bool:
        return not self.words


@dataclass(frozen=True, slots=True)
class Signature:
    """One role's signature under a version; ``earlier`` is its latest under an older version."""

    role: str
    sign_off: SignOff | None
    earlier: SignOff | None
    earlier_number: int | None


@dataclass(frozen=True, slots=True)
class Signatures:
    """All signatures under a version, roles in the order in which they sign."""

    version_number: int
    rows: tuple[Signature, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(row.role for row in self.rows if row.sign_off is None)

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def belong_to_earlier(self) -> tuple[Signature, ...]:
        """Roles that signed an earlier version but not this one."""
        return tuple(row for row in self.rows if row.sign_off is None and row.earlier is not None)


def plan_of(student: Student) -> GraduationPlan | None:
    """The student's plan with head, current version and program, in one query."""
    return (
        GraduationPlan.objects.filter(student=student)
        .select_related("student__district", "program__school", "head", "current")
        .first()
    )


def versions_of(plan: GraduationPlan, *, user: Any) -> QuerySet[PlanVersion]:
    """The versions this person may see, newest first, with maker and signatures; two queries."""
    return (
        PLAN_VERSIONS.may_list(user)
        .filter(plan=plan)
        .select_related("made_by", "returned_by", "parent", "restores", "program_version")
        .prefetch_related("sign_offs")
        .order_by("-number")
    )


def comments_of(version: PlanVersion, *, user: Any) -> QuerySet[Comment]:
    """The comments on a version that this person may see, oldest first."""
    return COMMENTS.may_list(user).filter(version=version).order_by("written_at", "pk")


def latest_submitted(plan: GraduationPlan) -> PlanVersion | None:
    """The newest version that was handed in, whatever became of it."""
    handed_in = plan.versions.exclude(state=PlanVersion.State.DRAFT)
    return handed_in.order_by("-number").first()


def signatures_of(version: PlanVersion) -> Signatures:
    """Who signed this version, and who signed an earlier one only."""
    student = version.plan.student
    kept: dict[tuple[str, bool], tuple[SignOff, int]] = {}
    given = SignOff.objects.filter(
        version__plan=version.plan_id, version__number__lte=version.number
    ).select_related("version", "signer")
    for sign_off in given.order_by("version__number"):
        here = sign_off.version_id == version.pk
        kept[sign_off.role, here] = (sign_off, sign_off.version.number)
    required = required_roles(student, on=today(student.district))
    roles = [role for role in SignOff.Role.values if role in required or (role, True) in kept]
    return Signatures(version.number, tuple(_signature(role, kept) for role in roles))


def _signature(role: str, kept: dict[tuple[str, bool], tuple[SignOff, int]]) -> Signature:
    sign_off = kept.get((role, True))
    earlier = kept.get((role, False))
    return Signature(
        role=role,
        sign_off=sign_off[0] if sign_off else None,
        earlier=earlier[0] if earlier else None,
        earlier_number=earlier[1] if earlier else None,
    )


def compare(a: PlanVersion, b: PlanVersion) -> Comparison:
    """What changed from version ``a`` to version ``b`` of one plan, in calendar order."""
    before, after = _placed(a), _placed(b)
    removed, added = list((before - after).elements()), list((after - before).elements())
    moved: list[tuple[Placed, Placed]] = []
    for gone in sorted(removed, key=_in_order):
        new = next((place for place in added if place.course == gone.course), None)
        if new is not None:
            moved.append((gone, new))
            removed.remove(gone)
            added.remove(new)
    program_changed = a.program_version_id != b.program_version_id
    result = (sorted(added, key=_in_order), sorted(removed, key=_in_order), moved)
    words = _words(b.plan, *result)
    if program_changed:
        words.append(_("The program of study changed."))
    return Comparison(
        added=tuple(result[0]),
        removed=tuple(result[1]),
        moved=tuple(moved),
        program_changed=program_changed,
        words=tuple(words),
    )


def _words(
    plan: GraduationPlan,
    added: list[Placed],
    removed: list[Placed],
    moved: list[tuple[Placed, Placed]],
) -> list[str]:
    titles = titles_of(plan.student.district_id, [*added, *removed, *(old for old, _new in moved)])
    return [
        *(
            _("{course} moved from {old} to {new}.").format(
                course=titles[old.course], old=term_words(old.term), new=term_words(new.term)
            )
            for old, new in moved
        ),
        *(
            _("{course} was added in {term}.").format(
                course=titles[place.course], term=term_words(place.term)
            )
            for place in added
        ),
        *(
            _("{course} was taken out of {term}.").format(
                course=titles[place.course], term=term_words(place.term)
            )
            for place in removed
        ),
    ]


def titles_of(district_id: int, places: Iterable[Placed]) -> dict[str, str]:
    """Course code -> title; a code the catalog no longer knows stands for itself."""
    codes = {place.course for place in places}
    if not codes:
        return {}
    known = Course.objects.filter(district=district_id, code__in=codes)
    return {code: code for code in codes} | dict(known.values_list("code", "title"))


def _placed(version: PlanVersion) -> Counter[Placed]:
    return Counter(Placed(course, term) for course, term in version.placements)


def _in_order(place: Placed) -> tuple[tuple[int, int], str]:
    return (Term.parse(place.term).order, place.course)
