"""Which record counts toward which requirement, what is missing, and why."""
