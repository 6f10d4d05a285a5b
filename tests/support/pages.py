"""Comparing pages: what is another at every request is taken out first."""

import re

CHANGING = (
    rb'name="csrfmiddlewaretoken" value="[^"]+"',
    rb'data-(idle|left)="[0-9]+"',
    rb'name="submission" value="[^"]+"',
)


def without_what_changes(page: bytes) -> bytes:
    """The page without its tokens and without how long the session still lasts."""
    for changing in CHANGING:
        page = re.sub(changing, b"", page)
    return page
