"""Rules in plain English, as a counselor reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pathloom.engine.rules.choose import cohorts
from pathloom.engine.rules.nodes import (
    Among,
    AnyCourse,
    Award,
    Cap,
    Condition,
    Done,
    Exam,
    GradeAverage,
    HasTag,
    Have,
    Hours,
    Kind,
    Requirement,
    RuleSet,
    Split,
    SubjectIs,
    Substitute,
    Times,
)
from pathloom.engine.rules.phrases import all_of, one_of, phrase, say
from pathloom.engine.units import Credits, format_credits

_LISTS = (
    ("subject", "subjects"),
    ("tag", "tags"),
    ("family", "families"),
    ("evidence", "evidence"),
    ("track", "tracks"),
)


def describe(requirement: Requirement, ruleset: RuleSet) -> str:
    """Say a requirement in one English sentence.

    Amounts are in the rule set's unit of credit; parts, alternatives, second counting, substitutes
    and what holds for students on a track included.
    """
    words = words_of(ruleset)
    if requirement.of:
        clauses = [_choice(requirement, ruleset)]
    elif requirement.condition is not None:
        clauses = [
            f"{requirement.title}: {_condition(requirement.condition, ruleset.credit_name, words)}"
        ]
    else:
        clauses = _credit(requirement, ruleset, words)
    clauses += [
        f"for students on the track {_word('track', other.track, words)} it is {other.title} "
        f"({say(other.match, words)})"
        for other in requirement.on_track
    ]
    if requirement.exempt:
        tracks = one_of([_word("track", other.track, words) for other in requirement.exempt])
        clauses.append(f"students on the track {tracks} are exempt")
    return f"{'; '.join(clauses)}."


def describe_ruleset(ruleset: RuleSet) -> str:
    """Say a whole rule set: one sentence a line, parts indented, with sources at the end."""
    lines = [
        f"{ruleset.title}, for students who entered grade 9 {cohorts(ruleset)}.",
        f"Status: {ruleset.status}{'' if ruleset.official else ' (unofficial)'}.",
        *_head(ruleset),
        "",
    ]
    for requirement in ruleset.requirements:
        lines += _lines(requirement, ruleset, indent="")
    extra = [_award(award, ruleset) for award in ruleset.awards]
    extra += [_cap(cap, ruleset) for cap in ruleset.caps]
    extra += _waivers(ruleset)
    if extra:
        lines += ["", *(f"- {sentence}" for sentence in extra)]
    lines += ["", "Sources:"]
    lines += [
        f"- {source.title} ({source.kind}, read on {source.read_on}): {source.url}"
        for source in ruleset.sources
    ]
    return "\n".join(lines)


def words_of(ruleset: RuleSet) -> Mapping[str, str]:
    """The words for everything a rule set has declared: ``subject:x``, ``tag:x``, ``track:x``."""
    return {f"{kind}:{key}": text for kind, name in _LISTS for key, text in getattr(ruleset, name)}


def units(amount: Credits, name: str) -> str:
    """Write an amount with its unit: ``4 units``, ``0.5 unit``."""
    return f"{_number(amount)} {name}{'s' if amount > 100 else ''}"


def _number(amount: int) -> str:
    return format_credits(amount).removesuffix(".0")


def _word(kind: str, name: str, words: Mapping[str, str]) -> str:
    return words.get(f"{kind}:{name}", name)


def _head(ruleset: RuleSet) -> Iterable[str]:
    """What holds for the whole: what it stands on, its total, and what happens to the rest."""
    if len(ruleset.layers) > 1 or ruleset.extends:
        yield f"It adds to {ruleset.extends} and asks for everything that stands there."
    if ruleset.kind is not Kind.DIPLOMA:
        yield f"This is decided beside the diploma ({ruleset.kind}) and never stands in its way."
    if not ruleset.total:
        yield "It asks for no credit in all."
        return
    yield (
        f"In all {units(ruleset.total, ruleset.credit_name)}; "
        "a course that counts twice adds to this only once."
    )
    yield _split(ruleset)


def _lines(requirement: Requirement, ruleset: RuleSet, *, indent: str) -> list[str]:
    found = [f"{indent}- {describe(requirement, ruleset)}"]
    for part in requirement.parts:
        found += _lines(part, ruleset, indent=f"{indent}  ")
    return found


def _credit(requirement: Requirement, ruleset: RuleSet, words: Mapping[str, str]) -> list[str]:
    parts = [_of(part, ruleset) for part in requirement.include]
    among = f", among them {all_of(parts)}" if parts else ""
    clauses = [f"{_of(requirement, ruleset)}{among}"]
    if _says_more(requirement, words):
        clauses.append(f"open to {say(requirement.match, words)}")
    if requirement.same:
        clauses.append(_same(requirement.same, words))
    clauses += _amongs(requirement.among, ruleset.credit_name, words)
    if requirement.also_counts:
        titles = {each.id: each.title for each in ruleset.walk()}
        others = all_of([titles[other] for other in requirement.also_counts])
        clauses.append(f"a course used here can count a second time in {others}")
    clauses += [f"or instead {_substitute(each, ruleset, words)}" for each in requirement.instead]
    return clauses


def _choice(requirement: Requirement, ruleset: RuleSet) -> str:
    titles = [other.title for other in requirement.of]
    if requirement.choose == len(titles):
        which = f"{'both' if len(titles) == 2 else 'all'} of {all_of(titles)}"
    elif requirement.choose == 1:
        which = f"one of {one_of(titles)}"
    else:
        which = f"at least {requirement.choose} of these {len(titles)}: {all_of(titles)}"
    return f"{_of(requirement, ruleset) if requirement.earn else requirement.title}: {which}"


def _condition(condition: Condition, credit: str, words: Mapping[str, str]) -> str:
    match condition:
        case Have():
            clauses = [_have(condition, credit, words)]
            return "; ".join([*clauses, *_amongs(condition.among, credit, words)])
        case Hours(of, at_least):
            return f"at least {_number(at_least)} hours of {_evidence(of, words)}"
        case Times(of, at_least):
            return f"{_evidence(of, words)}, at least {_count(at_least, 'time')}"
        case Exam(of, at_least):
            return f"at least {_number(at_least)} points in {_evidence(of, words)}"
        case GradeAverage(of, at_least):
            return f"{_evidence((of,), words)} of at least {_two_places(at_least)}"
        case Done(of):
            return _evidence(of, words)


def _have(have: Have, credit: str, words: Mapping[str, str]) -> str:
    """``at least 3 units, all of one and the same pathway, from any course in arts``."""
    same = f" {_same(have.same, words)}," if have.same else ""
    amounts = _amounts(have.credits, have.courses, credit)
    return f"at least {amounts},{same} wherever else they count, from {say(have.match, words)}"


def _amounts(credits: Credits, courses: int, credit: str) -> str:
    amounts = [units(credits, credit)] if credits else []
    if courses:
        amounts.append(
            _count(courses, "course") if courses == 1 else f"{courses} different courses"
        )
    return " and ".join(amounts)


def _amongs(among: Iterable[Among], credit: str, words: Mapping[str, str]) -> list[str]:
    return [
        f"of these at least {_amounts(each.credits, each.courses, credit)} of {each.title} "
        f"({say(each.match, words)})"
        for each in among
    ]


def _same(family: str, words: Mapping[str, str]) -> str:
    name = _word("family", family, words)
    for article in ("one ", "an ", "a "):
        name = name.removeprefix(article)
    return f"all of one and the same {name}"


def _evidence(names: Iterable[str], words: Mapping[str, str]) -> str:
    return one_of([_word("evidence", name, words) for name in names])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _two_places(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _says_more(requirement: Requirement, words: Mapping[str, str]) -> bool:
    """Whether the matcher adds anything to the title and the parts."""
    if requirement.include and not requirement.open_part:
        return False
    if isinstance(requirement.match, SubjectIs | HasTag):
        return phrase(requirement.match, words)[2].casefold() != requirement.title.casefold()
    return True


def _of(requirement: Requirement | Substitute, ruleset: RuleSet) -> str:
    return f"{units(requirement.earn, ruleset.credit_name)} of {requirement.title}"


def _substitute(each: Substitute, ruleset: RuleSet, words: Mapping[str, str]) -> str:
    return f"{_of(each, ruleset)} ({say(each.match, words)}), which then count nowhere else"


def _award(award: Award, ruleset: RuleSet) -> str:
    number = f" ({award.number})" if award.number else ""
    words, name = words_of(ruleset), ruleset.credit_name
    if award.have is not None:
        asked = [f"has {_have(award.have, name, words)}", *_amongs(award.have.among, name, words)]
        earns = ", ".join(asked)
    else:
        earns = f"earns {units(award.at_least, name)} in {say(award.when or AnyCourse(), words)}"
    total = "" if award.in_total else ", which adds nothing to the total"
    return (
        f"Whoever {earns} also receives {units(award.credits, name)} of "
        f"{award.title}{number}{total}."
    )


def _cap(cap: Cap, ruleset: RuleSet) -> str:
    titles = {each.id: each.title for each in ruleset.walk()}
    where = {"": "count in all", "total": "add to the total"}.get(
        cap.within, f"count in {titles.get(cap.within, cap.within)}"
    )
    most = units(cap.at_most, ruleset.credit_name)
    return f"{cap.title}: at most {most} from {say(cap.match, words_of(ruleset))} {where}."


def _waivers(ruleset: RuleSet) -> list[str]:
    if ruleset.waivers is None:
        return []
    titles = {each.id: each.title for each in ruleset.walk()}
    names = all_of([titles.get(name, name) for name in ruleset.waivers.of])
    most = units(ruleset.waivers.at_most, ruleset.credit_name)
    return [f"Staff may excuse only {names}, and no more than {most} in all."]


def _split(ruleset: RuleSet) -> str:
    into = next((each for each in ruleset.requirements if each.id == ruleset.overflow_into), None)
    match ruleset.split:
        case Split.FREE:
            return "The credit of one course may be divided between requirements."
        case Split.OVERFLOW if into is not None:
            return f"Credit of a course that its requirement does not need flows into {into.title}."
        case _:
            return "Credit of a course that its requirement does not need counts nowhere else."
