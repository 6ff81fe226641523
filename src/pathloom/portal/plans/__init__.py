"""The `plans` app."""
