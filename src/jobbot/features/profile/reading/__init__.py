"""From the bytes of a CV to lines in reading order: PDF and DOCX in a limited process, plain formats here."""
