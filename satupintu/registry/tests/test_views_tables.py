"""The pages of a table that is taken in: at once, or in the background with its progress."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from satupintu.accounts.models import User
from satupintu.registry import actions, taking_in
from satupintu.registry.models import Import, Person
from satupintu.registry.tests.browsing import address, html, staff
from satupintu.registry.tests.factories import AT, actor
from satupintu.registry.tests.test_imports import many

pytestmark = pytest.mark.django_db


def sent(client, rows: int) -> str:
    client.post(address("people-import"), {"file": SimpleUploadedFile("pedagang.csv", many(rows).encode())})
    return reverse("registry:import-file", kwargs={"ref": Import.objects.get().ref})


def test_a_table_of_200_rows_is_in_when_the_page_comes() -> None:
    client = staff()
    page = sent(client, taking_in.MOST_WAITED_FOR)
    assert client.post(page).status_code == 302
    assert Person.objects.count() == 200
    assert DBTaskResult.objects.count() == 0
    assert "200 orang ditambahkan." in html(client, page)


def test_a_larger_table_says_how_far_it_is_and_the_worker_goes_on() -> None:
    client = staff()
    page = sent(client, 250)
    assert "Baris yang sudah masuk tetap masuk." in html(client, page)
    assert client.post(page).status_code == 302
    assert Person.objects.count() == 100
    told = html(client, page)
    assert "100 dari 250 sudah masuk." in told
    assert "Sedang dimasukkan" in html(client, address("people-import"))
    asked = DBTaskResult.objects.get()
    assert asked.task.call(*asked.task_result.args) == 250  # as the worker does
    assert Person.objects.count() == 250
    assert "250 orang ditambahkan." in html(client, page)


def test_what_broke_off_goes_on_where_it_stood() -> None:
    client = staff()
    page = sent(client, 250)
    client.post(page)
    DBTaskResult.objects.all().delete()  # as if the worker's machine was switched off
    assert client.post(page).status_code == 302
    assert Person.objects.count() == 200
    assert taking_in.take_in.call(str(Import.objects.get().ref)) == 250
    assert Person.objects.count() == 250


def test_the_worker_stops_for_somebody_who_left_the_office() -> None:
    client = staff()
    page = sent(client, 250)
    client.post(page)
    User.objects.update(is_active=False)
    assert taking_in.take_in.call(str(Import.objects.get().ref)) == 100
    assert Person.objects.count() == 100


def test_a_row_left_out_on_the_way_stands_on_the_page() -> None:
    client = staff()
    page = sent(client, 3)
    made = Import.objects.get()
    fault = {"row": 3, "column": "nik", "what": "NIK ini sudah terdaftar. Hapus barisnya."}
    Import.objects.filter(pk=made.pk).update(begun_at=AT, done_at=AT, passed=3, added=2, errors=[fault])
    told = html(client, page)
    assert "2 orang ditambahkan." in told
    assert "1 yang tidak ikut masuk" in told


def test_only_who_sent_it_goes_on_with_it() -> None:
    sent(staff(), 3)
    with pytest.raises(actions.imports.NotAllowed):
        taking_in.begin(Import.objects.get().ref, actor(key=77))
