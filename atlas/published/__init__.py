"""The published record as of a tick, held in memory: what lists, map, search and labels are read from."""
