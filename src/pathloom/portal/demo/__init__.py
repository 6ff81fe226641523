"""The `demo` app."""
