"""The same request twice changes things once: keys kept in the transaction of the change.

Public: `run.Once`, `store.KeyStore`.
"""
