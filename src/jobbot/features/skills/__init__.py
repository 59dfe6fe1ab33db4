"""Taxonomy, aliases, and what a text asks for: skills and requirements with their spans."""
