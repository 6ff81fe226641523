"""What people send to the pages of programs of study."""
