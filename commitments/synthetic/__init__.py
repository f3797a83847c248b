"""Commitments that nobody made, in any number, for benchmarks: the same for the same seed."""
