"""The tables of companies and postings, and who sees which row."""
