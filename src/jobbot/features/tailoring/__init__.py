"""Documents that prove every line: select facts, verify lines, fit one page, render.

Public: `Tailor` in `tailor`, `Tailored` in `model`, `DocumentStore` in `store`. `themes/` holds one Typst template, its
looks as data, and the vendored fonts; nothing in it is executed beyond the template.
"""
