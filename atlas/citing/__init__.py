"""Citing what the atlas shows: the original source first, the atlas as "via" with its as-of address."""
