"""Receiving files in memory only, up to the largest that is taken in. The rest of a larger one is read past."""

from typing import IO, Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.utils.datastructures import MultiValueDict

FORM = 2**20
"""What the rest of a form may need besides its file."""


class InMemory(MemoryFileUploadHandler):
    """Django's own handler, which never hands over to the one that writes to disk.

    ``request.file_too_large`` says afterwards that a file was sent and not kept.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],
        content_length: int,
        boundary: str | bytes,
        encoding: str | None = None,
    ) -> tuple[Any, MultiValueDict[str, Any]] | None:
        """See how much is coming before any of it is read."""
        self.activated = True
        self.too_large = content_length > settings.OPENMAPPA_UPLOAD_MEGABYTES * 2**20 + FORM
        return None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Read past a file that is too large."""
        if self.too_large:
            self.request.file_too_large = True  # type: ignore[union-attr]
            raise SkipFile
        super().new_file(*args, **kwargs)
