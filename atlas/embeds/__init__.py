"""Records, disagreements and maps in other sites' pages, which always say as of when they speak."""
