"""The edges people and programs touch: the command line (and, above the same slices, the API and the worker)."""
