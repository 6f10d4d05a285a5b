"""What the offender may not read: what stands between [[ and ]] came from somebody else.

A version for the offender is made from what is left. Marks that do not pair take away more, never less: an opening
mark without its end takes everything after it, an end without its opening everything before it.
"""

OPENING, END = "[[", "]]"
TAKEN_OUT = "(left out: from somebody else)"


def for_the_offender(text: str) -> str:
    """The text without what came from third parties, and a note where something was taken out."""
    kept: list[str] = []
    rest = text
    while rest:
        opening, end = rest.find(OPENING), rest.find(END)
        if opening < 0 and end < 0:
            kept.append(rest)
            break
        if end >= 0 and (opening < 0 or end < opening):
            kept, rest = [TAKEN_OUT], rest[end + len(END) :]
            continue
        close = _close_of(rest, opening)
        kept += [rest[:opening], TAKEN_OUT]
        rest = rest[close:]
    return "".join(kept).strip()


def _close_of(text: str, opening: int) -> int:
    """Where the passage that begins at ``opening`` ends; passages within passages belong to the outer one."""
    depth, place = 0, opening
    while place < len(text):
        if text.startswith(OPENING, place):
            depth, place = depth + 1, place + len(OPENING)
        elif text.startswith(END, place):
            depth, place = depth - 1, place + len(END)
            if depth == 0:
                return place
        else:
            place += 1
    return len(text)
