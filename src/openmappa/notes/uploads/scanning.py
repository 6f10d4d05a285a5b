"""Asking a virus scanner, where one is set up. When it cannot be asked, the file is refused: nothing goes in unseen."""

import shlex
import subprocess  # nosec B404 - the command is the installation's own setting

from openmappa.notes.uploads.refusal import Refused

SECONDS = 60
FOUND = "The virus scanner refused this file. Do not open it; tell your service desk."
NO_ANSWER = "The virus scanner did not answer, so the file was not taken in. Tell your service desk, and try later."
CLEAN, INFECTED = 0, 1


def scan(content: bytes, command: str) -> None:
    """Give the bytes to ``command`` on its standard input, such as ``clamdscan --no-summary -``; 0 means clean.

    An empty command means that none is set up. Raises Refused for any other answer, and for none.
    """
    if not command:
        return
    try:
        done = subprocess.run(  # noqa: S603 - the installation's own setting, no part of it from a request
            shlex.split(command), input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        raise Refused(NO_ANSWER) from None
    if done.returncode != CLEAN:
        raise Refused(FOUND if done.returncode == INFECTED else NO_ANSWER)
