"""Which tests share a process where several run: those of a file, and those of some folders."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

# What takes longest, and so begins first. Of a folder all files stay together, for what they share
# takes long to make: a served portal with its browser, a compiled kernel.
LONGEST = (
    "tests/journeys/",
    "tests/engine/audit/batch/",
    "tests/portal/test_every.py",
    "tests/portal/test_matrix.py",
)


def scope(name: str) -> str:
    """What stays in one process with the test of this name: its folder or its file."""
    return next((each for each in LONGEST if name.startswith(each)), name.partition("::")[0])


def turn(name: str) -> int:
    """When a test begins: in the order of what takes longest, and all else after that."""
    place = scope(name)
    return LONGEST.index(place) if place in LONGEST else len(LONGEST)


class Together(LoadScopeScheduling):
    """Whole scopes to each process, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return scope(nodeid)
