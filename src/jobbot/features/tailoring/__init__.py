"""Documents that prove every line: select facts, verify lines, fit one page, render."""
