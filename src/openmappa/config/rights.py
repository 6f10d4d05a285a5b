"""Who may do what with each table and function, and what guards it, as checksums: whether a restore lost any of it."""

from typing import Any, Final

import psycopg

# Brackets and spaces do not count: the database writes a condition with others once it has read its own writing.
GUARDS: Final = """
SELECT n.nspname || '.' || c.relname, encode(sha256(convert_to(regexp_replace(concat_ws(E'\\n',
    c.relrowsecurity::text || c.relforcerowsecurity::text,
    (SELECT string_agg(line, ',' ORDER BY line) FROM (
        SELECT CASE WHEN grantee = 0 THEN 'public' ELSE grantee::regrole::text END || ' ' || privilege_type AS line
        FROM aclexplode(coalesce(c.relacl, acldefault('r', c.relowner)))) AS granted),
    (SELECT string_agg(line, ',' ORDER BY line) FROM (
        SELECT a.attname || ' ' || CASE WHEN g.grantee = 0 THEN 'public' ELSE g.grantee::regrole::text END || ' '
            || g.privilege_type AS line
        FROM pg_attribute a, aclexplode(a.attacl) g WHERE a.attrelid = c.oid) AS granted),
    (SELECT string_agg(concat_ws(' ', policyname, permissive, roles::text, cmd, qual, with_check), ';'
        ORDER BY policyname) FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname),
    (SELECT string_agg(pg_get_triggerdef(t.oid), ';' ORDER BY tgname)
        FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT tgisinternal)
), '[()\\s]', '', 'g'), 'UTF8')), 'hex')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'function ' || f.oid::regprocedure, encode(sha256(convert_to(regexp_replace(concat_ws(E'\\n',
    pg_get_functiondef(f.oid),
    (SELECT string_agg(line, ',' ORDER BY line) FROM (
        SELECT CASE WHEN grantee = 0 THEN 'public' ELSE grantee::regrole::text END || ' ' || privilege_type AS line
        FROM aclexplode(coalesce(f.proacl, acldefault('f', f.proowner)))) AS granted)
), '[()\\s]', '', 'g'), 'UTF8')), 'hex')
FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
WHERE f.prokind = 'f' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY 1
"""


def guards_of_everything(connection: "psycopg.Connection[Any]") -> dict[str, str]:
    """One checksum for each table (its rights, policies and triggers) and each function (its text and rights)."""
    return dict(connection.execute(GUARDS).fetchall())
