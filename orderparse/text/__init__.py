"""Text as the readers see it: spans, folding, tokens, phrases."""
