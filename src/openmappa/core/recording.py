"""Which permission recording a fact of each kind needs."""

from collections.abc import Mapping

from openmappa.core.access import Permission

TO_RECORD: Mapping[str, Permission] = {
    "order_started": Permission.RECORD_ORDER,
    "order_ended": Permission.RECORD_ORDER,
    "custody_started": Permission.RECORD_CUSTODY,
    "custody_ended": Permission.RECORD_CUSTODY,
    "registered": Permission.RECORD_REGISTRATION,
    "registration_ended": Permission.RECORD_REGISTRATION,
    "initial_notification_made": Permission.RECORD_REGISTRATION,
    "annual_notification_made": Permission.RECORD_REGISTRATION,
    "details_changed": Permission.RECORD_REGISTRATION,
    "details_notified": Permission.RECORD_REGISTRATION,
    "rm2000_completed": Permission.SCORE_RM2000,
    "rm2000_countersigned": Permission.COUNTERSIGN_RM2000,
    "oasys_completed": Permission.RECORD_ASSESSMENT,
    "harm_level_set": Permission.SET_HARM_LEVEL,
    "isp_completed": Permission.RECORD_ASSESSMENT,
    "plan_reviewed": Permission.RECORD_ASSESSMENT,
    "rmp_completed": Permission.RECORD_ASSESSMENT,
    "rmp_reviewed": Permission.RECORD_ASSESSMENT,
    "significant_incident": Permission.NOTE_INCIDENT,
    "programme_required": Permission.RECORD_ORDER,
    "programme_started": Permission.RECORD_ORDER,
    "home_visit": Permission.RECORD_HOME_VISIT,
    "visit_interval_set": Permission.SET_VISIT_INTERVAL,
    "victim_contact_eligible": Permission.RECORD_ORDER,
    "victim_unit_referred": Permission.RECORD_ORDER,
    "mappa_level_set": Permission.SET_MAPPA_LEVEL,
    "mappa_meeting_held": Permission.RECORD_MEETING,
    "minutes_filed": Permission.RECORD_MEETING,
    "action_agreed": Permission.RECORD_ACTION,
    "action_completed": Permission.DO_ACTION,
    "offender_informed": Permission.INFORM_OFFENDER,
    "risk_change_acknowledged": Permission.ACKNOWLEDGE_CHANGE,
    "breach_found": Permission.RECORD_ENFORCEMENT,
    "enforcement_taken": Permission.RECORD_ENFORCEMENT,
    "case_closed": Permission.CLOSE_CASE,
}
"""Which permission recording a fact of each kind needs."""
