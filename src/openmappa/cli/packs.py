"""A pack as the command line names it: one that comes with the software, or a path."""

from pathlib import Path

from openmappa.core.errors import PackError
from openmappa.core.packs.load import load_pack, load_pack_path, shipped_packs
from openmappa.core.packs.model import Pack


def pack_named(text: str) -> Pack:
    """The pack of that name, or the one at that path. Raises PackError."""
    if text in shipped_packs():
        return load_pack(text)
    if Path(text).exists():
        return load_pack_path(Path(text))
    raise PackError(
        f"There is no pack called {text!r}, and no file or folder of that name. There is: {', '.join(shipped_packs())}."
    )
