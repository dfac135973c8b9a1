from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outreach", "0004_sign_up")]

    operations = [
        migrations.RemoveConstraint(model_name="receipt", name="outreach_received_once"),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["item", "participant"], name="outreach_receipt_of_card"),
        ),
    ]
