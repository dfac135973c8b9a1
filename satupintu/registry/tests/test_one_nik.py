"""The upgrade to one standing entry for a NIK, on a database where two have the same."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from satupintu.registry.tests.factories import AT

BEFORE, AFTER = ("registry", "0002_kept_plans"), ("registry", "0003_one_nik")


@pytest.mark.django_db(transaction=True)
def test_of_entries_that_share_a_nik_the_oldest_keeps_it_and_the_others_become_likely_doubles() -> None:
    MigrationExecutor(connection).migrate([BEFORE])
    try:
        people = MigrationExecutor(connection).loader.project_state([BEFORE]).apps.get_model("registry", "Person")
        made = {"retention_until": AT.date(), "made_by": "system", "made_at": AT, "changed_at": AT}
        first, second, _other = (
            people.objects.create(display_name=f"Pedagang {n:02}", nik_lookup=nik, **made)
            for n, nik in enumerate(["a", "a", "b"], start=1)
        )
        executor = MigrationExecutor(connection)
        executor.migrate([AFTER])
        apps = executor.loader.project_state([AFTER]).apps
        lookups = apps.get_model("registry", "Person").objects.order_by("pk").values_list("nik_lookup", flat=True)
        assert list(lookups) == ["a", "", "b"]
        doubles = apps.get_model("registry", "Double").objects.values_list("first", "second", "score", "reasons")
        assert list(doubles) == [(first.pk, second.pk, 100, ["same_nik"])]
        apps.get_model("registry", "Double").objects.all().delete()
        apps.get_model("registry", "Person").objects.all().delete()
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
