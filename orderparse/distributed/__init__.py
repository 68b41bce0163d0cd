"""Past one machine: record batches of Apache Arrow in and out, and Spark."""
