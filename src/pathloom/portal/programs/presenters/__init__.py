"""Programs of study and careers as plain dicts for pages and for the printed page."""
