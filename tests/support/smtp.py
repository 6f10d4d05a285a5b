"""A mail server for the tests: speaks SMTP on this machine, keeps what it is given, and refuses whom it is told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """What arrived, as it came over the wire; ``refuses`` holds the addresses that the server does not know."""

    port: int = 0
    raw: list[str] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)

    @property
    def messages(self) -> list[EmailMessage]:
        """What arrived, decoded."""
        parsed = [message_from_string(each, policy=policy.default) for each in self.raw]
        return [each for each in parsed if isinstance(each, EmailMessage)]

    @property
    def words(self) -> str:
        """Every word that arrived, headers and all, encoded and decoded."""
        return "\n".join([*self.raw, *(each.get_content() for each in self.messages)])


class _Talk(socketserver.StreamRequestHandler):
    mailbox: Mailbox

    def handle(self) -> None:
        self._say("220 here")
        to = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()
            if verb.startswith("RCPT"):
                to = line.partition("<")[2].partition(">")[0]
                self._say("550 nobody of that name" if to in self.mailbox.refuses else "250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                self.mailbox.raw.append(self._data())
                self.mailbox.to.append(to)
                self._say("250 kept")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _data(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line.removeprefix(".") if line.startswith("..") else line)
        return "".join(lines).replace("\r\n", "\n")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def smtp_server() -> Iterator[Mailbox]:
    """A server on a free port of this machine, until the block ends."""
    mailbox = Mailbox()
    handler = type("Talk", (_Talk,), {"mailbox": mailbox})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
