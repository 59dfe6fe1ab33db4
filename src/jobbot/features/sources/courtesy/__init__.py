"""What a host may be asked: its robots.txt, and how many requests a day are enough.

Public: `before.Courtesy`; `robots.permission` is the decision, `store.HostStore` what is remembered between runs.
"""
