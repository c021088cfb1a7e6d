"""What changed in the record, when, why, and what was said before: for feeds, corrections and comparisons."""
