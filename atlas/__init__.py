"""The public site: settings, addresses, and how the record is published."""

__version__ = "0.1.0"
