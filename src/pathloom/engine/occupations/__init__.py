"""Occupations with their figures, and the labels that thresholds give them."""
