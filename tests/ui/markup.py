"""Read a piece of HTML as a list of tags and texts, to compare two pieces whatever their white space."""

from html.parser import HTMLParser

Token = tuple[str, ...] | str
BOOLEAN = frozenset({"checked", "disabled", "hidden", "selected", "multiple", "open"})


class Reader(HTMLParser):
    """Collects tags with their attributes in order of name, and texts with single spaces."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = sorted(f"{name}={'' if name in BOOLEAN else ' '.join((value or '').split())}" for name, value in attrs)
        self.tokens.append((tag, *kept))

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text:
            self.tokens.append(text)


def tokens(html: str) -> list[Token]:
    """The tags and texts of a piece of HTML, in order."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.tokens


def texts(html: str) -> str:
    """What a reader would read, with single spaces."""
    return " ".join(token for token in tokens(html) if isinstance(token, str))


def tags(html: str, name: str) -> list[dict[str, str]]:
    """The attributes of each tag of that name."""
    found = [token for token in tokens(html) if isinstance(token, tuple) and token[0] == name]
    return [dict(part.split("=", 1) for part in token[1:]) for token in found]
