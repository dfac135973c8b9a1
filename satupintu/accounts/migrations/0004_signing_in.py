"""What signing in needs: codes by phone number, tries counted for any card, and a cache that all workers share."""

from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models


def create_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop_cache_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {settings.CACHES['default']['LOCATION']}")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_offices_roles_cards'),
    ]

    # The sign-in library's own migrations read a user's e-mail, which our first migration did not have.
    run_before = [
        ('account', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(create_cache_table, drop_cache_table),
        migrations.CreateModel(
            name='WrongTries',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('wrong', models.PositiveSmallIntegerField(default=0)),
                ('locked_until', models.DateTimeField(null=True)),
                ('last_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RemoveField(model_name='card', name='locked_until'),
        migrations.RemoveField(model_name='card', name='wrong'),
        migrations.DeleteModel(name='SignInCode'),
        migrations.CreateModel(
            name='SignInCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone_lookup', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=64)),
                ('wrong', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField(db_index=True)),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-made_at',),
                'indexes': [models.Index(fields=['phone_lookup', '-made_at'], name='accounts_si_phone_l_185d4c_idx')],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='is_demo',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='user',
            name='must_change_password',
            field=models.BooleanField(default=False),
        ),
    ]
