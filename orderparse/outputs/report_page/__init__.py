"""The parts of the HTML report: its elements, what is told of each order, its plots, its style sheet and script."""
