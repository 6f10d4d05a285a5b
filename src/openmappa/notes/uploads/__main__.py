"""The process that reads one file: its name in a line of JSON and its bytes come in, the verdict goes out."""

import json
import resource
import sys

from openmappa.notes.uploads.checking import checked
from openmappa.notes.uploads.refusal import Refused

MEMORY = 1024 * 2**20
SECONDS = 20


def limit() -> None:
    """Take from this process what reading a file does not need: memory, time, files to write, other processes."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Check what stands on the standard input, once."""
    limit()
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    try:
        found = checked(str(json.loads(head)["name"]), content)
    except Refused as why:
        sys.stdout.buffer.write(json.dumps({"refused": str(why)}).encode())
        return
    said = {"name": found.name, "media_type": found.media_type}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + found.content)


if __name__ == "__main__":
    main()
