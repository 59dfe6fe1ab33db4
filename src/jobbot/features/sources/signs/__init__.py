"""What was seen of an advert's life and may make one ask: reposts, moved dates, an employer who shows it no longer.

Each is said only where two things were seen, as what was seen, never as what somebody meant. Public: `model.Sign`,
`notice.signs_of`.
"""
