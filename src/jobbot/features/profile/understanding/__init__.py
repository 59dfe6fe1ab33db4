"""From lines of a CV to the fields of a JSON Resume: by rules that can be read, each field with its source and "
"how sure."""
