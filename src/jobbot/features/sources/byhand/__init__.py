"""Postings that a person brings by hand from places that no program may read: alert mails and saved pages.

Public: `mail.read_mail`; `cards` finds postings in the lines of a mail, `links` knows the addresses of postings.
Nothing here asks the network, and no address is followed.
"""
