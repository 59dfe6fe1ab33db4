"""A round reads every connected board: many hosts at once, one board after the other on each.

Public: `read.Rounds` does it, `store.RoundStore` remembers what each board gave, so that one that was stopped goes on;
`lanes` and `left` are the plan and the time it takes, `http` and `cli` show them as runs.
"""
