"""Formats of other systems, read: each file becomes items, and each item a line of a bundle or a reason.

A reader never raises for one bad item: it names the item and what is wrong. It raises BadFile
where the file as a whole can't be trusted, so that nothing of it is taken.
"""
