"""Candidate generation: postings by their words and by nearness in meaning, merged by rank.

Public: `fuse`, `Nearest` (both used by the matcher), `Search` (words a person types; behind `postings search` and
`/search`).
"""
