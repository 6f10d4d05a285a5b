"""A day in an address, such as 2004-05-03."""

from datetime import date


class Day:
    """Reads and writes a day as the year, the month and the day of the month."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The day. Raises ValueError where there is none, so that the address leads nowhere."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """The day as it stands in the address."""
        return str(value)
