"""Every field of every model of ours has a class, and the classes decide what people read."""

from django.apps import apps
from django.db import models

from openmappa.accounts.models import User
from openmappa.cases.models import Person
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.compartments import READS, FieldClass
from openmappa.core.involvement import GIVEN_TO, WORKING
from openmappa.timeline.models import Standing

ELSEWHERE = {"contenttypes", "auth", "sessions", "account", "mfa", "usersessions", "socialaccount"}
"""Apps that come with the libraries: nothing of a case is in their tables (tests/house/test_catalogue.py)."""


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label not in ELSEWHERE]


def test_every_field_of_ours_has_a_class_and_no_class_is_without_a_field() -> None:
    unclassified, unknown = [], []
    for model in our_models():
        classified = getattr(model, "classified", {})
        fields = {field.name for field in model._meta.concrete_fields}
        unclassified += [f"{model.__name__}.{name}" for name in sorted(fields - set(classified))]
        unknown += [f"{model.__name__}.{name}" for name in sorted(set(classified) - fields)]
        assert all(isinstance(each, FieldClass) for each in classified.values()), model
    assert (unclassified, unknown) == ([], [])
    assert len(our_models()) > 20


def test_names_are_personal_numbers_sensitive_and_the_level_open() -> None:
    assert Person.classified["family_name"] is FieldClass.PERSONAL
    assert Person.classified["pnc_id"] is FieldClass.SENSITIVE
    assert Standing.classified["mappa_level"] is FieldClass.OPEN
    assert Standing.classified["harm_level"] is FieldClass.SENSITIVE


def test_a_partner_reads_a_name_and_a_level_and_no_number_and_no_risk() -> None:
    partner = User(role=Role.PARTNER_MEMBER)
    read = [partner.reads(Person, "family_name"), partner.reads(Standing, "mappa_level")]
    not_read = [partner.reads(Person, "pnc_id"), partner.reads(Standing, "harm_level")]
    assert (read, not_read) == ([True, True], [False, False])
    assert not User(role=Role.LINE_MANAGER, is_active=False).reads(Person, "family_name")


def test_who_reads_the_record_reads_what_is_sensitive_in_it() -> None:
    assert READS[FieldClass.SENSITIVE] == PERMISSIONS[Permission.READ_RECORD]
    given = {role for roles in GIVEN_TO.values() for role in roles}
    assert READS[FieldClass.PERSONAL] == PERMISSIONS[Permission.VIEW_CASE] == WORKING | given
