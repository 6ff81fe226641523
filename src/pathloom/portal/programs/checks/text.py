"""Whether the words of a program say what they have to: title, place, stages, sources."""

from __future__ import annotations

from collections.abc import Iterator

from pathloom.engine.program.content import STAGES, Content
from pathloom.portal.programs.checks.findings import Finding, Weight
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.frameworks import place_of


def check_title(version: ProgramVersion) -> Iterator[Finding]:
    if not version.title.strip():
        yield Finding(
            Weight.STOP, "title", "the program has no title", "Write one.", "about", "about"
        )


def check_place(version: ProgramVersion) -> Iterator[Finding]:
    framework_id, cluster_id, pathway_id = version.place
    framework, cluster, pathway = place_of(version)
    if framework is None:
        what = f"no framework is called '{framework_id}'"
        yield Finding(Weight.STOP, "framework", what, "Choose one of the frameworks.")
    elif cluster is None:
        what = f"{framework.title} has no cluster '{cluster_id}'"
        yield Finding(Weight.STOP, "cluster", what, "Choose one of its clusters.")
    elif pathway is None and pathway_id:
        what = f"{cluster.name} has no pathway '{pathway_id}'"
        yield Finding(Weight.STOP, "pathway", what, "Choose one of its pathways.")


def check_stages(content: Content) -> Iterator[Finding]:
    used = [
        *(("credentials", each.title, each.after, each.key) for each in content.credentials),
        *(("occupations", each.title, each.after, each.key) for each in content.occupations),
        *(("postsecondary", each.title, each.kind, each.key) for each in content.postsecondary),
    ]
    for where, title, stage, key in used:
        if stage not in STAGES:
            what = f"'{title}' stands after '{stage}', which is no stage"
            fix = f"Use one of: {', '.join(STAGES)}."
            yield Finding(Weight.STOP, where, what, fix, where, key)


def check_sources(content: Content) -> Iterator[Finding]:
    if not content.sources:
        what = "no source says where the sequence comes from"
        yield Finding(Weight.STOP, "sources", what, "Name one, with the day it was read.")
    for source in content.sources:
        if source.url and not source.url.startswith(("https://", "http://")):
            what = f"the address of '{source.title}' does not lead to the web"
            yield Finding(
                Weight.STOP, "sources", what, "Start it with https://.", "sources", source.key
            )
        if not source.read_on:
            what = f"'{source.title}' does not say when it was read"
            yield Finding(Weight.WARN, "sources", what, "Add the day.", "sources", source.key)
