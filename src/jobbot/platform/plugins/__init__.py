"""Load plugins by entry point; one that fails is quarantined, named and shown, and nothing else stops."""
