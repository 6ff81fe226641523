"""The database refuses every change to what a version, a signature or a comment says.

A table rebuilt on SQLite by a later migration loses its triggers: such a migration calls
``install`` again.
"""

from django.db import migrations

FINAL = {
    "plans_planversion": (
        "plan_id", "number", "parent_id", "restores_id", "placements", "program_version_id",
        "why", "made_by_id", "made_at", "audit", "audit_status", "findings", "ruleset",
        "engine_version", "catalog_hash", "record_hash", "content_hash",
    ),
    "plans_signoff": (
        "version_id", "role", "signer_id", "signer_name", "signed_at", "content_hash", "shown",
        "method", "key",
    ),
    "plans_comment": (
        "version_id", "author_id", "author_name", "author_role", "text", "written_at",
    ),
}


def install(apps, schema_editor):
    for table, columns in FINAL.items():
        schema_editor.execute(STATEMENTS[schema_editor.connection.vendor](table, columns))


def remove(apps, schema_editor):
    for table in FINAL:
        where = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_is_final{where}")
        if where:
            schema_editor.execute(f"DROP FUNCTION {table}_is_final()")


def _sqlite(table, columns):
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    return (
        f"CREATE TRIGGER {table}_is_final BEFORE UPDATE ON {table} WHEN {changed} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is final'); END"
    )


def _postgresql(table, columns):
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return (
        f"CREATE FUNCTION {table}_is_final() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = '{table} is final'; END $$; "
        f"CREATE TRIGGER {table}_is_final BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN ({changed}) EXECUTE FUNCTION {table}_is_final()"
    )


STATEMENTS = {"sqlite": _sqlite, "postgresql": _postgresql}


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
