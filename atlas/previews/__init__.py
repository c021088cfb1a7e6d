"""Preview pictures of pages, 1200 × 630 pixels, drawn from what the pages themselves show."""
