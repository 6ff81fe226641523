"""Claims to college credit in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from pathloom.engine.audit.phrases import number
from pathloom.engine.catalog import Agreement
from pathloom.engine.planner.college.types import Claim, Loss, Standing
from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.phrases import all_of
from pathloom.engine.units import Credits


def hours_of(amount: Credits) -> str:
    """``1 hour``, ``4.5 hours``; semester hours are meant."""
    return f"{number(amount)} hour{'' if amount == 100 else 's'}"


def terms_of(count: int) -> str:
    return f"{count or 'no'} term{'' if count == 1 else 's'}"


def months_of(count: int) -> str:
    return f"{count or 'no'} month{'' if count == 1 else 's'}"


def what_it_is(claim: Claim) -> str:
    """``MATH 1111 College Algebra: 3 hours at Lakeside College``."""
    return f"{claim.code} {claim.title}: {hours_of(claim.hours)} at {claim.college}"


class Reader:
    """Says one claim in words; ``best`` are the student's best scores by exam."""

    def __init__(
        self, claim: Claim, agreement: Agreement, record: CourseRecord, *, best: dict[str, int]
    ) -> None:
        self.claim = claim
        self.agreement = agreement
        self.record = record
        self.best = best

    def sentence(self, missing: Sequence[str], *, granted: bool) -> str:
        """The reason for the standing, then the deadline and what else is needed."""
        if self.claim.loss is not None:
            return self.lost(self.claim.loss)
        said = [self.banked(missing)]
        if granted:
            said.append("The college has granted it.")
        if self.claim.deadline is not None:
            said.append(f"Claim it by {self.claim.deadline}.")
        if self.claim.needs:
            said.append(f"It still needs: {all_of(self.claim.needs)}.")
        return " ".join(said)

    def banked(self, missing: Sequence[str]) -> str:
        course, what = self.claim.course, what_it_is(self.claim)
        asked = self.asked()
        match self.claim.standing:
            case Standing.OPEN:
                return f"{course} is passed. It counts as {what}, once {self.still(missing)}."
            case Standing.IN_PROGRESS:
                return f"{course} is under way. {asked} it counts as {what}."
            case Standing.PLANNED:
                return f"{course} is planned. {asked} it counts as {what}."
        return f"{course} counts as {what}."

    def asked(self) -> str:
        """``Finished with at least 80,``."""
        mark, exam = self.agreement.minimum_mark, self.agreement.exam
        asked = [f"with at least {mark}"] if mark else []
        if exam and self.best.get(exam.name, -1) < exam.at_least:
            asked.append(f"with at least {number(exam.at_least)} in the exam {exam.name}")
        return f"Finished {all_of(asked)}," if asked else "Once it is finished,"

    def still(self, missing: Sequence[str]) -> str:
        exam = self.agreement.exam
        words = {
            "term": f"the record shows that it was taken {self.years()}",
            "mark": f"the record shows a mark of at least {self.agreement.minimum_mark}",
            "exam": exam and f"the exam {exam.name} has at least {number(exam.at_least)}",
        }
        return all_of([str(words[name]) for name in missing])

    def years(self) -> str:
        first, last = self.agreement.valid_from, self.agreement.valid_to
        return f"from {first} to {last}" if last else f"in {first} or later"

    def lost(self, loss: Loss) -> str:
        """Why the hours are lost; what a limit takes is said where the limit is applied."""
        return f"{self.claim.course} {self.why(loss)}. Lost: {what_it_is(self.claim)}."

    def why(self, loss: Loss) -> str:
        exam = self.agreement.exam
        if loss is Loss.MARK:
            return (
                f"has the mark {self.record.mark}, "
                f"and at least {self.agreement.minimum_mark} is needed"
            )
        if loss is Loss.EXAM and exam is not None:
            best, least = number(self.best[exam.name]), number(exam.at_least)
            return f"has {best} in the exam {exam.name}, and at least {least} is needed"
        if loss is Loss.DEADLINE:
            return f"had to be claimed by {self.claim.deadline}"
        if loss is Loss.NOT_PASSED:
            return "was not passed"
        year = self.claim.term.year if self.claim.term else ""
        return f"belongs to {year}, and the agreement holds {self.years()}"
