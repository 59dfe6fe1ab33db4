"""The candidate's facts and where each came from; importers and exporters.

`resume.load` checks a JSON Resume line by line, `importer.read_file` reads any other CV and says from where;
`facts.facts_of` makes the atoms that every document cites; `store.ProfileStore` keeps versions that never change.
"""
