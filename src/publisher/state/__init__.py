"""The state database: what must be forgettable, and what is nobody's history.

Names and secrets of accounts and the sessions that they opened live here, never in the log, so
deleting a row forgets it. It can't be rebuilt from anything else: back it up with the log. Each
module owns its statements, `tables` the tables, `database` the file; times come from the machine's clock.
"""
