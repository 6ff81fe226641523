"""One audited student as sentences need it: what counts where, and the names of things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pathloom.engine.audit.evaluate import Amounts, Evaluation
from pathloom.engine.audit.neighbors import Search
from pathloom.engine.audit.result import Counted
from pathloom.engine.audit.wording import Wording
from pathloom.engine.record import CourseRecord, ExceptionKind, StaffException, State
from pathloom.engine.rules.conditions import Measured, measure_have
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.nodes import Have, Requirement
from pathloom.engine.rules.slots import Layout, layout


@dataclass(slots=True)
class View:
    """``home`` is where a record counts first; ``counted`` are entries by requirement id."""

    prepared: Prepared
    evaluation: Evaluation
    words: Wording
    values: Mapping[str, str]
    places: Layout
    unit: str
    titles: dict[str, str]
    counted: dict[str, list[Counted]]
    home: dict[str, str]
    excuses: dict[str, list[StaffException]]
    _taken: tuple[set[str], set[str]] | None = None
    said: dict[tuple[str, int], str] = field(default_factory=dict)  # remedies, by id and amount
    _search: Search | None = None
    _earning: dict[str, tuple[str, ...]] | None = None

    @classmethod
    def of(
        cls,
        prepared: Prepared,
        certificate: Iterable[Counted],
        *,
        evaluation: Evaluation,
        values: Mapping[str, str],
        words: Wording,
    ) -> View:
        counted: dict[str, list[Counted]] = {}
        home: dict[str, str] = {}
        for entry in certificate:
            counted.setdefault(entry.requirement, []).append(entry)
            if not entry.second and not entry.overflow:
                home[entry.record] = entry.requirement
        return cls(
            prepared=prepared,
            evaluation=evaluation,
            words=words,
            values=values,
            places=layout(prepared.ruleset),
            unit=prepared.ruleset.credit_name,
            titles={each.id: each.title or each.course or each.id for each in prepared.records},
            counted=counted,
            home=home,
            excuses=_excuses(prepared, words) if prepared.decided else {},
        )

    def amounts(self, node: Requirement) -> Amounts:
        return self.evaluation.requirements[node.id]

    def measured(self, node: Requirement) -> Measured | None:
        return self.evaluation.measured.get(node.id)

    def family(self, node: Requirement) -> str:
        """The family of which all courses that count here have one tag; empty without one."""
        return node.condition.same if isinstance(node.condition, Have) else node.same

    def value(self, node: Requirement) -> str:
        """The value of that family which the answer looks at; empty where none is decided."""
        measured = self.measured(node)
        return measured.value if measured else self.values.get(node.id, "")

    def entries(self, node: Requirement) -> list[Counted]:
        """What counts toward a requirement and its parts."""
        if not node.parts:
            return self.counted.get(node.id, [])
        counted = self.counted
        inside = self.words.inside[node.id]
        return [each for name in inside if name in counted for each in counted[name]]

    def titles_in(self, entries: Iterable[Counted], state: State) -> list[str]:
        found = [each.record for each in entries if each.state is state]
        return list(dict.fromkeys(title for each in found for title in self.to_pass(each)))

    def to_pass(self, record_id: str) -> tuple[str, ...]:
        """The courses on which a record waits: itself, or those that earn what the rules add."""
        if not self.prepared.awarded:
            return (self.titles[record_id],)
        if self._earning is None:
            self._earning = _earning(self.prepared, self.titles)
        return self._earning.get(record_id) or (self.titles[record_id],)

    def showing(self, node: Requirement) -> Sequence[tuple[str, State]]:
        """The courses that fulfil a requirement, or a part of it: title and state."""
        measured = self.measured(node)
        if measured is not None:
            return [(self.titles[each.id], each.state) for each in measured.records]
        return [(self.titles[each.record], each.state) for each in self.entries(node)]

    def is_eligible(self, record: CourseRecord, node_id: str) -> bool:
        """Whether a record matches the place of a requirement."""
        place = self.words.places.get(node_id)
        return place is not None and bool(self.places.masks(record)[0] >> place & 1)

    @property
    def search(self) -> Search:
        if self._search is None:
            self._search = Search(self.prepared, self.places, self.home, self.words)
        return self._search

    @property
    def taken(self) -> tuple[set[str], set[str]]:
        """Course codes and titles on the record."""
        if self._taken is None:
            records = self.prepared.records
            codes = {each.course for each in records if each.course}
            self._taken = codes, set(self.titles.values())
        return self._taken


def _earning(prepared: Prepared, titles: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The titles of the courses that earn what the rules add, by the id of what is added."""
    found: dict[str, tuple[str, ...]] = {}
    completions = {f"+{award.id}": award.have for award in prepared.ruleset.awards if award.have}
    for because_of, extras in prepared.awarded.items():
        for extra in extras:
            have = completions.get(extra.id)
            if because_of:
                found[extra.id] = found.get(because_of, (titles[because_of],))
            elif have is not None:
                records = measure_have(have, prepared.records).records
                found[extra.id] = tuple(
                    titles[each.id]
                    for each in records
                    if each.state is extra.state and each is not extra
                )
    return found


def _excuses(prepared: Prepared, words: Wording) -> dict[str, list[StaffException]]:
    """Decisions that excuse a requirement, or one around it, by its id."""
    former = {name: node.id for node in words.nodes.values() for name in node.was}
    found: dict[str, list[StaffException]] = {}
    for each in prepared.decided:
        if each.in_effect and each.exception.kind is ExceptionKind.EXCUSE:
            named = each.exception.requirement
            whole = not each.exception.credits
            own = named if named in words.nodes else former[named]
            for name in words.parts[own] if whole else (own,):
                found.setdefault(name, []).append(each.exception)
    return found
