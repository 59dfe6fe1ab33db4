"""What of the tables of postings and boards is whose: a posting with an owner, its words and its payload are theirs.

Public: `store.HOLDER`.
"""
