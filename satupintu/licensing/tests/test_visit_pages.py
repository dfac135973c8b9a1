"""The pages of visits and of recommendations, as an officer presses through them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from satupintu.accounts.tests.factories import make_office
from satupintu.catalogue.rules.holidays import is_working_day
from satupintu.licensing.models import Application
from satupintu.licensing.tests.factories import application
from satupintu.licensing.tests.test_desk_pages import at, desk
from satupintu.registry.tests.browsing import html
from satupintu.registry.tests.factories import MUSTIKAJAYA, photo

pytestmark = pytest.mark.django_db
KECAMATAN = "kec-mustikajaya"


def working_day(after: int = 1) -> str:
    day = localdate() + timedelta(days=after)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day.isoformat()


def on_the_way(client, file: Application, day: str = "") -> Application:
    sent = client.post(at("visit-plan", file), {"day": day or working_day(), "revision": file.revision})
    assert sent.status_code == 302
    file.refresh_from_db()
    return file


def test_visit_plan_plans_a_day_and_moves_it():
    client, _actor = desk("verifier")
    file = on_the_way(client, application("complete"))
    moved = client.post(at("visit-plan", file), {"day": working_day(9)})
    assert moved.status_code == 302
    assert file.visits.get().planned_for.isoformat() == working_day(9)
    assert client.post(at("visit-plan", file), {"day": "kemarin"}).status_code == 422


def test_visits_lists_those_of_a_day_and_an_unreadable_day_is_today():
    client, _actor = desk("verifier")
    file = on_the_way(client, application("complete"))
    assert file.number in html(client, at("visits"), hari=file.visits.get().planned_for.isoformat())
    assert "Tidak ada kunjungan" in html(client, at("visits"), hari="kemarin")


def test_visit_sheet_holds_what_can_be_seen_and_not_what_it_earns():
    client, _actor = desk("verifier")
    file = on_the_way(client, application("complete"))
    sheet = html(client, at("visit-sheet"), hari=file.visits.get().planned_for.isoformat())
    assert "Cilok dan es teh" in sheet
    assert "Rp500" not in sheet


def test_visit_report_keeps_photos_and_shows_the_distance_on_the_file():
    client, _actor = desk("verifier")
    file = on_the_way(client, application("complete"))
    page = html(client, at("visit-report", file))
    assert "data-position-offer" in page
    given = {"fits": "no", "findings": "Gerobak di trotoar", "latitude": "-6,300900", "longitude": "107,020000"}
    wrong = client.post(at("visit-report", file), given | {"findings": ""})
    assert wrong.status_code == 422
    assert "Tulis apa yang terlihat" in wrong.content.decode()
    given["photo"] = SimpleUploadedFile("lapak.jpg", photo(size=(64, 48)), "image/jpeg")
    assert client.post(at("visit-report", file), given | {"revision": file.revision}).status_code == 302
    shown = html(client, at("desk-file", file))
    assert "Gerobak di trotoar" in shown
    assert "Titik kunjungan 100 m dari titik permohonan." in shown
    small = re.search(r'src="([^"]+)" alt="Foto 1 dari kunjungan"', shown)
    assert small
    assert client.get(small[1]).headers["Content-Type"] == "image/jpeg"


def asked(client) -> Application:
    make_office(KECAMATAN, "kecamatan", MUSTIKAJAYA)
    file = application("complete")
    sent = client.post(at("recommendation-ask", file), {"office": KECAMATAN, "question": "Jalannya boleh dipakai?"})
    assert sent.status_code == 302
    return file


def test_recommendation_ask_offers_the_office_that_the_data_name():
    make_office(KECAMATAN, "kecamatan", MUSTIKAJAYA)
    client, _actor = desk("verifier")
    file = application("complete")
    assert f'value="{KECAMATAN}" selected' in html(client, at("recommendation-ask", file))
    assert client.post(at("recommendation-ask", file), {"office": KECAMATAN}).status_code == 422


def test_recommendation_give_is_for_the_office_asked_and_its_answer_stands_on_the_file():
    client, _actor = desk("verifier")
    file = asked(client)
    assert client.get(at("recommendation-give", file)).status_code == 404
    other, _adviser = desk("verifier", KECAMATAN, MUSTIKAJAYA)
    refused = other.post(at("recommendation-give", file), {"favourable": "yes"})
    assert (refused.status_code, "Tulis pendapat kantor" in refused.content.decode()) == (422, True)
    given = {"favourable": "yes", "answer": "Jalannya lebar."}
    assert other.post(at("recommendation-give", file), given).status_code == 302
    assert "Jalannya lebar." in html(client, at("desk-file", file))


def test_recommendations_lists_what_is_asked_and_what_was_answered():
    client, _actor = desk("verifier")
    file = asked(client)
    other, _adviser = desk("verifier", KECAMATAN, MUSTIKAJAYA)
    assert "Jalannya boleh dipakai?" in html(other, at("recommendations"))
    other.post(at("recommendation-give", file), {"favourable": "no", "answer": "Jalannya sempit."})
    assert "tidak mendukung" in html(other, at("recommendations"))


@pytest.mark.parametrize("name", ["visits", "recommendations"])
def test_the_lists_ask_the_same_number_of_questions_for_one_and_for_three(name, django_assert_max_num_queries):
    make_office(KECAMATAN, "kecamatan", MUSTIKAJAYA)
    client, _actor = desk("verifier")
    other, _adviser = desk("verifier", KECAMATAN, MUSTIKAJAYA)
    asking = {"office": KECAMATAN, "question": "Boleh?"}
    counts = []
    for many in (1, 2):
        for _ in range(many):
            file = application("complete")
            if name == "visits":
                on_the_way(client, file)
            else:
                client.post(at("recommendation-ask", file), asking)
        browser, given = (client, {"hari": working_day()}) if name == "visits" else (other, {})
        with django_assert_max_num_queries(100) as asked:
            html(browser, at(name), **given)
        counts.append(len(asked))
    assert counts[0] == counts[1]
