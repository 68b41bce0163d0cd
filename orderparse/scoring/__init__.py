"""Scoring: evidence becomes calibrated probability."""
