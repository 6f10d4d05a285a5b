"""Running the checks in a process of their own, which has little memory, little time, no secrets and no database.

Whoever attacks through a file attacks what reads it. What reads it here can do nothing else, and may die of it.
Cost: a third of a second for starting Python, once a file.
"""

import json
import subprocess  # nosec B404 - a fixed command of our own
import sys

from openmappa.notes.uploads.kinds import Checked
from openmappa.notes.uploads.refusal import Refused

SECONDS = 30
GAVE_UP = "This file could not be checked: it is damaged, or made to be hard to read. Save it again, or as a PDF."


def checked_apart(name: str, content: bytes, seconds: float = SECONDS) -> Checked:
    """What ``checking.checked`` gives, worked out by another process. Raises Refused, also when that process died."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "openmappa.notes.uploads"],
            input=json.dumps({"name": name}).encode() + b"\n" + content,
            capture_output=True,
            timeout=seconds,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(GAVE_UP) from None
    head, _, kept = done.stdout.partition(b"\n")
    try:
        said = json.loads(head) if done.returncode == 0 else {}
    except ValueError:
        said = {}
    if "refused" in said:
        raise Refused(said["refused"])
    if "name" not in said or not kept:
        raise Refused(GAVE_UP)
    return Checked(said["name"], said["media_type"], kept)
