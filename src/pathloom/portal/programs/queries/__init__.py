"""What is read of programs of study."""
