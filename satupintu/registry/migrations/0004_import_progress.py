"""How far a table is that is taken in; one that is done was taken in as a whole."""

from django.db import migrations, models
from django.db.models import F


def count_finished(apps, schema_editor):
    """Every row of a finished table is behind us and became a person."""
    finished = apps.get_model("registry", "Import").objects.using(schema_editor.connection.alias).exclude(done_at=None)
    finished.update(begun_at=F("done_at"), passed=F("rows"), added=F("rows"))


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_one_nik"),
    ]

    operations = [
        migrations.AddField("import", "begun_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("import", "passed", models.PositiveIntegerField(default=0)),
        migrations.AddField("import", "added", models.PositiveIntegerField(default=0)),
        migrations.RunPython(count_finished, migrations.RunPython.noop),
    ]
