"""The record over HTTP: OGC API – Features for GIS tools, and JSON of records, claims and points."""
