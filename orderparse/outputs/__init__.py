"""Ways to write records: JSON Lines, CSV, a table for people, an explanation."""
