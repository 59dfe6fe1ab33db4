"""What employers changed in their adverts: noticed when a posting is written, kept for some versions, a diff when
shown.

What only our own reading changed is nobody's change and is not kept. Public: `notice.changed`, `diff.Diff`, `store`.
"""
