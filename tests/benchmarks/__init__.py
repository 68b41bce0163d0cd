"""Benchmarks: ``python -m tests.benchmarks`` in a checkout."""
