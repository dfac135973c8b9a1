from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("licensing", "0003_saved_views")]

    operations = [
        migrations.AddField("application", "working_hours", models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField("application", "in_time", models.BooleanField(null=True)),
        migrations.AddIndex(
            "application",
            models.Index(
                condition=models.Q(("working_hours__isnull", False)),
                fields=["decided_at", "licence", "working_hours", "in_time", "first_time_right"],
                name="licensing_measured",
            ),
        ),
        migrations.AddIndex(
            "certificate",
            models.Index(fields=["-issued", "-id", "status", "valid_until"], name="licensing_paper_newest"),
        ),
    ]
