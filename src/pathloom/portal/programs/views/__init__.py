"""The pages of programs of study."""
