from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sync", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="device",
            name="captured",
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
