"""The read models: what the log's events mean at any instant, in tables that can be thrown away.

`projector` turns events into rows, `library` answers named questions at an instant with frozen
rows, `tables` has the shapes. Nothing in here reads a clock, a setting or the network.
"""
