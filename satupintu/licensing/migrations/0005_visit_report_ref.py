"""The number a phone gives the report of a visit, so that one sent twice is written once."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("licensing", "0004_measured")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="visit",
            name="report_ref",
            field=models.UUIDField(blank=True, null=True, unique=True),
        ),
    ]
