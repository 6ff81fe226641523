"""The `programs` app."""
