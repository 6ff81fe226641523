"""The `core` app."""
