"""Canonical text, strict sanitising, the one way out with its ledger, and the verifier of claims."""
