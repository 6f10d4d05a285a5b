"""Where a command writes, and what to do when nobody reads it any more."""

import os
import sys


def abandon_output() -> None:
    """Let nothing be written to standard output any more: whoever read it has gone (``| head``)."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
