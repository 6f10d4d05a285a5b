"""An agency's own sign-in, for the tests: a real OpenID provider in a process of its own, on this machine alone."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.server import answers, free_port


@dataclass(frozen=True)
class Provider:
    """A provider that answers at ``issuer``, and how its process is ended before its time."""

    issuer: str
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        """End it; doing so again changes nothing."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(10)


@contextlib.contextmanager
def running(people: Mapping[str, Mapping[str, object]]) -> Iterator[Provider]:
    """A provider that knows these people: their claims, by subject."""
    port = free_port()
    program = str(Path(sys.executable).with_name("oidc-provider-mock"))
    command = [program, "--port", str(port), "--host", "127.0.0.1", "--require-nonce", "true"]
    for subject, claims in people.items():
        command += ["--user-claims", json.dumps({"sub": subject, **claims})]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    provider = Provider(f"http://127.0.0.1:{port}", process)
    try:
        assert answers(f"{provider.issuer}/.well-known/openid-configuration", process, 60)  # type: ignore[arg-type]
        yield provider
    finally:
        provider.stop()
