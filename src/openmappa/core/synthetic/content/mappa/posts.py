"""Who comes to generated meetings: the posts of an area's directory, by agency."""

from collections.abc import Mapping
from typing import NamedTuple

POLICE, PROBATION, PRISON, PARTNER = "police", "probation", "prison", "partner"
CASE_MANAGER, OFFICER, COORDINATOR = "case_manager", "officer", "coordinator"


class Post(NamedTuple):
    """A post. `agency` is a short name within the area; `sign_in` ends the user name of whoever holds it, if any."""

    agency: str
    title: str
    holder: str
    core_at_2: bool = False
    core_at_3: bool = False
    kind: str = "case"
    sign_in: str = ""
    rank: str = "none"
    grade: str = ""


POSTS: Mapping[str, Post] = {
    "sergeant": Post(
        POLICE, "Detective sergeant, public protection unit", "Sergeant", True, False, "core", "manager.police",
        "detective_sergeant",
    ),
    "inspector": Post(
        POLICE, "Detective inspector, public protection", "Detective", True, True, "core", "", "detective_inspector"
    ),
    "superintendent": Post(
        POLICE, "Detective superintendent, crime", "Superintendent", False, True, "core", "",
        "detective_superintendent",
    ),
    "senior": Post(
        PROBATION, "Senior probation officer, public protection", "Senior", True, True, "core", "manager.probation",
        "senior_probation_officer",
    ),
    "assistant_chief": Post(
        PROBATION, "Assistant chief officer", "Assistant Chief", False, True, "core", "", "assistant_chief_officer"
    ),
    "child_protection": Post(
        POLICE, "Child protection unit, duty sergeant", "Protection", False, False, "child_protection", "", "sergeant"
    ),
    "victims": Post(
        PROBATION, "Victim contact officer", "Contact", False, False, "victim_contact", "victims", "probation_officer"
    ),
    "social": Post(
        "social-services", "Team manager, children’s services", "Referral", True, True, "core", "social.services",
        "none", "Team manager",
    ),
    "housing": Post(
        "housing", "Housing officer, supported lettings", "Housing", True, True, "core", "housing", "none",
        "Senior housing officer",
    ),
    "health": Post(
        "health", "Forensic community nurse", "Nurse", False, True, "core", "health", "none",
        "Clinical nurse specialist",
    ),
    "hostel": Post(
        PROBATION, "Manager, approved premises", "Keyworker", False, False, "case", "", "none", "Hostel manager"
    ),
    "prison": Post(
        PRISON, "Public protection governor", "Governor", False, False, "case", "prison", "none", "Governor 5"
    ),
    "jobcentre": Post(
        "jobcentre", "Disability employment adviser", "Adviser", False, False, "case", "", "none", "Adviser"
    ),
}  # fmt: skip
"""By short name. The case's own police officer and case manager come besides, and the coordinator is in the chair."""
AGENCIES: Mapping[str, tuple[str, str]] = {
    PRISON: ("Prison", "prison"),
    "social-services": ("Social Services", "partner"),
    "housing": ("Housing", "partner"),
    "health": ("Health Trust", "partner"),
    "jobcentre": ("Jobcentre", "partner"),
}
"""What the other agencies of an area are called, and of which kind they are."""
