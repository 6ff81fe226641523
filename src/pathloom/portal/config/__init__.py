"""Settings from the environment, the URL map and the server entry point."""
