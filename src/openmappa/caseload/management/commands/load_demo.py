"""``openmappa manage load_demo FILE``"""

from typing import BinaryIO

from openmappa.caseload.management.commands import import_caseload
from openmappa.caseload.management.showing import Showing
from openmappa.caseload.services.loading import load_the_demonstration


class Command(import_caseload.Command):
    help = "Load a generated caseload and people to sign in as. Only in a demonstration (OPENMAPPA_DEMO=yes)."

    def take(self, file: BinaryIO) -> list[str]:
        size = file.seek(0, 2)
        with Showing(self.watched_on(), size) as showing:
            done = load_the_demonstration(file=file, report=lambda problem: showing.say(str(problem)), watcher=showing)
        people = len(done.people_added)
        return [f"The demonstration has {done.cases:,} generated cases; {people:,} people came with them just now."]
