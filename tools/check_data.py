"""Compare what the rulebook and the demo district ship with the raw facts they were taken from.

``make check-data DATA=folder``: the folder holds ``facts/`` (clusters_2008.yaml, georgia.yaml and
the other collected files) and ``data/`` (the raw files of occupations). One line per check with its
counts; below it every difference. Nothing else of the project needs this folder.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pathloom.engine.catalog import Catalog
from pathloom.engine.catalog.load import load_catalog
from pathloom.engine.occupations import load_occupations
from pathloom.engine.rules.load import PACKAGED, load_rulebook
from pathloom.engine.rules.matchers import is_pattern, normal_number
from pathloom.engine.rules.nodes import (
    EachOf,
    Matcher,
    NoneOf,
    NumberLike,
    OneOf,
    Rulebook,
    RuleSet,
)
from pathloom.engine.rules.pathways import (
    NumberBook,
    PathwayBook,
    PathwayCourse,
    load_numbers,
    load_pathways,
    pattern_of,
    unsourced,
)
from pathloom.engine.taxonomy import Framework, load_crosswalks, load_framework, load_frameworks
from tools import check_frameworks as frameworks
from tools import check_occupations as occupations
from tools.check_frameworks import both_ways, plain, words
from tools.check_packs import FIGURES, Figure, differences

DEMO = Path(__file__).resolve().parents[1] / "src/pathloom/portal/demo/data"
NUMBER_KEYS = ("code", "printed", "pattern")
# A title may say more or less than another of the same course, but never one of these.
LEVELS = {"ap", "ib", "honors", "advanced", "essentials", "applications", "introduction"}
LEVELS |= {"year", "one", "two", "i", "ii", "iii", "1", "2", "3"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check: what was compared, with counts, and every difference in words."""

    name: str
    counts: str
    differences: tuple[str, ...]

    def __str__(self) -> str:
        verdict = f"{len(self.differences)} differ" if self.differences else "agree"
        head = f"{self.name}: {self.counts}: {verdict}"
        return "\n".join([head, *(f"    {difference}" for difference in self.differences)])


def check_national(framework: Framework, facts: Mapping[str, Any]) -> Outcome:
    """Codes and names of all clusters, names of all pathways, and the counts, word for word."""
    theirs = facts["clusters"]
    ours = [(each.code, each.name) for each in framework.clusters]
    found = [
        *both_ways(
            "cluster",
            (" ".join(each) for each in ours),
            (f"{int(each['code_ceds']):02} {each['name']}" for each in theirs),
        ),
        *both_ways(
            "pathway",
            (
                f"{each.name} > {inner.name}"
                for each in framework.clusters
                for inner in each.pathways
            ),
            (f"{each['name']} > {inner['name']}" for each in theirs for inner in each["pathways"]),
        ),
    ]
    clusters, pathways = len(ours), sum(len(each.pathways) for each in framework.clusters)
    counts = facts["counts"]
    if (clusters, pathways) != (counts["clusters"], counts["pathways"]):
        found.append(
            f"the facts count {counts['clusters']} clusters, {counts['pathways']} pathways"
        )
    return Outcome(
        "frameworks/national-2008", f"{clusters} clusters, {pathways} pathways", tuple(found)
    )


def check_frameworks(facts: Path) -> Iterator[Outcome]:
    """The framework of 2024, the areas of Illinois, and what leads from 2008 to 2024."""
    names = {each.id: each for each in load_frameworks()}
    modern = read_yaml(facts / "clusters_2024.yaml")
    new, areas = names["national-2024"], names["illinois"]
    pathways = sum(len(each.pathways) for each in new.clusters)
    counts = f"{len(new.clusters)} clusters, {pathways} sub-clusters, {len(new.groups)} groupings"
    yield Outcome(f"frameworks/{new.id}", counts, frameworks.modern(new, modern))
    counts = f"{len(areas.clusters)} clusters in {len(areas.groups)} areas"
    stated = read_yaml(facts / "illinois.yaml")
    yield Outcome(f"frameworks/{areas.id}", counts, frameworks.areas(areas, stated))
    for crosswalk in load_crosswalks(frameworks=tuple(names.values())):
        if crosswalk.id == "national-2008-2024":
            found = frameworks.moves(crosswalk, names, modern)
            yield Outcome(f"crosswalks/{crosswalk.id}", f"{len(crosswalk.rows)} rows", found)


def check_state(framework: Framework, facts: Mapping[str, Any]) -> Outcome:
    """Names of a state's clusters, and of the pathways that a source names with courses."""
    named = facts["state_career_clusters"]
    ours = {words(each.name): each.name for each in framework.clusters}
    theirs = {words(name): name for name in named["names"]}
    found = [f"cluster '{ours[key]}' is not in the facts" for key in ours if key not in theirs]
    found += [
        f"cluster '{theirs[key]}' of the facts is missing" for key in theirs if key not in ours
    ]
    if len(framework.clusters) != named["count"]:
        found.append(f"the facts count {named['count']} clusters")
    rows = pathway_rows(facts)
    pathways = [(each.name, inner.name) for each in framework.clusters for inner in each.pathways]
    for cluster, pathway in pathways:
        if row_of(cluster, pathway, rows) is None:
            found.append(f"pathway '{pathway}' of {cluster} is not in the facts")
    for row in rows:
        if not any(row_of(cluster, pathway, [row]) for cluster, pathway in pathways):
            found.append(f"pathway '{row['pathway']}' of the facts is missing")
    return Outcome(
        f"frameworks/{framework.id}",
        f"{len(ours)} clusters, {len(pathways)} pathways",
        tuple(found),
    )


def pathway_rows(facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows of the facts that name one pathway; a row for all pathways of a cluster does not."""
    return [row for row in facts["ctae_pathways"]["rows"] if plain(row["pathway"])]


def row_of(
    cluster: str, pathway: str, rows: Iterable[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """The row of the facts that names a pathway of a cluster, which it may shorten."""
    initials = "".join(word[0] for word in re.findall(r"[A-Z]\w*", cluster))
    for row in rows:
        same_cluster = row["cluster"] == initials or words(row["cluster"]) <= words(cluster)
        if same_cluster and plain(row["pathway"]).startswith(plain(pathway)):
            return row
    return None


def numbered(value: Any) -> Iterator[tuple[str, str]]:
    """Every (number, title) that stands anywhere in a file of facts."""
    if isinstance(value, Mapping):
        for key in NUMBER_KEYS:
            number = value.get(key)
            if isinstance(number, str) and value.get("title"):
                yield number, str(value["title"])
        for inner in value.values():
            yield from numbered(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from numbered(inner)


def titles_of(facts: Mapping[str, Any]) -> dict[str, set[str]]:
    """Pattern of each course number in the facts, with every title it is printed with."""
    found: dict[str, set[str]] = {}
    for number, title in numbered(facts):
        if is_number(number):
            found.setdefault(pattern_of(number), set()).add(title)
    return found


def is_number(text: str) -> bool:
    return is_pattern(normal_number(text))


def about(number: str, title: str, titles: Mapping[str, set[str]]) -> Iterator[str]:
    """What is wrong with calling the course of this number by this title."""
    known = titles.get(pattern_of(number))
    if known is None:
        yield f"{number} '{title}': no such number in the facts"
    elif not any(same_title(title, other) for other in known):
        yield f"{number} '{title}': the facts call it {' or '.join(sorted(map(repr, known)))}"


def same_title(one: str, other: str) -> bool:
    """Whether one title says all that the other says, and what it adds names no other course."""
    ours, theirs = words(one), words(other)
    return (ours <= theirs or theirs <= ours) and not (ours ^ theirs) & LEVELS


def check_numbers(book: NumberBook, *, text: str, titles: Mapping[str, set[str]]) -> Outcome:
    """Every number stands in the collected text as printed, beside the title it has here."""
    found = [f"{row.number} '{row.title}': not printed so" for row in unsourced(book, text)]
    for row in book.rows:
        found += about(row.number, row.title, titles)
    return Outcome("us-ga/numbers.yaml", f"{len(book.rows)} course numbers", tuple(found))


def check_pathways(
    book: PathwayBook,
    framework: Framework,
    facts: Mapping[str, Any],
    *,
    titles: Mapping[str, set[str]],
) -> Outcome:
    """Every course of every pathway stands in the row of the facts for this pathway."""
    rows, found = pathway_rows(facts), []
    for each in book.rows:
        cluster = framework.cluster(each.cluster)
        row = row_of(cluster.name, each.title, rows) if cluster else None
        if row is None:
            found.append(f"pathway '{each.title}' is not in the facts")
            continue
        found += [
            f"pathway '{each.title}': its row has no '{course.number} {course.title}'"
            for course in each.courses
            if not any(_is_course(course, other, titles) for other in row["courses"])
        ]
    courses = sum(len(each.courses) for each in book.rows)
    return Outcome(
        "us-ga/pathways.yaml", f"{len(book.rows)} pathways, {courses} courses", tuple(found)
    )


def _is_course(
    course: PathwayCourse, other: Mapping[str, Any], titles: Mapping[str, set[str]]
) -> bool:
    """Whether a course is the one of the facts, by its number and one of its titles there."""
    if course.number != (other.get("code") or ""):
        return False
    if course.number:
        return not list(about(course.number, course.title, titles))
    return words(course.title) <= words(other.get("title") or "")


def numbers_in(matcher: Matcher) -> set[str]:
    """The patterns of course numbers that a matcher names."""
    match matcher:
        case NumberLike(pattern):
            return {pattern}
        case OneOf(inner) | EachOf(inner):
            return set().union(*(numbers_in(each) for each in inner))
        case NoneOf(each):
            return numbers_in(each)
        case _:
            return set()


def check_diploma(
    ruleset: RuleSet, facts: Mapping[str, Any], *, titles: Mapping[str, set[str]]
) -> Outcome:
    """Total, units of each area in order, and every course number of the rule."""
    given = facts["graduation"]
    units = [each.earn for each in ruleset.requirements]
    theirs = [each["units"] * 100 for each in given["areas"]]
    found = []
    if ruleset.total != given["total_units"] * 100:
        found.append(f"total {ruleset.total / 100:g}: the facts say {given['total_units']}")
    if units != theirs:
        found.append(f"units of the areas {units}: the facts say {theirs}")
    used: set[str] = set()
    for requirement in ruleset.walk():
        used |= numbers_in(requirement.match)
        for way in requirement.instead:
            used |= numbers_in(way.match)
    for award in ruleset.awards:
        if award.when is not None:
            used |= numbers_in(award.when)
        if award.number:
            found += about(award.number, award.title, titles)
            used.add(pattern_of(award.number))
    found += [f"{number}: no such number in the facts" for number in sorted(used - set(titles))]
    return Outcome(ruleset.id, f"{len(units)} areas, {len(used)} course numbers", tuple(found))


def check_figures(
    name: str, figures: tuple[Figure, ...], book: Rulebook, facts: Mapping[str, Any]
) -> Outcome:
    """Every listed figure of the packaged rules is the one of a file of facts."""
    counts = f"{len(figures)} figures of {len({each.version for each in figures})} rule sets"
    return Outcome(f"rules from {name}.yaml", counts, differences(figures, book, facts))


def check_catalog(catalog: Catalog, *, titles: Mapping[str, set[str]]) -> Outcome:
    """Every course number of the demo catalog belongs to the course that carries it."""
    courses = [course for course in catalog.courses if course.number]
    found = [what for each in courses for what in about(each.number, each.title, titles)]
    counts = f"{len(courses)} of {len(catalog.courses)} courses have a number"
    return Outcome("demo/data/us-ga/catalog.csv", counts, tuple(found))


def check_occupations(programs: Iterable[Mapping[str, Any]], titles: Mapping[str, str]) -> Outcome:
    """Every occupation of the demo programs has the code and the title of O*NET."""
    named = {
        (str(each["soc"]), str(each["title"]))
        for program in programs
        for each in occupations_in(program)
    }
    found = []
    for code, title in sorted(named):
        if code not in titles:
            found.append(f"{code} '{title}': no such code")
        elif titles[code] != title:
            found.append(f"{code} '{title}': O*NET calls it '{titles[code]}'")
    return Outcome("demo/data/*/programs", f"{len(named)} occupations", tuple(found))


def occupations_in(program: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = program.get("occupations") or program.get("content", {}).get("occupations", [])
    return list(listed)


def check_compiled(data: Path) -> list[Outcome]:
    """The shipped occupations are what the raw files give, and what another join of them says."""
    book = load_occupations()
    number = f"{len(book.occupations)} occupations"
    join = occupations.read_join(data / "occupations_joined.csv")
    return [
        Outcome("occupations compiled anew", number, tuple(occupations.recompiled(data))),
        Outcome("occupations counted", number, occupations.counted(book)),
        Outcome("occupations joined", number, tuple(occupations.differences(book, join))),
    ]


def read_yaml(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def read_onet(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["O*NET-SOC Code"]: row["Title"] for row in rows}


def check_all(data: Path) -> list[Outcome]:
    """Every check of what is shipped against a folder of raw facts."""
    facts = data / "facts"
    state = read_yaml(facts / "georgia.yaml")
    titles = titles_of(state)
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(facts.rglob("*.yaml")))
    georgia = load_framework(PACKAGED / "frameworks/georgia.yaml")
    ours = PACKAGED / "us-ga"
    book = load_rulebook()
    return [
        check_national(
            load_framework(PACKAGED / "frameworks/national-2008.yaml"),
            read_yaml(facts / "clusters_2008.yaml"),
        ),
        *check_frameworks(facts),
        check_state(georgia, state),
        check_numbers(load_numbers(ours / "numbers.yaml"), text=text, titles=titles),
        check_pathways(load_pathways(ours / "pathways.yaml"), georgia, state, titles=titles),
        *(
            check_diploma(version, state, titles=titles)
            for file in book.files
            if file.id == "us-ga/diploma"
            for version in file.versions
        ),
        *(
            check_figures(name, figures, book, read_yaml(facts / f"{name}.yaml"))
            for name, figures in FIGURES.items()
        ),
        check_catalog(load_catalog(DEMO / "us-ga/catalog.csv"), titles=titles),
        check_occupations(
            [read_yaml(file) for file in sorted(DEMO.glob("*/programs/*.yaml"))],
            read_onet(data / "data/onet/Occupation Data.txt"),
        ),
        *check_compiled(data / "data"),
    ]


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not (Path(arguments[0]) / "facts").is_dir():
        print("DATA: no folder with facts. Name it: make check-data DATA=folder.", file=sys.stderr)
        return 2
    outcomes = check_all(Path(arguments[0]))
    for outcome in outcomes:
        print(outcome)
    return 1 if any(outcome.differences for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
