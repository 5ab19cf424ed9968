"""Measurements of what the house promises, run by ``python -m benchmarks``; the results stand in docs/reference."""
