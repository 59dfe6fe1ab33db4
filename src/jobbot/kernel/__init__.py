"""Nouns without opinions: ids, clock, text spans, evidence, facts, errors.

Standard library only. Everything above may import it; it imports nothing of jobbot.
"""
