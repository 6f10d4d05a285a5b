"""File names as they are kept: the last part only, nothing that hides what the file is, and no more than fits."""

import re
import unicodedata

from openmappa.notes.uploads.refusal import Refused

LONGEST = 100
HIDING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that are dropped: controls, and marks such as U+202E, which shows "fdp.exe" as "exe.pdf"."""
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"|?*%;]+')


def cleaned(name: str) -> tuple[str, str]:
    """The name to keep, and its ending in small letters without the dot.

    Folders before it are cut off, whichever way their slashes lean. Only the last ending stays one: the dots before it
    become spaces, so that no second ending hides. Raises Refused when there is no ending.
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFKC", last))
    shown = "".join(char for char in shown if unicodedata.category(char) not in HIDING)
    stem, dot, ending = FORBIDDEN.sub(" ", shown).rpartition(".")
    ending = ending.strip().lower()
    if not dot or not re.fullmatch(r"[a-z0-9]{1,8}", ending):
        raise Refused("The file’s name has no ending such as .pdf, so it cannot be told what it is. Give it one.")
    stem = " ".join(re.sub(r"[./\\]", " ", stem).split()).strip("-~' ") or "file"
    if RESERVED.fullmatch(stem):
        stem = f"file {stem}"
    return f"{stem[: LONGEST - len(ending) - 1].rstrip()}.{ending}", ending
