"""The `accounts` app."""
