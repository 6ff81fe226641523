"""The words of occupations: amounts, education, labels, interests."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from pathloom.engine.occupations import EDUCATION, INTERESTS, KINDS, Figures, LabelKind, Pay
from pathloom.portal.programs.presenters.states import STATES

EDUCATION_NAMES = dict(
    zip(
        EDUCATION,
        (
            _lazy("No diploma needed"),
            _lazy("High school diploma"),
            _lazy("Some college"),
            _lazy("Certificate after high school"),
            _lazy("Two-year degree"),
            _lazy("Four-year degree"),
            _lazy("Master’s degree"),
            _lazy("Doctoral or professional degree"),
        ),
        strict=True,
    )
)
EDUCATION_SENTENCES = dict(
    zip(
        EDUCATION,
        (
            _lazy("You can start without a diploma."),
            _lazy("Most people start with a high school diploma."),
            _lazy("Most people start with some college."),
            _lazy("Most people start with a certificate that they earn after high school."),
            _lazy("Most people start with a two-year degree."),
            _lazy("Most people start with a four-year degree."),
            _lazy("Most people start with a master’s degree."),
            _lazy("Most people start with a doctoral or professional degree."),
        ),
        strict=True,
    )
)
TRAINING_SENTENCES = {
    "short": _lazy("On the job you learn it in less than a month."),
    "moderate": _lazy("On the job you learn it in one month to a year."),
    "long": _lazy("On the job you learn it in more than a year."),
    "apprenticeship": _lazy("You learn it in an apprenticeship, and you are paid as you learn."),
    "internship": _lazy("After school you work as an intern or resident first."),
}
EXPERIENCE_SENTENCES = {
    "under_5": _lazy("Before that, people work up to five years in a job like it."),
    "5_or_more": _lazy("Before that, people work five years or more in a job like it."),
}
ZONES = {
    1: _lazy("little or no preparation"),
    2: _lazy("some preparation"),
    3: _lazy("medium preparation"),
    4: _lazy("a lot of preparation"),
    5: _lazy("very much preparation"),
}
LABEL_NAMES = {
    "high_skill": _lazy("High-skill"),
    "high_wage": _lazy("High-wage"),
    "in_demand": _lazy("In-demand"),
}
INTEREST_WORDS = dict(
    zip(
        INTERESTS,
        (
            (_lazy("Realistic"), _lazy("tools, machines, animals, the outdoors")),
            (_lazy("Investigative"), _lazy("finding out how things work")),
            (_lazy("Artistic"), _lazy("making things that are new")),
            (_lazy("Social"), _lazy("helping and teaching people")),
            (_lazy("Enterprising"), _lazy("leading, selling, starting things")),
            (_lazy("Conventional"), _lazy("order, numbers, clear rules")),
        ),
        strict=True,
    )
)


def education_name(level: str) -> str:
    return str(EDUCATION_NAMES[level]) if level else ""


def education_choices() -> list[tuple[str, str]]:
    return [(each, education_name(each)) for each in EDUCATION]


def label_name(kind: LabelKind | str) -> str:
    return str(LABEL_NAMES[kind])


def label_choices() -> list[tuple[str, str]]:
    return [(each, label_name(each)) for each in KINDS]


def zone_choices() -> list[tuple[int, str]]:
    return [
        (zone, _("%(zone)s: %(words)s") % {"zone": zone, "words": words})
        for zone, words in ZONES.items()
    ]


def area_name(area: str) -> str:
    """``Georgia`` for ``US-GA``."""
    return STATES.get(area.removeprefix("US-")) or _("United States")


def dollars(amount: int) -> str:
    return f"${amount:,}"


def pay_words(pay: Pay | None) -> str:
    """``$48,120``, ``$239,200 or more``; a dash where nothing is published."""
    if pay is None:
        return "–"
    if pay.floor:
        return _("%(amount)s or more") % {"amount": dollars(pay.dollars)}
    return dollars(pay.dollars)


def percent(tenths: int) -> str:
    """``+5.0 %`` as people write it: ``+5.0%``, ``−2.3%``, ``0.0%``."""
    sign = "+" if tenths > 0 else "−" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}%"


def count(persons: int) -> str:
    return f"{persons:,}"


def sentences(figures: Figures | None) -> list[str]:
    """What an occupation needs, pays and offers: at most three short sentences."""
    if figures is None:
        return [_("This is a job in the military. No pay or outlook is published for it.")]
    found = []
    if figures.education:
        found.append(str(EDUCATION_SENTENCES[figures.education]))
    if figures.wage is not None:
        earned = {"amount": dollars(figures.wage)}
        found.append(_("Half of the people in it earn %(amount)s a year or more.") % earned)
    if figures.openings is not None:
        opened = {"n": count(figures.openings), "area": area_name(figures.area)}
        found.append(_("About %(n)s jobs open up each year (%(area)s).") % opened)
    return found
