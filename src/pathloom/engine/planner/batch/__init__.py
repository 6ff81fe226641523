"""Plans of all students of a school: checked again, repaired, and counted by course."""

from pathloom.engine.planner.batch.answer import Answer, Outcome, PlannedCourse
from pathloom.engine.planner.batch.run import plan_batch
from pathloom.engine.planner.batch.tables import Summary, Wanted

__all__ = ["Answer", "Outcome", "PlannedCourse", "Summary", "Wanted", "plan_batch"]
