"""What this backend expects of the server."""

from django.db.backends.postgresql import features


class DatabaseFeatures(features.DatabaseFeatures):
    """PostgreSQL 15 is the oldest: from there on, nobody but the owner may make tables in ``public``."""

    minimum_database_version = (15,)
