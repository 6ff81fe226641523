"""Pure values in, values out: no clock, database, network or randomness."""
