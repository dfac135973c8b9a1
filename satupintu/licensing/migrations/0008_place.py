"""Files by place."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("licensing", "0007_limit_of_delegation")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["region", "latitude", "longitude"], name="licensing_by_place"),
        )
    ]
