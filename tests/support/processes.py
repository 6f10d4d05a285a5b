"""Which processes are alive, read from /proc: for tests that nothing is left behind."""

from pathlib import Path


def living_with(word: str) -> dict[int, str]:
    """The command line of every process whose command line or environment holds ``word``.

    One that has ended and was not yet collected by its parent has neither, and so is not counted.
    """
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            command = (folder / "cmdline").read_bytes()
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        if word.encode() in command + environment:
            found[int(folder.name)] = command.replace(b"\0", b" ").decode(errors="replace").strip()
    return found
