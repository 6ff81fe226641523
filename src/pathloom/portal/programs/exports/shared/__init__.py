"""Programs of study as text and data, from the same source as the printed forms."""
