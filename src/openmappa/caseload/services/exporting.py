"""Giving a caseload out in the file format."""

from typing import IO

from django.db import connection, transaction
from django.utils import timezone

from openmappa.accounts.acting import as_job
from openmappa.accounts.models import User
from openmappa.audit.services import log
from openmappa.caseload.errors import NoSuchSource, NothingToExport, SeveralSources
from openmappa.caseload.queries import exported, sources
from openmappa.core.caseload import Header, header_line, record_line


def export_caseload(*, out: IO[bytes], source: str | None = None, by: User | None = None) -> int:
    """Write every case of one source to ``out``, as the record stood when this began. Returns the number of cases.

    ``source`` may be left out where the record has only one. Written down in the log before the first line goes out,
    since whoever reads the file has been told (Data Protection Act 2018, section 62).
    Raises NoSuchSource, SeveralSources, NothingToExport; then nothing was written.
    """
    with as_job("export"):
        chosen = _chosen(source)
        log(by=by, verb="export caseload", about={"source": chosen})
    cases = 0
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with as_job("export"):
            out.write(header_line(Header(source=chosen, made_on=timezone.localdate())))
            for record in exported(chosen):
                out.write(record_line(record))
                cases += 1
    return cases


def _chosen(source: str | None) -> str:
    known = sources()
    if not known:
        raise NothingToExport
    if source is None and len(known) > 1:
        raise SeveralSources(known)
    if source is not None and source not in known:
        raise NoSuchSource(source, known)
    return source or known[0]
