"""The sentences about a rule set and a catalog that no student changes, made once for each."""

from __future__ import annotations

from dataclasses import dataclass, field

from pathloom.engine.catalog import Catalog, Course
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.describe import describe
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import AnyCourse, Requirement, RuleSet

_KEPT = 64


@dataclass(slots=True)
class Wording:
    """The sentences that depend on the rules (and the catalog) alone, made once for each."""

    ruleset: RuleSet
    catalog: Catalog | None
    rules: dict[str, str]
    titles: dict[str, str]
    parts: dict[str, frozenset[str]]
    tops: dict[str, Requirement]
    _courses: dict[str, tuple[Course, ...]] = field(default_factory=dict)

    def courses(self, node: Requirement) -> tuple[Course, ...]:
        """Return the catalog's courses that count toward a requirement, in its order."""
        if self.catalog is None or isinstance(node.match, AnyCourse):
            return ()
        if node.id not in self._courses:
            counts = predicate(node.match)
            self._courses[node.id] = tuple(
                course
                for course in self.catalog.courses
                if counts(
                    CourseRecord(
                        id=course.id,
                        credits=course.credits,
                        state=State.PLANNED,
                        course=course.id,
                        number=course.number,
                        sced=course.sced,
                        subject=course.subject,
                        tags=course.tags,
                    )
                )
            )
        return self._courses[node.id]


_wordings: dict[tuple[int, int], Wording] = {}


def wording(ruleset: RuleSet, catalog: Catalog | None) -> Wording:
    """Return the wording of a rule set with a catalog; kept per pair of objects."""
    key = (id(ruleset), id(catalog))
    found = _wordings.get(key)
    if found is None or found.ruleset is not ruleset or found.catalog is not catalog:
        if len(_wordings) >= _KEPT:
            _wordings.clear()
        found = _wordings[key] = Wording(
            ruleset,
            catalog,
            rules={node.id: describe(node, ruleset) for node in ruleset.walk()},
            titles={node.id: node.title for node in ruleset.walk()},
            parts={node.id: frozenset(part.id for part in node.walk()) for node in ruleset.walk()},
            tops={part.id: node for node in ruleset.requirements for part in node.walk()},
        )
    return found
