"""Who opens what, in short: the roles that the tables of addresses name, and what a row of each says."""

from dataclasses import dataclass

from openmappa.core.access import Role

POLICE, MANAGER, LINE, COORDINATOR = "police_officer", "case_manager", "line_manager", "mappa_coordinator"
VICTIMS, PARTNER, BOARD, INSPECTOR = "victim_contact_officer", "partner_member", "smb_member", "inspector"
ADMINISTRATOR, AUDITOR = "administrator", "auditor"
OPENS_CASES = {POLICE, MANAGER, LINE, COORDINATOR}
FINDS = OPENS_CASES | {VICTIMS}
READS = FINDS | {BOARD, INSPECTOR}
ASKED = FINDS | {PARTNER}
SEES_FIGURES = {LINE, COORDINATOR, BOARD, INSPECTOR, AUDITOR}
LOOKS_AFTER_PEOPLE = {LINE, COORDINATOR, ADMINISTRATOR}
EVERYBODY = {role.value for role in Role}
ANONYMOUS = "anonymous"
SIGN_IN, SESSION_ENDED = 302, 403


@dataclass(frozen=True)
class Row:
    """An address without a case: who may open it, whether the signed-out may, and what sending a form to it gives."""

    opens: set[str]
    signed_out: int = SIGN_IN
    get: int = 200
    post: int = 405
    post_signed_out: int = SESSION_ENDED


@dataclass(frozen=True)
class CaseRow:
    """An address of a case: who may open it, and what an empty form sent there gives those who may (None: no form).

    ``get`` is what opening it gives those who may; ``needs`` names the row of the case that its address holds.
    """

    opens: set[str]
    post: int | None = None
    get: int = 200
    needs: str = ""
