"""The text that a person sees: lines, cells, links, regions."""
