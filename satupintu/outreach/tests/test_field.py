"""The field page: what a phone takes along, and what the kept shell may not know."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from satupintu.accounts.tests.factories import client_as
from satupintu.audit.rules import SYSTEM
from satupintu.outreach import actions, queries
from satupintu.outreach.tests.events import AT, aid_item, at, event, facilitator, people, question, run, tap
from satupintu.registry.tests.browsing import staff
from satupintu.registry.tests.factories import register
from satupintu.surveys.actions import keep_sheet, keep_tally, open_survey

pytestmark = pytest.mark.django_db


def test_field_is_for_the_team_of_the_area_and_says_what_to_do_without_script() -> None:
    made = event()
    page = staff("facilitator").get(reverse("outreach:field", args=[made.ref]))
    assert page.status_code == 200
    assert reverse("outreach:running", args=[made.ref]) in page.content.decode()
    assert Client().get(reverse("outreach:field", args=[made.ref])).status_code == 302


def test_field_kept_knows_no_event_and_nobody(client: Client) -> None:
    people(event("Acara rahasia"), 1)
    signed_in, user = client_as("facilitator")
    for visitor in (client, signed_in):
        text = visitor.get(reverse("outreach:field-kept"), headers={"X-Keep-On-Phone": "1"}).content.decode()
        assert "Acara di HP ini" in text
        assert not any(word in text for word in ("Acara rahasia", user.display_name))


def test_field_bundle_holds_the_agenda_the_cards_what_is_asked_without_keys_and_all_that_was_noted() -> None:
    made = event(running=True)
    one, _two = people(made, 2)
    someone = actions.invite_person(event=made, person=register("Pedagang 07"), by=SYSTEM, at=AT)
    item = aid_item(made)
    session = made.sessions.first()
    tap(one, "arrived", at(8, 30))
    run(session, "started", at(8, 31))
    question(made)
    for minute in (5, 7):
        given = {"item": item, "participant": one, "ref": uuid.uuid4(), "pressed_at": at(11, minute)}
        actions.hand_over(**given, from_yard=True, by=SYSTEM, at=AT)
    about = {"subject": made.reference, "region": made.region, "by": SYSTEM, "at": AT}
    survey = open_survey(questionnaire="knowledge_test", wave="before", **about)
    statements = open_survey(questionnaire="paper_statements", wave="before", **about)
    keep_tally(survey=statements, item="s1", yes=3, asked=9, said_at=at(9), by=SYSTEM, at=AT)
    sheet = {"respondent": f"card:{made.ref}:P002", "values": {"s1": "yes"}, "said_at": at(9)}
    keep_sheet(survey=statements, **sheet, by=SYSTEM, at=AT)

    bundle = queries.field_bundle(facilitator(), made, at(9))
    assert (bundle["event"]["midnight"], bundle["event"]["until"]) == (
        "2026-11-28T00:00:00+07:00",
        "2026-12-13T00:00:00+07:00",
    )
    assert next(row["begins"] for row in bundle["sessions"]) == 8 * 60 + 30
    assert bundle["people"] == [
        {"card": "P001", "name": "", "invited": True},
        {"card": "P002", "name": "", "invited": True},
        {"card": someone.card, "name": "Pedagang 07", "invited": True},
    ]
    assert bundle["aid"] == [{"key": item.pk, "name": "Paket sembako", "unit": "paket", "stock": 2}]
    assert {row["ref"] for row in bundle["surveys"]} == {str(survey.ref), str(statements.ref)}
    assert not any("key" in asked or "why" in asked for row in bundle["surveys"] for asked in row["items"])
    noted = [(row["kind"], row["made"][11:16], row["content"]) for row in bundle["noted"]]
    assert noted == [
        ("outreach.tap", "01:30", {"kind": "arrived", "card": "P001", "session": "", "cause": ""}),
        ("outreach.tap", "01:31", {"kind": "started", "card": "", "session": str(session.ref), "cause": ""}),
        ("outreach.receipt", "04:05", {"item": item.pk, "card": "P001", "quantity": 1}),
        ("outreach.question", "03:20", {"text": "Berapa lama?"}),
        ("surveys.sheet", "02:00", {"survey": str(statements.ref), "card": "P002"}),
        ("surveys.tally", "02:00", {"survey": str(statements.ref), "item": "s1", "yes": 3, "asked": 9}),
    ]
    hidden = queries.field_bundle(facilitator("32.75.01"), made, at(9))
    assert {row["name"] for row in hidden["people"]} == {""}


def test_field_bundle_is_given_to_the_team_alone() -> None:
    address = reverse("outreach:field-bundle", args=[event().ref])
    answer = staff("facilitator").get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert "no-store" in answer["Cache-Control"]
    assert staff("leadership").get(address).status_code == 404
