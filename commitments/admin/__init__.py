"""The editors' pages: the Django admin, one module a noun, and the editors' own pages inside its site.

Nothing is imported here, because `apps` is read before the models are; `apps.EditorsAdminConfig` loads the nouns.
"""
