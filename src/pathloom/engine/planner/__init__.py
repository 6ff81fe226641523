"""A valid plan of courses by term, or the reasons why there is none."""
