"""How well a posting fits, as a sum one can audit: signals, ledger, filters, evidence, counterfactuals.

Public: `match.Matcher`, the nouns of `model` (`Wishes`, `Match`, `Reranker`, ...), the weights in `weights`.
The formula with its figures stands in `docs/reference/score.md`.
"""
