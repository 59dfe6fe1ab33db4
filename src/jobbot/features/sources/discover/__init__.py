"""Which vendor and board stand behind a careers page: by evidence on the page, never by guessing a name.

Public: `find.Discovery`; `evidence.evidence_in` is what a page shows.
"""
