"""Files by who holds them, and by deadline."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("licensing", "0008_place")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["claimed_by", "state"], name="licensing_held"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["deadline", "id"], name="licensing_due", condition=models.Q(deadline__isnull=False)
            ),
        ),
    ]
