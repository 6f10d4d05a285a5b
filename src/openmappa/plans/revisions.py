"""Two people at one draft: what a part said when its page was opened, as a short mark that travels with the form."""

import hashlib
import json
from collections.abc import Mapping

from openmappa.plans.errors import SavedMeanwhile


def mark_of(values: Mapping[str, object]) -> str:
    """The mark of these values; the same for the same values, whoever saved them."""
    said = json.dumps({name: shown(value) for name, value in values.items()}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def refuse_if_saved(values: Mapping[str, object], seen: str | None) -> None:
    """Raise SavedMeanwhile when the values are no longer those that were seen; None accepts them as they are."""
    now = mark_of(values)
    if seen is not None and seen != now:
        raise SavedMeanwhile(now, {name: shown(value) for name, value in values.items()})


def shown(value: object) -> str:
    """A value as a person reads it beside their own."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
