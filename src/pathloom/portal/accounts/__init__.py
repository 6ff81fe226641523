"""Districts, schools, people and their roles; sign-in."""
