"""Run source plugins, normalise what they bring, notice what is new, changed, closed or back.

Public: `Posting` and friends in `model`, `PostingStore`, `Ingest`.
"""
