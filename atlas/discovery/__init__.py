"""Being found: what search engines and catalogues read of the atlas."""
