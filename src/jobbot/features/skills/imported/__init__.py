"""Full taxonomies from the person's own disk: ESCO and O*NET read, checked, kept as one file each, laid over the core.

`files` opens what is given within limits, `layouts` knows the tables, `gather` makes concepts of their rows, `names`
says which names a text is searched for, `keep` holds the compiled file, `merge` lays it over the core.
"""
