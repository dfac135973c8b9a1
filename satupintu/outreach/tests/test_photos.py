"""Photos of an event: sealed, without the place they were taken, and in the report only with consent."""

import io
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image

from satupintu.accounts.gate import NotAllowed
from satupintu.audit.rules import SYSTEM
from satupintu.outreach import actions, queries
from satupintu.outreach.models import CardConsent, Participant, Photo
from satupintu.outreach.queries.consents import PHOTO
from satupintu.outreach.rules.photos import why_not_in_report
from satupintu.outreach.tests.events import AT, aid_item, event, facilitator, jpeg, people, photo
from satupintu.registry import actions as registry
from satupintu.registry.tests.factories import BEKASI_TIMUR, register

pytestmark = pytest.mark.django_db


def kept_files() -> set[Path]:
    return {*Path(settings.MEDIA_ROOT).rglob("*.content")}


def says(who: Participant, given: bool = True, purpose: str = PHOTO, **more: Any) -> None:
    said = {"ref": uuid.uuid4()} | more
    actions.record_consent(participant=who, purpose=purpose, given=given, **said, by=SYSTEM, at=AT)


def test_a_photo_stays_out_of_the_report_until_all_who_are_seen_agree() -> None:
    assert why_not_in_report("documentation", "unknown", []) == "unknown"
    assert why_not_in_report("documentation", "nobody", []) == ""
    assert why_not_in_report("documentation", "people", []) == "unknown"
    assert why_not_in_report("documentation", "people", [True, False]) == "consent"
    assert why_not_in_report("hand_over", "people", [True, True]) == ""
    assert why_not_in_report("paper_list", "nobody", []) == "kind"


def test_a_photo_is_kept_sealed_without_the_place_it_was_taken() -> None:
    made = photo(event())
    files = list(Path(settings.MEDIA_ROOT).rglob(f"{made.stored}.*"))
    assert sorted(file.suffix for file in files) == [".content", ".thumbnail"]
    assert all(b"JFIF" not in file.read_bytes() for file in files)
    content = actions.open_photo(photo=made, by=SYSTEM, at=AT)
    assert b"Kamera uji" in jpeg()
    assert b"Kamera uji" not in content
    assert dict(Image.open(io.BytesIO(content)).getexif()) == {}
    assert Image.open(io.BytesIO(actions.open_photo(photo=made, thumbnail=True, by=SYSTEM, at=AT))).size == (240, 180)
    assert made.retention_until > AT.date()


def test_a_photo_sent_twice_is_one_photo() -> None:
    made, ref = event(), uuid.uuid4()
    first, again = photo(made, ref=ref), photo(made, ref=ref, content=jpeg("red"))
    assert (first.pk, Photo.objects.count()) == (again.pk, 1)


def test_what_is_no_photo_is_refused_in_words() -> None:
    made, before = event(), kept_files()
    with pytest.raises(ValidationError, match="bukan foto"):
        photo(made, content=b"MZ program")
    with pytest.raises(ValidationError, match="orang yang wajahnya"):
        photo(made, shows="people")
    with pytest.raises(ValidationError, match="acara lain"):
        photo(made, shows="people", subjects=people(event("Lain"), 1))
    kept = photo(made)
    with pytest.raises(ValidationError, match="acara lain"):
        photo(event("Lain"), ref=kept.ref)
    before = kept_files()
    with pytest.raises(NotAllowed):
        actions.keep_photo(event=made, ref=uuid.uuid4(), content=jpeg(), by=facilitator(BEKASI_TIMUR), at=AT)
    assert kept_files() == before


def test_the_report_shows_a_photo_only_while_the_consents_of_card_and_person_stand() -> None:
    made = event()
    card = people(made, 1)[0]
    person = register("Pedagang 01")
    named = actions.invite_person(event=made, person=person, by=SYSTEM, at=AT)
    kept = photo(made, caption="Semua duduk", shows="people", subjects=[card, named])

    def shown() -> list[str]:
        return [one.caption for one in queries.photos_for_report(made)]

    assert shown() == []
    says(card)
    assert shown() == []
    says(named)
    assert shown() == ["Semua duduk"]
    assert queries.photos_for_report(made)[0].content == actions.open_photo(photo=kept, by=SYSTEM, at=AT)
    assert registry.withdraw_consent(person=person, purpose=PHOTO, by=SYSTEM, at=AT) == 1
    assert shown() == []
    says(named, said_at=AT + timedelta(minutes=1))
    assert shown() == ["Semua duduk"]
    assert actions.withdraw_consent(participant=card, purpose=PHOTO, by=SYSTEM, at=AT) == 1
    assert shown() == []


def test_a_later_no_of_a_card_counts_and_an_answer_sent_twice_is_one() -> None:
    made = event(place="Halaman")
    card, ref = people(made, 1)[0], uuid.uuid4()
    says(card, ref=ref)
    says(card, ref=ref)
    assert CardConsent.objects.get().place == "Halaman"
    assert queries.who_agreed([card], PHOTO) == {card.pk}
    says(card, given=False, said_at=AT - timedelta(hours=1))
    assert queries.who_agreed([card], PHOTO) == {card.pk}
    says(card, given=False, said_at=AT + timedelta(hours=1))
    assert queries.who_agreed([card], PHOTO) == set()
    with pytest.raises(ValidationError, match="tidak dikenal"):
        says(card, purpose="nonsense")


def test_describe_photo_says_who_is_seen_and_erase_photo_leaves_no_bytes(
    django_capture_on_commit_callbacks: Any,
) -> None:
    made = event()
    kept = photo(made)
    card = people(made, 1)[0]
    actions.describe_photo(
        photo=kept, caption="Serah terima", session=None, shows="people", subjects=[card], by=SYSTEM, at=AT
    )
    assert [row["why_not"] for row in queries.photos_of(made)] == ["consent"]
    with pytest.raises(ValidationError, match="alasannya"):
        actions.erase_photo(photo=kept, why="", by=SYSTEM, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_photo(photo=kept, why="asked", by=SYSTEM, at=AT)
    assert queries.photos_of(made) == []
    assert not list(Path(settings.MEDIA_ROOT).rglob(f"{kept.stored}.*"))
    kept.refresh_from_db()
    assert (kept.caption, kept.erased_why, kept.subjects.count()) == ("", "asked", 0)


def test_photos_past_their_day_are_destroyed_at_night() -> None:
    made = event()
    old = photo(made)
    Photo.objects.filter(pk=old.pk).update(retention_until=AT.date() - timedelta(days=1))
    photo(made)
    assert actions.erase_expired(by=SYSTEM, at=AT) == 1
    assert [one.erased_why for one in Photo.objects.order_by("pk")] == ["kept_long_enough", ""]


def test_photos_of_somebody_forgotten_are_destroyed_at_night() -> None:
    made, person = event(), register("Pedagang 01")
    named = actions.invite_person(event=made, person=person, by=SYSTEM, at=AT)
    says(named)
    photo(made, shows="people", subjects=[named])
    assert len(queries.photos_for_report(made)) == 1
    registry.forget_person(person=person, why="Diminta orangnya", by=SYSTEM, at=AT)
    assert queries.photos_for_report(made) == []
    assert actions.erase_expired(by=SYSTEM, at=AT) == 1
    assert Photo.objects.get().erased_why == "forgotten"


def test_a_photo_proves_the_hand_over_of_an_item_to_a_card() -> None:
    made = event()
    item, card = aid_item(made), people(made, 1)[0]
    kept = photo(made, kind="hand_over", item=item, shows="people", subjects=[card])
    assert queries.proofs_of(made) == {(item.pk, card.pk): kept}
