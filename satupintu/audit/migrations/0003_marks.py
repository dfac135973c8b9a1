"""Heads and seals carry a mark that needs a key outside the database. What stands already is marked as it is."""

from importlib import import_module

from django.db import migrations, models

from satupintu.audit.keys import witness_key
from satupintu.audit.rules import mark

append_only = import_module("satupintu.audit.migrations.0002_append_only")
TABLE = "audit_seal"


def open_table(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_append_only ON {TABLE}")
    else:
        for event in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{event}")


def close_table(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(append_only.postgresql(TABLE))
    else:
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(append_only.sqlite(TABLE, event))


def mark_rows(apps, schema_editor):
    for chain in apps.get_model("audit", "Chain").objects.all():
        chain.mark = mark(witness_key(), "head", chain.office, chain.number, chain.hash)
        chain.save(update_fields=["mark"])
    for seal in apps.get_model("audit", "Seal").objects.all():
        seal.mark = mark(witness_key(), "seal", seal.chain_id, str(seal.day), seal.number, seal.hash)
        seal.save(update_fields=["mark"])


def added(model):
    return migrations.AddField(model, "mark", models.CharField(max_length=64, default=""), preserve_default=False)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        # SQLite makes the table anew to add a column, without its triggers.
        migrations.RunPython(open_table, close_table),
        added("chain"),
        added("seal"),
        migrations.RunPython(mark_rows, migrations.RunPython.noop),
        migrations.RunPython(close_table, open_table),
    ]
