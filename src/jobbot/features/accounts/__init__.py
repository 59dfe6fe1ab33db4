"""People, sessions, plans. Embedded there is one implicit local user, `kernel.ids.LOCAL_USER`.

Public: `model.User`, `store.UserStore`.
"""
