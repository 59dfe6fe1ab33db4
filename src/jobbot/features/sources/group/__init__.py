"""Which postings are copies of one advert, and what shows it: the same words, nearly the same words, the same address.

Prints are taken when a posting is written; copies are looked for by their indexes and compared within small blocks.
Public: `prints.prints_of`, `alike.compare`, `join.grouped`, `store`.
"""
