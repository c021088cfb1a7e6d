"""Who answers for the atlas, how it works, and what it keeps of its readers."""
