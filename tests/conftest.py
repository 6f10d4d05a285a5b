"""Fixtures of every test. A test that touches the database says so with the ``django_db`` mark, or ``db``."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from tests.support import database, order

# How long an example takes says how busy the machine is, and nothing about the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order.longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> order.ByFile | None:
    """For ``--dist loadfile``, as tools/test.py asks; in the order of the items and not by how many a file has."""
    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return order.ByFile(config, log)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of this worker's own, made by the owner; Django's connections are the application's."""
    name = f"openmappa_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with django_db_blocker.unblock():
        database.use(name)
        yield
        database.drop(name)


@pytest.fixture
def as_owner(db: None) -> Callable[[], AbstractContextManager["psycopg.Connection[Any]"]]:
    """``with as_owner() as connection:`` gives a second connection, the owner's.

    It does not see what the test has not committed: ask for ``transactional_db`` too when it must.
    """
    return database.owner


@pytest.fixture
def as_application(db: None) -> Callable[[], AbstractContextManager["psycopg.Connection[Any]"]]:
    """``with as_application() as connection:`` gives a second connection, the application's own, nobody stated."""
    return database.application
