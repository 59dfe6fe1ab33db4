"""Documents that were made together, as the API shows them again: the whole answer and a sealed copy of each file.

Public: `store.MadeStore`.
"""
