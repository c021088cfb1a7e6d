"""The public site: settings, addresses, and how the record is published."""
