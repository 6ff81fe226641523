"""The database refuses every change to what a staff exception says.

Granting and ending are written once and then stand as well. A table rebuilt on SQLite by a later
migration loses its triggers: such a migration calls ``install`` again.
"""

from django.db import migrations

TABLE = "records_staffexception"
FINAL = (
    "student_id", "kind", "requirement", "record_id", "credits", "lowers_total", "why", "until",
    "proposed_by_id", "proposed_by_name", "proposed_at",
)
ONCE = {
    "granted_at": ("granted_by_id", "granted_by_name", "granted_at", "holds_from"),
    "ended_at": ("ended_by_id", "ended_by_name", "ended_at"),
}


def install(apps, schema_editor):
    schema_editor.execute(STATEMENTS[schema_editor.connection.vendor])


def remove(apps, schema_editor):
    where = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {TABLE}_is_final{where}")
    if where:
        schema_editor.execute(f"DROP FUNCTION {TABLE}_is_final()")


def _changed(differs):
    always = [f"OLD.{column} {differs} NEW.{column}" for column in FINAL]
    once = [
        f"(OLD.{since} IS NOT NULL AND OLD.{column} {differs} NEW.{column})"
        for since, columns in ONCE.items()
        for column in columns
    ]
    return " OR ".join(always + once)


STATEMENTS = {
    "sqlite": (
        f"CREATE TRIGGER {TABLE}_is_final BEFORE UPDATE ON {TABLE} WHEN {_changed('IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{TABLE} is final'); END"
    ),
    "postgresql": (
        f"CREATE FUNCTION {TABLE}_is_final() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = '{TABLE} is final'; END $$; "
        f"CREATE TRIGGER {TABLE}_is_final BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN ({_changed('IS DISTINCT FROM')}) EXECUTE FUNCTION {TABLE}_is_final()"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("records", "0002_staff_exceptions")]
    operations = [migrations.RunPython(install, remove)]
