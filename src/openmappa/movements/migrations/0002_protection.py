from django.db import migrations

from openmappa.audit.protection import case_is_seen, history, protect

# The coordinator of the area that somebody is released to reads a notice of a case of another area, which they do not
# see; of a restricted case only those who are named for it do.
IS_OPEN = """
CREATE FUNCTION movements_is_unrestricted(of_case bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    open boolean;
BEGIN
    PERFORM set_config('openmappa.job', 'access', true);  -- so that this function, the owner's, reads the case
    SELECT NOT c.restricted INTO open FROM public.cases_case c WHERE c.id = of_case;
    PERFORM set_config('openmappa.job', job, true);
    RETURN coalesce(open, false);
END $$
"""
READS_THE_RECORD = "(SELECT access_role()) <> 'partner_member'"
COORDINATES = """
(SELECT access_role()) = 'mappa_coordinator'
AND (area_id = ANY ((SELECT access_ids('areas'))::bigint[])
    OR managing_area_id = ANY ((SELECT access_ids('areas'))::bigint[]))
AND (case_id IS NULL OR movements_is_unrestricted(case_id))
"""
RELEASE = (
    f"given_by_id = access_person() OR ({READS_THE_RECORD} AND {case_is_seen('case_id', 'movements_releasenotice')}) "
    f"OR ({COORDINATES})"
)
ACKNOWLEDGED = "EXISTS (SELECT 1 FROM movements_releasenotice n WHERE n.id = notice_id)"
TYPED = ("person_name", "born_on", "prison_number", "reference", "going_to", "conditions", "told")


def of_the_record(table: str) -> str:
    return f"{READS_THE_RECORD} AND {case_is_seen('case_id', table)}"


class Migration(migrations.Migration):
    """Who gave notice reads their own, the coordinators of its areas read it, and those who read the record of its case.

    What was typed about a person is never changed and so not in the history: it may be of somebody without a case.
    """

    dependencies = [
        ("movements", "0001_record"),
        ("cases", "0005_row_level_security"),
        ("audit", "0003_history"),
    ]

    operations = [
        migrations.RunSQL(
            [
                IS_OPEN,
                "REVOKE ALL ON FUNCTION movements_is_unrestricted(bigint) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION movements_is_unrestricted(bigint) TO openmappa_app",
            ],
            "DROP FUNCTION movements_is_unrestricted(bigint)",
        ),
        protect("movements_releasenotice", where=RELEASE),
        protect("movements_releaseacknowledgement", where=ACKNOWLEDGED),
        *[
            protect(f"movements_{name}", where=of_the_record(f"movements_{name}"))
            for name in ("arrivalnote", "temporarymove")
        ],
        history("movements_releasenotice", case="case_id", without=TYPED),
        history("movements_releaseacknowledgement"),
        *[history(f"movements_{name}", case="case_id") for name in ("arrivalnote", "temporarymove")],
    ]
