"""Programs of study as written: content, lines, differences, merges, templates."""
