"""The same work done the plainest way that works, on the same machine in the same run: what our own way is measured against."""

import random
import time
from collections.abc import Callable, Sequence
from datetime import date
from statistics import median
from typing import Any

from django.db import transaction
from django.db.models import Q

from openmappa.accounts.models import User
from openmappa.caseload.queries import exported
from openmappa.caseload.services.importing import import_caseload  # noqa: F401
from openmappa.cases.models import Alias, Case, Person
from openmappa.cases.queries import found
from openmappa.core.packs.load import load_pack, packs_in_service
from openmappa.core.standards import facts as core
from openmappa.core.standards.duties import duties
from openmappa.timeline.derivation import derive
from openmappa.timeline.models import Fact
from openmappa.timeline.queries import core_facts
from openmappa.worklist.queries.filters import Filters
from openmappa.worklist.queries.lines import worklist
from tests.core.standards.reference import reference_duties
