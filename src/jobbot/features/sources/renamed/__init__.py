"""An employer that changed its name: the board is the same one, its postings too, and it is found by both names.

Public: `evidence.renamed` says when it is so; `store` keeps the former name as an alias.
"""
