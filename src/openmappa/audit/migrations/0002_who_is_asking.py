from django.db import migrations

ONE_WORD = """
CREATE FUNCTION {function}() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('openmappa.{name}', true), '')
"""
ONE_NUMBER = """
CREATE FUNCTION {function}() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('openmappa.{name}', true), '')::bigint
"""
NUMBERS = """
CREATE FUNCTION access_ids(name text) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('openmappa.' || name, true), '')::bigint[], '{}')
"""
WORDS = """
CREATE FUNCTION access_words(name text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('openmappa.' || name, true), '')::text[], '{}')
"""
# What nobody stated is given by the transaction, so that everything written in one transaction belongs together.
CORRELATION = """
CREATE FUNCTION access_correlation() RETURNS uuid LANGUAGE sql STABLE
RETURN coalesce(
    nullif(current_setting('openmappa.correlation', true), '')::uuid,
    md5(current_database() || pg_postmaster_start_time()::text || pg_current_xact_id()::text)::uuid
)
"""
FUNCTIONS = {
    "access_person": ONE_NUMBER,
    "access_role": ONE_WORD,
    "access_area": ONE_NUMBER,
    "access_agency": ONE_NUMBER,
    "access_agency_kind": ONE_WORD,
    "access_job": ONE_WORD,
    "access_channel": ONE_WORD,
    "access_acting": ONE_WORD,
}


def made(function: str, text: str) -> migrations.RunSQL:
    name = function.removeprefix("access_")
    return migrations.RunSQL(text.format(function=function, name=name), f"DROP FUNCTION {function}()")


class Migration(migrations.Migration):
    """Who is asking, as the transaction states it: short functions over its settings, for policies and triggers.

    A setting holds for one transaction. Lists stand in it as PostgreSQL writes arrays, ``{3,17}``. What nobody has
    stated is NULL or an empty list, so that a policy that compares with it lets nothing through.
    """

    dependencies = [("audit", "0002_append_only")]

    operations = [
        *[made(function, text) for function, text in FUNCTIONS.items()],
        migrations.RunSQL(NUMBERS, "DROP FUNCTION access_ids(text)"),
        migrations.RunSQL(WORDS, "DROP FUNCTION access_words(text)"),
        migrations.RunSQL(CORRELATION, "DROP FUNCTION access_correlation()"),
    ]
