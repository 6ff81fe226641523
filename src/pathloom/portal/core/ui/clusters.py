"""Career clusters: a fixed hue and a simple glyph of our own for each."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from pathloom.portal.core.ui.registry import Values, component, need, take

# Drawn on a grid of 32 with one stroke; keys are the cluster ids of the frameworks.
GLYPHS = {
    "agriculture": "M16 28V14M16 18C16 12 11 9 5 9c0 6 4 9 11 9M16 14c0-5 4-9 11-9 0 6-4 9-11 9",
    "architecture": "M4 15 16 5l12 10M8 12v15h16V12M13 27v-8h6v8",
    "arts": "M16 4a12 12 0 1 0 0 24M16 4v24M21 9l7 7-7 7",
    "business": "M5 27h22M8 27V17h4v10M15 27V11h4v16M22 27V5h4v22",
    "education": "M16 9C13 6 9 6 4 6v18c5 0 9 0 12 3 3-3 7-3 12-3V6c-5 0-9 0-12 3v18",
    "energy": "M18 3 7 18h8l-1 11 11-15h-8z",
    "finance": (
        "M5 9c0 6 22 6 22 0S5 3 5 9v7c0 6 22 6 22 0V9M5 16v7c0 6 22 6 22 0v-7"
    ),
    "government": "M4 12 16 4l12 8zM7 12v12M13 12v12M19 12v12M25 12v12M4 28h24M5 24h22",
    "health-science": "M12 5h8v7h7v8h-7v7h-8v-7H5v-8h7z",
    "hospitality": "M4 24h24M6 24a10 10 0 0 1 20 0M16 14v-4M13 10h6M4 28h24",
    "human-services": (
        "M11 14a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 26c0-5 3-8 7-8s7 3 7 8M21 16a3 3 0 1 0 0-6"
        "M21 19c4 0 7 2 7 7"
    ),
    "information-technology": "M11 9 4 16l7 7M21 9l7 7-7 7M18 5l-4 22",
    "law": "M16 4l10 4v8c0 6-4 10-10 12C10 26 6 22 6 16V8zM11 16l4 4 6-8",
    "manufacturing": (
        "M16 21a5 5 0 1 0 0-10 5 5 0 0 0 0 10M16 4v5M16 23v5M4 16h5M23 16h5"
        "M8 8l3 3M21 21l3 3M24 8l-3 3M11 21l-3 3"
    ),
    "marketing": "M5 13v6h5l11 6V7l-11 6zM25 12a6 6 0 0 1 0 8M10 19l2 8h4l-2-6",
    "stem": (
        "M16 18a2 2 0 1 0 0-4 2 2 0 0 0 0 4M16 10c18 0 18 12 0 12S-2 10 16 10"
        "M11 13c9-16 19-10 10 6S2 29 11 13"
    ),
    "transportation": "M3 8h15v14H3zM18 13h6l5 5v4H18M9 25a3 3 0 1 0 0-6M23 25a3 3 0 1 0 0-6",
}  # fmt: skip
# Clusters of the national framework of 2024 wear the sign and the hue of the one before them.
LIKE = {
    "advanced-manufacturing": "manufacturing",
    "construction": "architecture",
    "supply-chain-transportation": "transportation",
    "arts-entertainment-design": "arts",
    "hospitality-events-tourism": "hospitality",
    "financial-services": "finance",
    "healthcare-human-services": "health-science",
    "public-service-safety": "law",
    "energy-natural-resources": "energy",
    "digital-technology": "information-technology",
    "management-entrepreneurship": "business",
    "marketing-sales": "marketing",
}
GLYPHS |= {cluster: GLYPHS[before] for cluster, before in LIKE.items()}
PLAIN = "M6 10h20M6 16h20M6 22h20M11 6v20M21 6v20"


def like(cluster: str) -> str:
    """The cluster whose sign and hue this one wears: itself, or the one before it."""
    return LIKE.get(cluster, cluster)


def glyph(cluster: str) -> SafeString:
    """The glyph of a cluster, or the plain weave for one without."""
    return mark_safe(
        '<svg class="glyph" viewBox="0 0 32 32" width="32" height="32" fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        f'aria-hidden="true" focusable="false"><path d="{GLYPHS.get(cluster, PLAIN)}"/></svg>'
    )


def _with_glyph(values: Values) -> Values:
    known = values["cluster"] in GLYPHS
    return {
        **values,
        "glyph": glyph(values["cluster"]),
        "hue": values["cluster"] if known else "plain",
    }


component(
    "glyph",
    "The sign of a cluster, beside its name.",
    need("cluster", "The cluster's id in its framework."),
    prepare=_with_glyph,
    states={name: {"cluster": name} for name in (*GLYPHS, "a cluster without a sign")},
)
component(
    "cluster_tile",
    "A cluster as a tile of the grid.",
    need("cluster", "The cluster's id in its framework."),
    need("name", "Its name, with the framework's spelling."),
    need("url", "Its page."),
    take("note", "", "A few words, as “3 programs here”."),
    prepare=_with_glyph,
    states={
        "with programs": {
            "cluster": "health-science",
            "name": "Health Science",
            "url": "#cluster_tile",
            "note": "3 programs at this school",
        },
        "without programs": {
            "cluster": "energy",
            "name": "Energy",
            "url": "#cluster_tile",
        },
    },
)
