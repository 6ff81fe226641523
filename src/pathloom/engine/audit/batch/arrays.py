"""The arrays of the compiled audit: rows, courses, awards, requirements, answers."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pathloom.engine.audit.kernel import UNSETTLED

ALONE = UNSETTLED  # to be audited one by one
LEVELS = 3
MOST = 512  # records of one student, awarded ones included

Long = NDArray[np.int64]
Grid = NDArray[np.int64]  # two dimensions


class Table(NamedTuple):
    """Rows of a partition. ``level`` is -1 where a row cannot count; ``term`` is ordered.

    Student ``s`` has the rows ``starts[s]`` to ``starts[s + 1]``; ``own_ids`` is 1 where records
    have ids of their own, so that the order of rows says nothing.
    """

    starts: Long
    level: Long
    credits: Long
    term: Long
    fact: Long
    own_ids: int


class Facts(NamedTuple):
    """Distinct courses under a rule set (``courses`` of them), and then one per award.

    ``wide`` is the number of slots a course fits, ``reach`` orders them by slots and substitutes,
    ``rank`` by number, course and title, ``content`` by subject after that. ``earns`` says which
    awards a course earns, ``same`` to which awarded courses it is the same, ``capped`` under which
    caps on the total it falls, all as bit masks. ``course`` is the same number for the same
    course, -1 where nothing says which it is.
    """

    courses: int
    mask: Long
    ways: Long
    amongs: Long
    caps: Long
    course: Long
    wide: Long
    reach: Long
    rank: Long
    content: Long
    earns: Long
    same: Long
    capped: Long


class Awards(NamedTuple):
    """Awards in file order; ``counts`` is 1 where the awarded credit adds to the total.

    ``completes`` is 1 where a completion earns it: ``have_credits`` and ``have_courses`` of the
    courses that match, instead of one with ``at_least`` so much credit.
    """

    at_least: Long
    credits: Long
    counts: Long
    completes: Long
    have_credits: Long
    have_courses: Long


class Tree(NamedTuple):
    """Requirements in file order, parts after what they are parts of; ``up`` is -1 at the top.

    ``last`` is the last of the requirements inside one. ``room`` is that of each slot; ``of_slot``
    and ``of_way`` say to which requirement a slot, or a substitute, belongs.
    """

    up: Long
    last: Long
    earn: Long
    room: Long
    of_slot: Long
    of_way: Long
    total: int
    cap_most: Long


class Settlements(NamedTuple):
    """The answers: by student, by student and requirement (the total last), and the certificates.

    ``amounts[s, r]`` are hundredths earned, in progress and planned, ``grades`` places in the list
    of statuses. An entry of a certificate has a student, a requirement, the row whose credit it is,
    the award that was earned with it or -1, an amount, a level, a kind and a substitute or -1.
    """

    tier: Long
    status: Long
    amounts: Any
    grades: Grid
    entries: Grid


# The rows of ``work``: of each record, of each place in the canonical order, and scratch.
CREDITS, LEVEL, TERM, FACT, ROW, AWARD = 0, 1, 2, 3, 4, 5
ORDER, KEY, THEN, TAKEN, TIE, HOME, NEXT = 6, 7, 8, 9, 10, 11, 12
MOST_CREDITS = 2**24 - 1
NOBODY, TIED = -1, -2
