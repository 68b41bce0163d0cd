"""Hostile inputs, built anew at each run: the same bytes each time."""
