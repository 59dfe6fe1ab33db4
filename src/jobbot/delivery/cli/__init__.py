"""The command line: a table of commands, loaded when called; one place prints answers and failures."""
