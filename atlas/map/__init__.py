"""The map: its read model in memory, and how it is asked."""
