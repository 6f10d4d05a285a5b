"""How the log is written, so that it holds no names: what a database says of a row it refused is left out."""

import logging
from types import TracebackType
from typing import Final

import psycopg
from django.db import Error as DjangoDatabaseError

Problem = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
LEFT_OUT: Final = "what the database said is left out, since it may hold what stands in a record"


class Line(logging.Formatter):
    """One line an entry, then the traceback where there is one, without values of rows and statements.

    PostgreSQL tells what the row held (``DETAIL: Failing row contains …``) and part of the statement. Its error's code
    and the names of table and constraint stay, which is what mends the fault.
    """

    def formatException(self, ei: Problem) -> str:
        """The traceback, in which each error of the database keeps its code alone."""
        text = super().formatException(ei)
        seen: set[int] = set()
        waiting = [ei[1]]
        while waiting:
            problem = waiting.pop()
            if problem is None or id(problem) in seen:
                continue
            seen.add(id(problem))
            waiting += [problem.__cause__, problem.__context__]
            if isinstance(problem, psycopg.Error | DjangoDatabaseError) and str(problem):
                text = text.replace(str(problem), _what_mends_it(problem))
        return text


def _what_mends_it(problem: BaseException) -> str:
    source = problem if isinstance(problem, psycopg.Error) else problem.__cause__
    if not isinstance(source, psycopg.Error):
        return f"({LEFT_OUT})"
    told = {"code": source.sqlstate, "table": source.diag.table_name, "constraint": source.diag.constraint_name}
    return ", ".join(f"{name} {value}" for name, value in told.items() if value) + f" ({LEFT_OUT})"
