"""Run source plugins, normalise what they bring, notice what is new, changed, copied, closed, aged out or back.

Public: `Posting` and friends in `model`, `PostingStore`, `Ingest`.
"""
