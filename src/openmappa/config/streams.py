"""What flows through a backup: pieces that are hashed, counted and encrypted as they pass, never held whole."""

import hashlib
import re
import threading
from collections.abc import Sequence
from contextlib import suppress
from io import BufferedIOBase
from pathlib import Path
from types import TracebackType
from typing import IO, Final

import pyrage
from typing_extensions import Buffer

from openmappa.config.environment import SettingsError

PIECE: Final = 1 << 20
COPY: Final = re.compile(rb'COPY ("(?:[^"]|"")+"|[^ .]+)\.("(?:[^"]|"")+"|[^ ]+) .*FROM stdin;\n')
END_OF_COPY: Final = b"\\.\n"


class Hashed(BufferedIOBase):
    """A file or pipe that is written, and the SHA-256 and length of what was. Whoever stops reading is left alone."""

    def __init__(self, target: IO[bytes]) -> None:
        """Where the bytes go."""
        self._target: IO[bytes] | None = target
        self._digest, self.written = hashlib.sha256(), 0

    @property
    def sha256(self) -> str:
        """The checksum of what was written so far."""
        return self._digest.hexdigest()

    def write(self, piece: Buffer, /) -> int:
        """Take a piece."""
        content = bytes(piece)
        self._digest.update(content)
        self.written += len(content)
        if self._target is not None:
            try:
                self._target.write(content)
            except BrokenPipeError:  # the program has read enough, or its exit code says what was wrong
                self._target = None
        return len(content)

    def flush(self) -> None:
        """Hand on what is waiting."""
        if self._target is not None:
            with suppress(BrokenPipeError):
                self._target.flush()

    def close(self) -> None:
        """Tell whoever reads that this was all."""
        if self._target is not None:
            with suppress(BrokenPipeError):
                self._target.close()
            self._target = None
        super().close()


class Split(BufferedIOBase):
    """What is read is hashed, and goes to a second reader as well, where there is one."""

    def __init__(self, source: IO[bytes], second: IO[bytes] | None = None) -> None:
        """What to read, and the pipe to the second reader."""
        self._source, self._second, self._digest = source, second, hashlib.sha256()

    def close(self) -> None:
        """Tell the second reader that this was all."""
        if self._second is not None:
            with suppress(BrokenPipeError):
                self._second.close()
        super().close()

    @property
    def sha256(self) -> str:
        """The checksum of what was read so far."""
        return self._digest.hexdigest()

    def read(self, size: int | None = -1, /) -> bytes:
        """The next piece."""
        piece = self._source.read(-1 if size is None else size)
        self._digest.update(piece)
        if self._second is not None:
            with suppress(BrokenPipeError):  # its exit code says why it went away
                self._second.write(piece)
        return piece


class RowsCounted:
    """Counts the rows of each table in the SQL that ``pg_restore --data-only`` writes: one line each, by a thread."""

    def __init__(self, source: IO[bytes]) -> None:
        """The pipe to read, until its end."""
        self.rows: dict[str, int] = {}
        self._source = source
        self._thread = threading.Thread(target=self._count)

    def __enter__(self) -> "RowsCounted":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, found: BaseException | None, at: TracebackType | None) -> None:
        self._thread.join()

    def _count(self) -> None:
        table, count = "", 0
        for line in self._source:
            if table:
                if line == END_OF_COPY:
                    self.rows[table], table = count, ""
                else:
                    count += 1
            elif begun := COPY.match(line):
                table, count = ".".join(_name(part) for part in begun.groups()), 0


def copy(source: BufferedIOBase, target: BufferedIOBase, recipients: "Sequence[pyrage.x25519.Recipient]") -> None:
    """Copy from one to the other, encrypted where there are recipients."""
    if recipients:
        pyrage.encrypt_io(source, target, list(recipients))
        return
    while piece := source.read(PIECE):
        target.write(piece)


def decrypted(source: BufferedIOBase, target: BufferedIOBase, identities: "Sequence[pyrage.x25519.Identity]") -> None:
    """Copy from one to the other, decrypted where there are identities. Raises ``SettingsError`` for a wrong key."""
    if not identities:
        while piece := source.read(PIECE):
            target.write(piece)
        return
    try:
        pyrage.decrypt_io(source, target, list(identities))
    except pyrage.DecryptError:
        raise SettingsError(
            "The backup cannot be decrypted with this key, or its file is damaged. Use the key whose public half it "
            "was made for (OPENMAPPA_BACKUP_RECIPIENTS at the time)."
        ) from None


def recipients_from(words: Sequence[str]) -> "list[pyrage.x25519.Recipient]":
    """age's public keys, ``age1…``. Raises ``SettingsError`` for one that is none."""
    try:
        return [pyrage.x25519.Recipient.from_str(word) for word in words]
    except pyrage.RecipientError:
        raise SettingsError(
            "OPENMAPPA_BACKUP_RECIPIENTS holds a word that is no public key of age. Each begins with age1; "
            "age-keygen prints one for each key that it makes."
        ) from None


def identities_from(file: Path) -> "list[pyrage.x25519.Identity]":
    """age's secret keys in a file as age-keygen writes it. Raises ``SettingsError`` when it holds none."""
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        raise SettingsError(f"{file} cannot be read as a file of age's secret keys, as age-keygen writes it.") from None
    if not found:
        raise SettingsError(f"{file} holds no secret key of age. Each begins with AGE-SECRET-KEY-1.")
    return found


def _name(part: bytes) -> str:
    """A name as SQL writes it, without its quotation marks."""
    return part.decode().removeprefix('"').removesuffix('"').replace('""', '"')
