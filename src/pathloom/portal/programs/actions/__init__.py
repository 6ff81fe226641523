"""What people do with programs of study."""
