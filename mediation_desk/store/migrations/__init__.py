"""The steps from an empty file to today's tables. A released step is frozen: it never reads today's classes."""

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
"""Every revision this release knows, oldest first. Kept here so that opening a store need not load Alembic."""

HEAD = REVISIONS[-1]
