"""When what somebody was handed out before stopped counting."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_signing_in")]
    operations = [
        migrations.AddField("user", "credentials_reset_at", models.DateTimeField(null=True, blank=True)),
    ]
