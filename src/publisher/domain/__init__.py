"""The newsroom's rules: four aggregates, their events, and what an instant is.

A public method guards; the event it triggers only assigns, so that history stays loadable
when a rule is tightened later. Nothing in here knows a database, a clock or a page.
"""
