from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("licensing", "0002_published_list")]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=500)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("name", "pk"),
                "constraints": [models.UniqueConstraint(fields=("owner", "name"), name="licensing_one_view_per_name")],
            },
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["-moved_at", "-id"], name="licensing_newest"),
        ),
    ]
