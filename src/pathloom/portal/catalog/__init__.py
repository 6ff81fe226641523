"""The `catalog` app."""
