"""Making millions of small objects without the collector of cycles, which finds none in them and looks for ever."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Work without it, and turn it on again however that ends. It takes a quarter of the time of going through cases,
    and more than half of that of putting counts together.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
