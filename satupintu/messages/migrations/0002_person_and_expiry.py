from datetime import timedelta

from django.db import migrations, models
from django.db.models import F

ON_THEIR_WAY = ("waiting", "sending")


def keep_no_codes(apps, schema_editor):
    """Codes to sign in with: those not sent any more lose their text, the others get their ten minutes."""
    codes = apps.get_model("outbox", "Message").objects.filter(template="sign_in_code")
    codes.exclude(state__in=ON_THEIR_WAY).update(subject="", text="")
    codes.filter(state__in=ON_THEIR_WAY).update(expires_at=F("created_at") + timedelta(minutes=10))


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="person",
            field=models.CharField(blank=True, db_index=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="message",
            name="expires_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(keep_no_codes, migrations.RunPython.noop),
    ]
