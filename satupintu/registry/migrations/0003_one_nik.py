from django.db import migrations, models


def find_by_one(apps, schema_editor):
    """Of standing entries with one NIK only the oldest is found by it; the others are noted as likely doubles."""
    Person = apps.get_model("registry", "Person")
    Double = apps.get_model("registry", "Double")
    standing = Person.objects.filter(merged_into=None, forgotten_at=None).exclude(nik_lookup="")
    twice = standing.values("nik_lookup").annotate(n=models.Count("pk")).filter(n__gt=1).order_by()
    for nik_lookup in list(twice.values_list("nik_lookup", flat=True)):
        oldest, *others = standing.filter(nik_lookup=nik_lookup).order_by("pk")
        for other in others:
            Person.objects.filter(pk=other.pk).update(nik_lookup="")
            found = {"score": 100, "reasons": ["same_nik"], "found_at": other.made_at}
            Double.objects.get_or_create(first=oldest, second=other, defaults=found)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_kept_plans"),
    ]

    operations = [
        migrations.RunPython(find_by_one, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("nik_lookup", ""), _negated=True),
                    ("forgotten_at__isnull", True),
                    ("merged_into__isnull", True),
                ),
                fields=("nik_lookup",),
                name="registry_one_nik",
            ),
        ),
    ]
