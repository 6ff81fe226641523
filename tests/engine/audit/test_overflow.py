"""The unused part of a record overflows only when its own slot is full."""

from datetime import date

from pathloom.engine.audit import audit
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.units import SchoolYear

AS_OF = date(2026, 9, 15)
ENTERED = SchoolYear(2024)


def test_a_record_fills_its_own_slot_before_it_overflows() -> None:
    """The laboratory course could leave room for a later one that counts twice; it must not."""
    record = StudentRecord(
        "mira",
        ENTERED,
        (
            CourseRecord("english-1", 100, State.EARNED, subject="english"),
            CourseRecord("science-1", 100, State.EARNED, subject="science"),
            CourseRecord("drawing", 100, State.IN_PROGRESS, subject="arts"),
            CourseRecord(
                "literature", 100, State.PLANNED, subject="english", tags=frozenset({"literature"})
            ),
            CourseRecord(
                "laboratory", 100, State.PLANNED, subject="science", tags=frozenset({"laboratory"})
            ),
        ),
    )
    ruleset = choose(load_rulebook(), "us-demo/diploma", entered_grade_9=ENTERED, as_of=AS_OF)
    result = audit(record, ruleset, catalog=None, as_of=AS_OF)
    laboratory = next(one for one in result.walk() if one.id == "laboratory")
    assert laboratory.planned == 100
    assert not any(counted.overflow for one in result.walk() for counted in one.counted)
