"""The auditor's side: what changed between two texts, and how several people's changes fit together.

Pure functions over contents: no database, no page.
"""
