"""`python -m publisher` is the command `publisher`."""

from .cli import main

main(prog_name="publisher")
