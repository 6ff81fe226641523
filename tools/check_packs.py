"""Compare the figures of the packaged rules with the raw facts they were taken from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pathloom.engine.rules.nodes import (
    Exam,
    GradeAverage,
    Have,
    Hours,
    Rulebook,
    RuleSet,
    Times,
)

Step = str | int
Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a rule and where the facts hold it.

    ``requirement`` is an id, ``total``, ``waivers``, or ``cap:`` and the id of a cap. A step
    ``key=value`` of ``path`` picks from a list the entry whose key begins with value. ``at`` says
    which of the numbers in the text at the end it is, from 0.
    """

    version: str
    requirement: str
    path: Path
    at: int = 0


def _figures(version: str, base: Path, rows: Mapping[str, Path]) -> tuple[Figure, ...]:
    return tuple(Figure(version, name, (*base, *path)) for name, path in rows.items())


_FL = ("florida", "standard_24", "areas")
_IL = ("state_graduation", "cohorts", "entered=2008-09")
_D230 = ("district_examples", "district=CHSD 230")

OTHER_RULES: tuple[Figure, ...] = (
    *_figures(
        "us-tx/foundation/2014",
        ("texas", "foundation"),
        {
            "total": ("total_credits",),
            "english": ("areas", "area=English", "credits"),
            "mathematics": ("areas", "area=Mathematics", "credits"),
            "science": ("areas", "area=Science", "credits"),
            "social-studies": ("areas", "area=Social", "credits"),
            "languages": ("areas", "area=Languages", "credits"),
            "physical-education": ("areas", "area=Physical", "credits"),
            "fine-arts": ("areas", "area=Fine", "credits"),
            "electives": ("areas", "area=Electives", "credits"),
        },
    ),
    *_figures(
        "us-tx/endorsement-business-industry/2014",
        ("texas", "endorsement"),
        {
            "total": ("total_credits",),
            "sequence": ("business_industry_option_A", "coherent_sequence_credits_min"),
            "one-cluster": ("business_industry_option_A", "same_cluster_courses_min"),
        },
    ),
    Figure("us-tx/endorsement-stem/2014", "total", ("texas", "endorsement", "total_credits")),
    *_figures(
        "us-fl/diploma/2014",
        _FL,
        {
            "english": ("ELA",),
            "mathematics": ("Mathematics",),
            "science": ("Science",),
            "social-studies": ("Social Studies",),
            "arts": ("Fine/Performing Arts, Speech & Debate or Practical Arts",),
            "physical-education": ("Physical Education incl. health",),
        },
    ),
    *_figures(
        "us-fl/diploma/2014",
        ("florida", "standard_24"),
        {
            "electives": ("electives_by_cohort", "before 2023-24"),
            "average": ("gpa_min",),
            "ela-sat": ("concordant", "ELA", "SAT_EBRW"),
            "ela-act": ("concordant", "ELA", "ACT_avg_English_Reading"),
            "algebra-psat": ("concordant", "Algebra1", "PSAT"),
            "algebra-sat": ("concordant", "Algebra1", "SAT"),
            "algebra-act": ("concordant", "Algebra1", "ACT"),
            "cap:certification-mathematics": ("substitutions", 0),
        },
    ),
    Figure(
        "us-fl/diploma/2023",
        "electives",
        ("florida", "standard_24", "electives_by_cohort", "2023-24 and later"),
    ),
    Figure(
        "us-fl/diploma/2023",
        "personal-finance",
        ("florida", "standard_24", "electives_by_cohort", "2023-24 and later"),
        at=1,
    ),
    Figure(
        "us-fl/diploma/2014",
        "cap:certification-science",
        ("florida", "standard_24", "substitutions", 0),
        at=2,
    ),
    Figure("us-fl/accel-diploma/2014", "total", ("florida", "accel_18", "credits")),
    Figure("us-fl/accel-diploma/2014", "electives", ("florida", "accel_18", "electives")),
    Figure("us-fl/cte-pathway-diploma/2019", "total", ("florida", "cte_pathway_18", "credits")),
    Figure("us-fl/cte-pathway-diploma/2019", "average", ("florida", "cte_pathway_18", "gpa_min")),
    Figure(
        "us-fl/cte-pathway-diploma/2019", "career", ("florida", "cte_pathway_18", "cte_credits")
    ),
    *_figures(
        "us-wa/diploma/2017",
        ("washington",),
        {
            "total": ("total",),
            "english": ("areas", "English"),
            "mathematics": ("areas", "Math"),
            "science": ("areas", "Science"),
            "social-studies": ("areas", "Social Studies"),
            "health-fitness": ("areas", "Health & Fitness"),
            "career-technical": ("areas", "CTE"),
            "electives": ("areas", "Electives"),
            "language-or-pathway": ("areas", "World Language"),
            "waivers": ("core_vs_flexible", "waivable"),
            "sba-ela": ("graduation_pathways", "list", 0),
            "wa-aim-ela": ("graduation_pathways", "list", 1),
            "sat-ela": ("graduation_pathways", "list", 2),
            "asvab": ("graduation_pathways", "list", 6),
            "sequence": ("graduation_pathways", "list", 7),
        },
    ),
    Figure(
        "us-wa/diploma/2017", "sba-math", ("washington", "graduation_pathways", "list", 0), at=1
    ),
    Figure(
        "us-wa/diploma/2017", "sat-math", ("washington", "graduation_pathways", "list", 2), at=1
    ),
    Figure("us-wa/diploma/2017", "laboratory-science", ("washington", "areas", "Science"), at=1),
    *_figures(
        "us-in/diploma/2025",
        ("indiana",),
        {
            "total": ("diploma", "credits"),
            "english": ("base", "area=English", "credits"),
            "mathematics": ("base", "area=Mathematics", "credits"),
            "science": ("base", "area=Science", "credits"),
            "english-9": ("base", "area=English", "parts", "English 9"),
            "algebra": ("base", "area=Mathematics", "parts", "Algebra I"),
            "personal-finance": ("base", "area=Mathematics", "parts", "personal finance"),
            "biology": ("base", "area=Science", "parts", "Biology I"),
        },
    ),
    Figure(
        "us-in/employment-honors/2025",
        "work-based-learning",
        ("indiana", "seals", "employment_honors", "work_based_learning_hours"),
    ),
    Figure(
        "us-in/enrollment-honors-plus/2025",
        "work-based-learning",
        ("indiana", "seals", "enrollment_honors_plus", "work_based_learning_hours"),
    ),
    Figure(
        "us-in/enlistment-honors/2025",
        "asvab",
        ("indiana", "seals", "enlistment_honors", "asvab_min"),
    ),
    *(
        Figure(
            f"us-sc/diploma/{version}", name, ("south_carolina", "cohorts", cohort, "areas", area)
        )
        for version, cohort, names in (
            (
                "before-2023",
                0,
                {
                    "english": "English",
                    "mathematics": "Math",
                    "science": "Science",
                    "us-history": "US History & Constitution",
                    "economics": "Economics",
                    "government": "US Government",
                    "computer-science": "Computer Science incl. keyboarding",
                    "electives": "Electives",
                },
            ),
            (
                "2023",
                1,
                {
                    "english": "English",
                    "mathematics": "Math",
                    "science": "Science",
                    "us-history": "US History",
                    "economics": "Economics",
                    "government": "Government",
                    "computer-science": "Computer Science",
                    "personal-finance": "Personal Finance",
                    "electives": "Electives",
                },
            ),
        )
        for name, area in names.items()
    ),
)
ILLINOIS: tuple[Figure, ...] = (
    *_figures(
        "us-il/diploma/2008",
        _IL,
        {
            "language-arts": ("language_arts",),
            "mathematics": ("math", "years"),
            "science": ("science",),
            "social-studies": ("social_studies", "years"),
            "arts-language-vocational": ("one_of", "years"),
            "writing-intensive": ("writing_intensive", "years"),
        },
    ),
    *_figures(
        "us-il-chsd-230/diploma/2021+2016",
        _D230,
        {
            "total": ("total",),
            "language-arts": ("areas", "English"),
            "mathematics": ("areas", "Mathematics"),
            "science": ("areas", "Science"),
            "us-history": ("areas", "US History"),
            "american-government": ("areas", "American Government"),
            "physical-education-credit": ("areas", "Physical Education"),
            "consumer-education-credit": ("areas", "Consumer Education"),
            "health": ("areas", "Health"),
            "service": ("service_hours", "classes 2025-2028"),
        },
    ),
    *_figures(
        "us-il/ccpe/2016",
        ("ccpe", "requirements"),
        {
            "career-development": ("id=scde", "hours_min"),
            "team-challenges": ("id=team_challenges", "min"),
            "early-college": ("id=instruction", "early_college_credit_hours_min"),
            "activities": ("id=exploration", "choose", "any_of", 0),
            "intensive": ("id=exploration", "choose", "any_of", 1),
        },
    ),
)
GEORGIA: tuple[Figure, ...] = (
    Figure("us-ga/hope/2013", "hope-average", ("hope_zell", "hope", "hope_gpa")),
    Figure("us-ga/hope/2013", "rigor", ("hope_zell", "hope", "rigor_credits")),
    Figure("us-ga/zell/2013", "hope-average", ("hope_zell", "zell", "hope_gpa")),
    Figure("us-ga/zell/2013", "sat", ("hope_zell", "zell", "sat")),
    Figure("us-ga/zell/2013", "act", ("hope_zell", "zell", "act")),
)

FIGURES = {"other_rules": OTHER_RULES, "illinois": ILLINOIS, "georgia": GEORGIA}


def differences(
    figures: Iterable[Figure], rulebook: Rulebook, facts: Mapping[str, Any]
) -> tuple[str, ...]:
    """Say every figure that is another in the facts, or that one side does not have."""
    versions = {version.id: version for file in rulebook.files for version in file.versions}
    found = []
    for figure in figures:
        name = f"{figure.version}, {figure.requirement}"
        ours = _ours(versions.get(figure.version), figure.requirement)
        theirs = _number(_at(facts, figure.path), figure.at)
        if ours is None:
            found.append(f"{name}: the rules have no such figure")
        elif theirs is None:
            found.append(f"{name}: the facts have no number at {' > '.join(map(str, figure.path))}")
        elif ours != theirs:
            found.append(f"{name}: {ours / 100:g}, the facts say {theirs / 100:g}")
    return tuple(found)


def _ours(ruleset: RuleSet | None, name: str) -> int | None:
    if ruleset is None:
        return None
    if name == "total":
        return ruleset.total
    if name == "waivers":
        return ruleset.waivers.at_most if ruleset.waivers else None
    if name.startswith("cap:"):
        return next((cap.at_most for cap in ruleset.caps if cap.id == name[4:]), None)
    for each in ruleset.walk():
        if each.id == name:
            return each.earn or _of_condition(each.condition)
    return None


def _of_condition(condition: object) -> int | None:
    match condition:
        case Have(credits=credit, courses=courses):
            return credit or 100 * courses
        case Hours(at_least=least) | Exam(at_least=least) | GradeAverage(at_least=least):
            return least
        case Times(at_least=least):
            return 100 * least
        case _:
            return None


def _at(value: Any, path: Path) -> Any:
    for step in path:
        if isinstance(value, list) and isinstance(step, str):
            key, _, start = step.partition("=")
            value = next((each for each in value if str(each[key]).startswith(start)), None)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step] if step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _number(value: Any, at: int) -> int | None:
    """The number number ``at`` of a text, in hundredths."""
    numbers = re.findall(r"\d+(?:\.\d+)?", "" if value is None else str(value))
    return round(float(numbers[at]) * 100) if at < len(numbers) else None
