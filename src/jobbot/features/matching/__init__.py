"""How well a posting fits, as a sum one can audit: signals, ledger, filters, evidence, counterfactuals."""
