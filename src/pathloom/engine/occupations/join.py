"""Which line of the publisher's tables an occupation belongs to."""

from __future__ import annotations

from collections.abc import Container

from pathloom.engine.occupations.types import Match

# BLS publishes these occupations together, under codes of its own that no classification has.
MERGED = {
    "21-1011": "21-1018",
    "21-1014": "21-1018",
    "25-2055": "25-2052",
    "25-2056": "25-2052",
    "25-9042": "25-9045",
    "25-9043": "25-9045",
    "25-9049": "25-9045",
    "51-2022": "51-2028",
    "51-2023": "51-2028",
    "53-1042": "53-1047",
    "53-1043": "53-1047",
    "53-1044": "53-1047",
    "53-1049": "53-1047",
}


def line_of(soc: str, known: Container[str]) -> tuple[str, Match] | None:
    """Find the published line for a SOC code such as ``17-2051``, and how well it fits.

    The code itself; else the code the publisher merged it into; else the broad occupation above
    it (``13-1020`` for ``13-1021``). None: nothing is published, as for military occupations.
    """
    if soc in known:
        return soc, "exact"
    merged = MERGED.get(soc, "")
    if merged in known:
        return merged, "merged"
    broad = f"{soc[:6]}0"
    return (broad, "broader") if broad in known else None
