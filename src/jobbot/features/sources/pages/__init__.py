"""Pages of postings: newest first, or best first for words."""
