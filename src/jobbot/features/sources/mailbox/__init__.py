"""Job alerts out of the owner's own mailbox: looked at read-only, the postings kept, everything else forgotten.

Public: `read.MailboxReader`. Which mails are alerts is said in `senders`; how far it came is kept in `store`.
"""
