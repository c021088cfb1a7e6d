"""Atom feeds (RFC 4287) of what changes in the atlas, whole or in part."""
