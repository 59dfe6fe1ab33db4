"""Platsbanken as a source of jobbot. `SOURCE` is its entry point."""

from jobbot_platsbanken.read import Platsbanken

SOURCE = Platsbanken()

__all__ = ["SOURCE", "Platsbanken"]
