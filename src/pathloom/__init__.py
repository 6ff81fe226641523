"""Pathloom: from a child's first career idea to a signed graduation plan."""
