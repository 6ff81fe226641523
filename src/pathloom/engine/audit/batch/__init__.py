"""The audit of a whole population: Parquet in, Parquet out, the same answers as one by one.

The only part of the engine that reads tables and compiles (extra ``batch``).
"""
