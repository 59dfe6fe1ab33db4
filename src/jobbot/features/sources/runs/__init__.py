"""The journal of fetching: boards, runs, pauses that hosts asked for, quarantine."""
