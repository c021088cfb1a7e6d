"""The record as files: the same query as the page, in formats that readers' tools already understand."""
