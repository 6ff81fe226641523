"""The `records` app."""
