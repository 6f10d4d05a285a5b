from django.db import migrations

from openmappa.audit.protection import case_is_seen, protect

# core.involvement says the same in Python; tests/cases/test_row_level_security.py compares the two.
STATE = """
CREATE FUNCTION access_state(asking bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    reader accounts_user%ROWTYPE;
    kind text;
    today date := (clock_timestamp() AT TIME ZONE 'Europe/London')::date;
    areas bigint[] := '{}';
    units bigint[] := '{}';
    people bigint[] := '{}';
    given bigint[] := '{}';
    given_confidential bigint[] := '{}';
    given_victim bigint[] := '{}';
    given_intelligence bigint[] := '{}';
    named bigint[] := '{}';
    compartments text[] := '{}';
BEGIN
    PERFORM set_config('openmappa.job', 'access', true);  -- so that this function, the owner's, reads involvements
    SELECT * INTO reader FROM accounts_user WHERE id = asking AND is_active;
    SELECT a.kind INTO kind FROM accounts_agency a WHERE a.id = reader.agency_id;
    IF reader.role IN ('police_officer', 'case_manager', 'line_manager', 'mappa_coordinator') THEN
        WITH standing_in_for AS (
            SELECT reader.id, reader.role, reader.area_id, reader.unit_id
            UNION ALL
            SELECT absent.id, absent.role, absent.area_id, absent.unit_id
            FROM accounts_cover c JOIN accounts_user absent ON absent.id = c.absent_id
            WHERE c.covering_id = reader.id AND c.from_on <= today AND c.until_on >= today
                AND (c.ended_on IS NULL OR c.ended_on > today)
        ), responsible AS (
            SELECT * FROM standing_in_for WHERE role IN ('police_officer', 'case_manager', 'line_manager')
        )
        SELECT
            coalesce((SELECT array_agg(DISTINCT area_id) FROM standing_in_for
                WHERE role = 'mappa_coordinator' AND area_id IS NOT NULL), '{}'),
            coalesce((SELECT array_agg(DISTINCT unit_id) FROM (
                SELECT unit_id FROM responsible WHERE unit_id IS NOT NULL
                UNION
                SELECT m.unit_id FROM responsible r JOIN accounts_managing m ON m.manager_id = r.id
                WHERE r.role = 'line_manager') u), '{}'),
            coalesce((SELECT array_agg(DISTINCT id) FROM responsible), '{}')
        INTO areas, units, people;
    END IF;
    SELECT
        coalesce(array_agg(DISTINCT i.case_id), '{}'),
        coalesce(array_agg(DISTINCT i.case_id)
            FILTER (WHERE i.kind IN ('invited', 'inspection', 'break_glass', 'named')), '{}'),
        coalesce(array_agg(DISTINCT i.case_id) FILTER (WHERE i.kind IN ('victim_contact', 'named')), '{}'),
        coalesce(array_agg(DISTINCT i.case_id) FILTER (WHERE i.kind = 'named'), '{}'),
        coalesce(array_agg(DISTINCT i.case_id) FILTER (WHERE i.kind IN ('named', 'break_glass')), '{}')
    INTO given, given_confidential, given_victim, given_intelligence, named
    FROM cases_involvement i
    WHERE (i.person_id = reader.id OR i.unit_id = reader.unit_id OR i.agency_id = reader.agency_id)
        AND i.from_at <= clock_timestamp()
        AND (i.until_at IS NULL OR i.until_at > clock_timestamp())
        AND (i.ended_at IS NULL OR i.ended_at > clock_timestamp())
        AND CASE i.kind
            WHEN 'invited' THEN reader.role IN ('police_officer', 'case_manager', 'line_manager',
                'mappa_coordinator', 'victim_contact_officer', 'partner_member')
            WHEN 'victim_contact' THEN reader.role = 'victim_contact_officer'
            WHEN 'audit' THEN reader.role = 'smb_member'
            WHEN 'inspection' THEN reader.role = 'inspector'
            WHEN 'break_glass' THEN reader.role IN ('police_officer', 'case_manager', 'line_manager',
                'mappa_coordinator', 'victim_contact_officer')
            WHEN 'named' THEN reader.role IN ('police_officer', 'case_manager', 'line_manager',
                'mappa_coordinator', 'victim_contact_officer')
            ELSE false END;
    compartments := CASE reader.role
        WHEN 'police_officer' THEN '{open,confidential,intelligence}'
        WHEN 'case_manager' THEN '{open,confidential,intelligence}'
        WHEN 'line_manager' THEN '{open,confidential,victim,intelligence}'
        WHEN 'mappa_coordinator' THEN '{open,confidential,victim,intelligence}'
        WHEN 'victim_contact_officer' THEN '{open,victim}'
        WHEN 'smb_member' THEN '{open}'
        WHEN 'inspector' THEN '{open,confidential}'
        ELSE '{}' END;
    PERFORM
        set_config('openmappa.person', coalesce(reader.id::text, ''), true),
        set_config('openmappa.role', coalesce(reader.role, ''), true),
        set_config('openmappa.area', coalesce(reader.area_id::text, ''), true),
        set_config('openmappa.agency', coalesce(reader.agency_id::text, ''), true),
        set_config('openmappa.agency_kind', coalesce(kind, ''), true),
        set_config('openmappa.areas', areas::text, true),
        set_config('openmappa.units', units::text, true),
        set_config('openmappa.people', people::text, true),
        set_config('openmappa.given', given::text, true),
        set_config('openmappa.given_open', given::text, true),
        set_config('openmappa.given_confidential', given_confidential::text, true),
        set_config('openmappa.given_victim', given_victim::text, true),
        set_config('openmappa.given_intelligence', given_intelligence::text, true),
        set_config('openmappa.named', named::text, true),
        set_config('openmappa.compartments', compartments::text, true),
        set_config('openmappa.job', job, true);
END $$
"""
INVOLVED = """
CREATE FUNCTION access_involved(
    area_id bigint, police_unit bigint, probation_unit bigint, police_officer bigint, case_manager bigint, case_id bigint
) RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce(area_id = ANY (access_ids('areas')), false)
    OR coalesce(police_unit = ANY (access_ids('units')), false)
    OR coalesce(probation_unit = ANY (access_ids('units')), false)
    OR coalesce(police_officer = ANY (access_ids('people')), false)
    OR coalesce(case_manager = ANY (access_ids('people')), false)
    OR coalesce(case_id = ANY (access_ids('given')), false)
"""
OPENS = """
CREATE FUNCTION access_opens(compartment text, of_case bigint) RETURNS boolean LANGUAGE sql STABLE
RETURN compartment = ANY (access_words('compartments')) AND EXISTS (
    SELECT 1 FROM cases_case c WHERE c.id = of_case AND (
        (NOT c.restricted AND access_involved(
            c.area_id, c.police_unit_id, c.probation_unit_id, c.police_officer_id, c.case_manager_id, NULL))
        OR of_case = ANY (access_ids('given_' || compartment))
    )
)
"""
# Handling codes 1 to 5 (core.compartments.HANDLING).
INTELLIGENCE = """
CREATE FUNCTION access_intelligence(handling integer, agency bigint, written_by bigint) RETURNS boolean
LANGUAGE sql STABLE
RETURN coalesce(
    written_by = access_person()
    OR (handling <> 5 AND agency = access_agency())
    OR (handling IN (1, 3) AND access_agency_kind() = 'police')
    OR (handling = 2 AND access_agency_kind() IN ('police', 'probation', 'prison')), false)
"""
SEEN = """
(NOT restricted OR id = ANY ((SELECT access_ids('named'))::bigint[])) AND (
    area_id = ANY ((SELECT access_ids('areas'))::bigint[])
    OR police_unit_id = ANY ((SELECT access_ids('units'))::bigint[])
    OR probation_unit_id = ANY ((SELECT access_ids('units'))::bigint[])
    OR police_officer_id = ANY ((SELECT access_ids('people'))::bigint[])
    OR case_manager_id = ANY ((SELECT access_ids('people'))::bigint[])
    OR id = ANY ((SELECT access_ids('given'))::bigint[])
)
"""
OF_A_CASE_SEEN = "EXISTS (SELECT 1 FROM cases_case c WHERE c.person_id = {column})"
MAY_ACT_NOW = """
kind = 'break_glass' AND person_id = access_person() AND access_role() IN
('police_officer', 'case_manager', 'line_manager', 'mappa_coordinator', 'victim_contact_officer')
"""


class Migration(migrations.Migration):
    """Who sees a case, said by the database: every row of a person, a case or an involvement is behind it.

    ``access_state`` works out once, for one transaction, what a person reaches; the policies compare rows with that.
    """

    dependencies = [
        ("cases", "0004_units_answer_for_cases"),
        ("accounts", "0002_cover_and_recertification"),
        ("audit", "0002_who_is_asking"),
    ]

    operations = [
        migrations.RunSQL(STATE, "DROP FUNCTION access_state(bigint)"),
        migrations.RunSQL(INVOLVED, "DROP FUNCTION access_involved(bigint, bigint, bigint, bigint, bigint, bigint)"),
        protect("cases_case", where=SEEN),
        migrations.RunSQL(OPENS, "DROP FUNCTION access_opens(text, bigint)"),
        migrations.RunSQL(INTELLIGENCE, "DROP FUNCTION access_intelligence(integer, bigint, bigint)"),
        protect("cases_person", where=OF_A_CASE_SEEN.format(column="cases_person.id")),
        protect("cases_alias", where=OF_A_CASE_SEEN.format(column="cases_alias.person_id")),
        protect(
            "cases_involvement",
            where=f"{case_is_seen('case_id', 'cases_involvement')} OR person_id = access_person()",
            check=f"{case_is_seen('case_id', 'cases_involvement')} OR ({MAY_ACT_NOW})",
        ),
    ]
