"""The life of a plan as a machine: whatever people do, in any order, from fresh and old pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import first_broken_link
from pathloom.portal.core.models import Event
from pathloom.portal.plans import actions
from pathloom.portal.plans.actions import edits
from pathloom.portal.plans.models import GraduationPlan, PlanVersion, SignOff
from pathloom.portal.plans.snapshot import content_hash
from tests.portal.plans.desk import FALL, LAST, SPRING, begin, plan_for
from tests.portal.records.cast import Cast

COURSES = ("FIT-1", "ART-2", "TEC-1")
TERMS = (SPRING, FALL, LAST)
REQUIRED = {"student", "guardian", "counselor"}
SIGNERS = {"gail": "guardian", "greg": "guardian", "carla": "counselor"}


@dataclass
class Page:
    """The model: one version as a person with paper and pencil would keep it."""

    courses: dict[str, str]
    before: int | None
    undone_to: int | None = None
    state: str = "draft"
    signed_by: dict[str, str] = field(default_factory=dict)


@dataclass
class Folder:
    """The model: all versions of a plan, the newest last, and which one is in force."""

    pages: list[Page] = field(default_factory=lambda: [Page({}, None)])
    current: int | None = None

    def put(self, courses: dict[str, str], undone_to: int | None = None) -> None:
        self.pages.append(Page(courses, len(self.pages) - 1, undone_to))

    def undo_to(self) -> int | None:
        newest = self.pages[-1]
        from_page = newest if newest.undone_to is None else self.pages[newest.undone_to]
        return from_page.before

    def submit(self) -> None:
        for page in self.pages:
            if page.state == "submitted":
                page.state = "superseded"
        self.pages[-1].state = "submitted"
        self.pages[-1].signed_by["student"] = "mira"

    def sign(self, index: int, role: str, name: str) -> None:
        page = self.pages[index]
        page.signed_by[role] = name
        if set(page.signed_by) == REQUIRED:
            for other in self.pages:
                if other.state == "signed":
                    other.state = "superseded"
            page.state, self.current = "signed", index


class LifeOfAPlan(RuleBasedStateMachine):
    """Acts through the actions, and in the folder; afterwards both must tell the same story."""

    cast: Cast

    @initialize()
    def start(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.folder = Folder()
        self.ids = [begin(self.cast).pk]
        self.contents = {self.ids[0]: self.content(self.ids[0])}
        self.events = 1
        self.keys = 0

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            try:
                self.no_version_has_changed_and_every_act_is_one_event()
            finally:
                transaction.set_rollback(True)
                self.outer.__exit__(None, None, None)

    def no_version_has_changed_and_every_act_is_one_event(self) -> None:
        for pk, content in self.contents.items():
            assert self.content(pk) == content
            version = PlanVersion.objects.select_related("plan").get(pk=pk)
            assert content_hash(version) == version.content_hash
        assert Event.objects.count() == self.events
        assert first_broken_link(self.cast.district.pk) is None

    def content(self, pk: int) -> tuple[Any, ...]:
        version = PlanVersion.objects.get(pk=pk)
        return (version.content_hash, version.placements, version.audit, version.findings)

    def attempt(self, act: Callable[[], object], *, allowed: bool) -> object:
        """Act; it must be accepted exactly when the model allows it."""
        result, refused = self.outcome(act)
        assert allowed == (refused is None), refused
        if refused is not None:
            assert refused.what_to_do
            return None
        self.events += 1
        return result

    def outcome(self, act: Callable[[], object]) -> tuple[object, UserError | None]:
        try:
            with transaction.atomic():
                return act(), None
        except UserError as refused:
            return None, refused

    def edited(
        self, act: Callable[..., PlanVersion], seen: int, *, possible: bool, **arguments: str
    ) -> bool:
        head = self.ids[max(len(self.ids) - 1 - seen, 0)]
        fresh = head == self.ids[-1]
        plan = plan_for(self.cast)
        version = self.attempt(
            lambda: act(plan=plan, expected_head=head, by=self.cast.users["mira"], **arguments),
            allowed=fresh and possible,
        )
        if isinstance(version, PlanVersion):
            self.ids.append(version.pk)
            self.contents[version.pk] = self.content(version.pk)
        return version is not None

    old_pages = st.sampled_from([0, 0, 0, 1])
    courses = st.sampled_from(COURSES)
    terms = st.sampled_from(TERMS)

    @rule(course=courses, term=terms, seen=old_pages)
    def add(self, course: str, term: str, seen: int) -> None:
        there = self.folder.pages[-1].courses
        possible = course not in there
        if self.edited(actions.add_course, seen, possible=possible, course=course, term=term):
            self.folder.put(there | {course: term})

    @rule(course=courses, term=terms, seen=old_pages)
    def move(self, course: str, term: str, seen: int) -> None:
        there = self.folder.pages[-1].courses
        possible = course in there and there[course] != term
        if self.edited(actions.move_course, seen, possible=possible, course=course, term=term):
            self.folder.put(there | {course: term})

    @rule(course=courses, seen=old_pages)
    def remove(self, course: str, seen: int) -> None:
        there = self.folder.pages[-1].courses
        if self.edited(actions.remove_course, seen, possible=course in there, course=course):
            self.folder.put({code: term for code, term in there.items() if code != course})

    @rule(course=courses, instead=courses, seen=old_pages)
    def swap(self, course: str, instead: str, seen: int) -> None:
        there = self.folder.pages[-1].courses
        possible = course in there and instead not in there
        if self.edited(
            actions.swap_course, seen, possible=possible, course=course, instead=instead
        ):
            kept = {code: term for code, term in there.items() if code != course}
            self.folder.put(kept | {instead: there[course]})

    @rule(seen=old_pages)
    def undo(self, seen: int) -> None:
        target = self.folder.undo_to()
        if self.edited(actions.undo_edit, seen, possible=target is not None):
            assert target is not None
            self.folder.put(dict(self.folder.pages[target].courses), undone_to=target)

    @rule(seen=old_pages)
    def submit(self, seen: int) -> None:
        index = max(len(self.ids) - 1 - seen, 0)
        version = PlanVersion.objects.get(pk=self.ids[index])
        allowed = index == len(self.ids) - 1 and self.folder.pages[index].state == "draft"
        given = self.attempt(
            lambda: actions.submit_plan(
                plan=plan_for(self.cast),
                expected_head=version.pk,
                by=self.cast.users["mira"],
                seen_hash=version.content_hash,
                key=self.new_key(),
            ),
            allowed=allowed,
        )
        if given is not None:
            self.folder.submit()

    @rule(
        name=st.sampled_from([*SIGNERS, "bo", "sam", "zack"]),
        back=st.integers(0, 3),
        blind=st.sampled_from([False, False, True]),
    )
    def sign(self, name: str, back: int, blind: bool) -> None:
        index = max(len(self.ids) - 1 - back, 0)
        page, role = self.folder.pages[index], SIGNERS.get(name, "guardian")
        allowed = (
            name in SIGNERS
            and page.state == "submitted"
            and role not in page.signed_by
            and not blind
        )
        version = PlanVersion.objects.select_related("plan__student").get(pk=self.ids[index])
        given = self.attempt(
            lambda: actions.sign_plan(
                version=version,
                role=role,
                by=self.cast.users[name],
                seen_hash="0" * 64 if blind else version.content_hash,
                key=self.new_key(),
            ),
            allowed=allowed,
        )
        if given is not None:
            self.folder.sign(index, role, name)

    @rule(name=st.sampled_from(["gail", "carla", "finn", "pia", "zoe"]), back=st.integers(0, 2))
    def send_back(self, name: str, back: int) -> None:
        index = max(len(self.ids) - 1 - back, 0)
        version = PlanVersion.objects.select_related("plan__student").get(pk=self.ids[index])
        returned = self.attempt(
            lambda: actions.return_plan(
                version=version, by=self.cast.users[name], text="Look again."
            ),
            allowed=name in SIGNERS and self.folder.pages[index].state == "submitted",
        )
        if returned is not None:
            self.folder.pages[index].state = "returned"

    def new_key(self) -> str:
        self.keys += 1
        return f"form {self.keys}"

    @invariant()
    def both_tell_the_same_story(self) -> None:
        if not hasattr(self, "ids"):
            return
        versions = list(PlanVersion.objects.order_by("number"))
        assert [version.pk for version in versions] == self.ids
        assert [dict(version.placements) for version in versions] == [
            page.courses for page in self.folder.pages
        ]
        assert [version.state for version in versions] == [page.state for page in self.folder.pages]
        signed: list[dict[str, str]] = [{} for _ in self.ids]
        for given in SignOff.objects.select_related("signer", "version"):
            signed[self.ids.index(given.version_id)][given.role] = given.signer.username
            assert given.content_hash == given.version.content_hash
        assert signed == [page.signed_by for page in self.folder.pages]
        plan = GraduationPlan.objects.get()
        assert plan.head_id == self.ids[-1]
        current = self.folder.current
        assert plan.current_id == (None if current is None else self.ids[current])


def live(cast: Cast, *, phases: tuple[Phase, ...] = tuple(Phase)) -> None:
    LifeOfAPlan.cast = cast
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        LifeOfAPlan,
        settings=settings(
            max_examples=10,
            stateful_step_count=14,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_life_of_a_plan_is_the_one_on_paper(cast: Cast) -> None:
    live(cast)


def careless_claim(plan: GraduationPlan, *, expected_head: int | None) -> PlanVersion | None:
    """Compare nothing: work on what is there now, whatever the page had shown."""
    head = GraduationPlan.objects.get(pk=plan.pk).head_id
    return PlanVersion.objects.get(pk=head)


def test_a_comparison_taken_out_is_noticed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "claim", careless_claim)
    with pytest.raises((AssertionError, ExceptionGroup)):
        live(cast, phases=(Phase.generate,))
