"""Closing what a board no longer lists, and what has not been shown anywhere for long."""
