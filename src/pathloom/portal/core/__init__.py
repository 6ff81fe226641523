"""What every app stands on: events, access, errors, components, base templates."""
