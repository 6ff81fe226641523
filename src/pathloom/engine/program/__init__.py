"""Programs of study as people write and compare them."""
