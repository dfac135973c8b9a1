"""The pages of the desk: the queue, one file, sending back, many at once."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from satupintu.accounts.queries import actor_of
from satupintu.accounts.tests.factories import client_as, make_office, set_second_factor
from satupintu.audit.models import Record
from satupintu.audit.rules import Actor
from satupintu.licensing.actions import claims, examining, intake
from satupintu.licensing.models import Application, SavedView
from satupintu.licensing.queries.standing import service_of
from satupintu.licensing.tests.factories import AT, OFFICE, application, attach, front, in_wallet
from satupintu.messages.models import Message
from satupintu.registry.tests.browsing import html
from satupintu.registry.tests.factories import MUSTIKAJAYA, nik, register

pytestmark = pytest.mark.django_db


def desk(role: str, office: str = OFFICE, area: str = "") -> tuple[Client, Actor]:
    """A browser of somebody of an office, and who they are."""
    client, user = client_as(role, office=make_office(office, "dinas", area))
    set_second_factor(user)
    actor = actor_of(user)
    assert actor is not None
    return client, actor


def counter() -> tuple[Client, Actor]:
    """A browser of somebody at the counter of the kecamatan."""
    return desk("front_office", "kec-mustikajaya", MUSTIKAJAYA)


def at(name: str, file: Application | None = None, **given: object) -> str:
    return reverse(f"licensing:{name}", kwargs=given | ({"number": file.number} if file else {}))


def numbers_in(page: str, files: list[Application]) -> list[str]:
    """The numbers of these files in the order in which a page shows them."""
    shown = [file.number for file in files if f">{file.number}</a>" in page]
    return sorted(shown, key=lambda number: page.index(f">{number}</a>"))


def test_queue_sorts_by_deadline_then_age_and_shows_each_view_with_its_count() -> None:
    client, actor = desk("verifier")
    now = timezone.now()
    without = application("complete")
    late = application("complete", deadline=now - timedelta(hours=1))
    near = application("complete", deadline=now + timedelta(days=1))
    mine = application("complete", claimed_by=actor.ref, claimed_name="Saya", claimed_at=now)
    waiting, done, elsewhere = application("asked"), application("refused"), application("complete", office="dpmptsp")
    files = [without, late, near, mine, waiting, done, elsewhere]
    seen = {view: numbers_in(html(client, at("queue"), lihat=view), files) for view in ("giliran", "tanpa-petugas")}
    assert seen == {"giliran": [mine.number], "tanpa-petugas": [late.number, near.number, without.number]}
    assert numbers_in(html(client, at("queue"), lihat="lewat"), files) == [late.number]
    assert numbers_in(html(client, at("queue"), lihat="mendekati"), files) == [near.number]
    assert numbers_in(html(client, at("queue"), lihat="pemohon"), files) == [waiting.number]
    assert numbers_in(html(client, at("queue"), lihat="selesai"), files) == [done.number]
    assert "Lewat batas waktu" in html(client, at("queue"), lihat="lewat")
    counted = {one["view"].code: one["view"].count for one in client.get(at("queue")).context["views"]}
    assert counted == {
        **{"giliran": 1, "tanpa-petugas": 3, "lewat": 1, "mendekati": 1},
        **{"pemohon": 1, "selesai": 1, "semua": 6},
    }


def test_queue_is_narrowed_and_searched() -> None:
    client, _ = counter()
    person = register("Kusumawati Uji")
    one = application("submitted", person=person, batch="Pasar 1", channel="market")
    other = application("submitted", licence="sku")
    files = [one, other]
    for given in ({"surat": "tdu_pkl"}, {"rombongan": "Pasar 1"}, {"asal": "market"}):
        assert numbers_in(html(client, at("queue"), lihat="semua", **given), files) == [one.number]
    assert (
        len(numbers_in(html(client, at("queue"), lihat="semua", wilayah=MUSTIKAJAYA, keadaan="submitted"), files)) == 2
    )
    assert numbers_in(html(client, at("queue"), lihat="giliran", cari="kusumawati"), files) == [one.number]
    assert numbers_in(html(client, at("queue"), cari=one.number.lower()), files) == [one.number]
    assert "Tidak ada yang cocok" in html(client, at("queue"), cari="zzzz")
    assert numbers_in(html(client, at("queue"), lihat="x", surat="y", pasar="z", sesudah="SP-0"), files) == []


def test_queue_comes_in_pages_without_losing_or_repeating_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("satupintu.licensing.queries.queue.page.__kwdefaults__", None)
    monkeypatch.setattr("satupintu.licensing.queries.queue.page.__defaults__", ("", 2))
    client, _ = desk("verifier")
    deadline = timezone.now() + timedelta(days=30)
    with_deadline = [application("complete", deadline=deadline) for _ in range(3)]
    files = [*with_deadline, *(application("complete") for _ in range(2))]
    for view, order in (("tanpa-petugas", files), ("semua", files[::-1])):
        seen: list[str] = []
        after = ""
        while len(seen) < 9:
            response = client.get(at("queue"), {"lihat": view, "sesudah": after})
            seen += numbers_in(response.text, files)
            after = response.context["page"].after
            if not after:
                break
        assert seen == [file.number for file in order]


def test_queue_and_desk_file_take_the_same_queries_for_1_and_3() -> None:
    client, actor = desk("verifier")
    first = application("complete", claimed_by=actor.ref, claimed_at=timezone.now())

    def queries(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    lists = [f"{at('queue')}?lihat=giliran", f"{at('queue')}?lihat=semua"]
    one = [queries(path) for path in lists]
    page = queries(at("desk-file", first))
    for _ in range(2):
        application("complete", claimed_by=actor.ref, claimed_at=timezone.now())
        examining.tick_check(application=first, item="zone", by=actor, at=timezone.now())
    assert [queries(path) for path in lists] == one
    assert queries(at("desk-file", first)) == page


def test_bulk_accept_takes_the_same_queries_for_1_and_3() -> None:
    client, _ = counter()
    seen = []
    for more in (1, 2):
        for _ in range(more):
            application("submitted", batch="Pasar 1")
        client.get(at("bulk-accept"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at("bulk-accept"), {"rombongan": "Pasar 1"}).status_code == 200
        seen.append(len(asked))
    assert seen[0] == seen[1]


def test_queue_next_opens_the_file_or_says_that_nothing_waits() -> None:
    client, actor = counter()
    assert "Tidak ada berkas yang menunggu" in html(client, client.post(at("queue-next")).headers["Location"])
    file = application("submitted")
    assert client.post(at("queue-next")).headers["Location"] == at("desk-file", file)
    file.refresh_from_db()
    assert file.claimed_by == actor.ref


def test_queue_save_keeps_a_view_of_ones_own() -> None:
    client, _ = counter()
    kept = client.post(at("queue-save"), {"nama": "Pasar saya", "lihat": "semua", "surat": "tdu_pkl", "x": "y"})
    assert kept.headers["Location"] == f"{at('queue')}?lihat=semua&surat=tdu_pkl"
    assert "Pasar saya" in html(client, at("queue"))
    assert "Pasar saya" not in html(counter()[0], at("queue"))
    assert client.post(at("queue-save"), {"nama": " "}).status_code == 422


def test_queue_forget_drops_a_view_of_ones_own_only() -> None:
    client, _ = counter()
    client.post(at("queue-save"), {"nama": "Pasar saya", "lihat": "semua"})
    key = SavedView.objects.get().pk
    counter()[0].post(at("queue-forget", key=key))
    assert SavedView.objects.count() == 1
    client.post(at("queue-forget", key=key))
    assert SavedView.objects.count() == 0


def test_queue_export_hands_out_the_filtered_view_and_is_witnessed() -> None:
    client, _ = desk("verifier")
    file = application("complete", person=register(nik=nik(31)))
    application("asked")
    table = client.post(at("queue-export"), {"lihat": "tanpa-petugas", "bentuk": "csv"}).getvalue().decode()
    assert table.splitlines()[0].startswith("\ufeffnomor,surat,pemohon")
    assert [line.split(",")[0] for line in table.splitlines()[1:]] == [file.number]
    assert file.person.nik not in table
    book = load_workbook(io.BytesIO(client.post(at("queue-export"), {"lihat": "semua", "bentuk": "xlsx"}).content))
    assert book.active.max_row == 3
    told = Record.objects.filter(action="licensing.queue_exported").order_by("pk").first()
    assert told is not None
    assert (told.values["view"], told.values["files"]) == ("tanpa-petugas", 1)


def test_desk_file_is_taken_by_who_opens_it_and_read_only_for_the_second() -> None:
    first, actor = counter()
    second, _ = counter()
    file = application("submitted", person=register(nik=nik(32)))
    page = html(first, at("desk-file", file))
    assert file.person.display_name in page
    assert "Terima lengkap" in page
    assert file.person.nik not in page
    file.refresh_from_db()
    assert file.claimed_by == actor.ref
    seen = html(second, at("desk-file", file))
    assert f"Sedang dibuka {actor.name} sejak" in seen
    assert "Terima lengkap" not in seen
    refused = second.post(at("desk-move", file), {"move": "accept", "revision": file.revision})
    assert refused.status_code == 422
    assert "Sedang dibuka" in refused.text


def test_desk_file_of_another_area_or_a_draft_is_not_there_and_readers_do_not_take_it() -> None:
    file = application("submitted")
    other, _ = desk("front_office", "kec-bekasi-timur", "32.75.01")
    assert other.get(at("desk-file", file)).status_code == 404
    assert counter()[0].get(at("desk-file", application("draft"))).status_code == 404
    reader, _ = desk("leadership", "dpmptsp")
    assert "Terima lengkap" not in html(reader, at("desk-file", file))
    file.refresh_from_db()
    assert file.claimed_by == ""


def test_desk_claim_takes_a_file() -> None:
    client, actor = counter()
    file = application("submitted")
    assert client.post(at("desk-claim", file)).headers["Location"] == at("desk-file", file)
    file.refresh_from_db()
    assert file.claimed_by == actor.ref


def test_desk_release_lets_go_of_ones_own_file_only() -> None:
    client, _ = counter()
    file = application("submitted")
    client.post(at("desk-claim", file))
    client.post(at("desk-release", file))
    file.refresh_from_db()
    assert file.claimed_by == ""
    claims.claim(application=file, by=front(), at=timezone.now())
    assert client.post(at("desk-release", file)).status_code == 422


def test_desk_document_is_handed_out_and_its_opening_is_witnessed() -> None:
    client, actor = counter()
    file = application("submitted")
    kept = in_wallet(file.person)
    attach(file, kept, "ktp")
    assert at("desk-document", file, slot="ktp") in html(client, at("desk-file", file))
    photo = client.get(at("desk-document", file, slot="ktp"))
    assert (photo.headers["Content-Type"], photo.content[:2]) == ("image/jpeg", b"\xff\xd8")
    read = Record.objects.get(action="registry.document_read")
    assert (read.actor, read.object) == (actor.ref, f"document:{kept.ref}")
    assert client.get(at("desk-document", file, slot="sku")).status_code == 404


def test_desk_judge_notes_who_found_what_in_a_document() -> None:
    client, actor = desk("verifier")
    file = application("complete")
    client.post(at("desk-judge", file), {"slot": "ktp", "verdict": "fits"})
    client.post(at("desk-judge", file), {"slot": "sku", "verdict": "wrong", "reason": "blurred"})
    assert client.post(at("desk-judge", file), {"slot": "sku", "verdict": "wrong"}).status_code == 422
    file.refresh_from_db()
    found = {one.slot: (one.verdict, one.judged_by) for one in file.attachments.all() if one.verdict}
    assert {found["ktp"], found["sku"]} == {("fits", actor.ref), ("wrong", actor.ref)}
    assert "Fotonya buram." in html(client, at("desk-file", file), berkas="sku")


def test_desk_check_notes_who_said_that_an_item_holds_or_does_not() -> None:
    client, actor = desk("verifier")
    file = application("complete", checks={})
    client.post(at("desk-check", file), {"item": "zone", "holds": "yes"})
    file.refresh_from_db()
    assert (file.checks["zone"]["ok"], file.checks["zone"]["by"]) == (True, actor.ref)
    client.post(at("desk-check", file), {"item": "zone", "holds": "no"})
    file.refresh_from_db()
    assert file.checks["zone"]["ok"] is False


def test_desk_move_goes_on_to_the_next_file_unless_one_stays() -> None:
    client, _ = counter()
    first, second, third = (application("submitted") for _ in range(3))
    moved = client.post(at("desk-move", first), {"move": "accept", "revision": first.revision})
    assert moved.headers["Location"] == f"{at('desk-file', second)}?selesai={first.number}"
    page = html(client, moved.headers["Location"])
    assert f"Tersimpan: {first.number}." in page
    assert f"Berkas berikutnya: {second.number}." in page
    client.post(at("queue-stay"), {"tetap": "1"})
    moved = client.post(at("desk-move", second), {"move": "accept", "revision": second.revision})
    assert moved.headers["Location"] == f"{at('queue')}?selesai={second.number}"
    assert f"Tersimpan: {second.number}." in html(client, moved.headers["Location"])
    assert client.post(at("desk-move", third), {"move": "grant"}).status_code == 404


def test_queue_stay_is_switched_off_again() -> None:
    client, _ = counter()
    client.post(at("queue-stay"), {"tetap": "1"})
    assert "kembali ke daftar ini" in html(client, at("queue"))
    client.post(at("queue-stay"), {"tetap": "0"})
    assert "berkas berikutnya langsung terbuka" in html(client, at("queue"))


def test_desk_move_on_a_stale_page_says_what_changed_since() -> None:
    client, _ = counter()
    file = application("submitted")
    intake.return_for_repair(application=file, parts={"document:ktp": "blurred"}, by=front(), at=timezone.now())
    sent = {"move": "accept", "revision": file.revision, "words": "Tulisan saya"}
    stale = client.post(at("desk-move", file), sent)
    assert "Tulisan saya" in stale.text
    assert stale.status_code == 409
    assert "Yang berubah sejak halaman dibuka" in stale.text
    assert "Dikembalikan untuk diperbaiki: Loket 910001" in stale.text


def test_desk_return_shows_the_message_before_it_is_sent_as_it_is_sent() -> None:
    client, _ = counter()
    person = register("Pedagang 32", phone="081234567891", channel="whatsapp")
    file = application("submitted", person=person)
    attach(file, in_wallet(person), "ktp", verdict="wrong")
    file.attachments.filter(slot="ktp").update(reason="blurred")
    begun = client.get(at("desk-return", file))
    assert "KTP elektronik: Fotonya buram." in begun.context["message"].text
    sent = {"revision": file.revision, "part": ["field:goods"], "reason-field:goods": "goods_unclear", "words": "Ya."}
    looked = client.post(at("desk-return", file), sent | {"step": "look"})
    assert Message.objects.count() == 0
    empty = client.post(at("desk-return", file), {"revision": file.revision, "step": "send"})
    assert (empty.status_code, "Pilih dulu bagian" in empty.text) == (422, True)
    client.post(at("desk-return", file), sent | {"step": "send"})
    assert Message.objects.get().text == looked.context["message"].text
    file.refresh_from_db()
    assert (file.state, file.open_parts) == ("returned", {"field:goods": False})
    assert client.get(at("desk-return", file)).status_code == 409


def test_desk_ask_pauses_or_begins_anew() -> None:
    client, _ = desk("verifier")
    once, again = application("complete"), application("complete")
    sent = {"part": "document:ktp", "reason-document:ktp": "new_photo", "step": "send"}
    assert "Waktu pelayanan berhenti" in html(client, at("desk-ask", once))
    client.post(at("desk-ask", once), sent | {"revision": once.revision})
    client.post(at("desk-ask", again), sent | {"revision": again.revision, "again": "again"})
    assert [Application.objects.get(pk=one.pk).state for one in (once, again)] == ["asked", "asked_again"]
    assert client.post(at("desk-ask", once), sent | {"again": "x"}).status_code == 404


def test_bulk_accept_takes_the_ticked_and_lists_the_others_with_why() -> None:
    client, _ = counter()
    good, lacking, changed = (application("submitted", batch="Pasar 1") for _ in range(3))
    lacking.attachments.filter(slot="ktp").delete()
    page = html(client, at("bulk-accept"), rombongan="Pasar 1")
    assert "Kurang: KTP elektronik" in page
    assert "Asli belum dilihat:" in page
    assert f'value="{lacking.number}"' not in page
    revisions = {f"revision-{one.number}": one.revision for one in (good, changed)}
    Application.objects.filter(pk=changed.pk).update(revision=7)
    given = {"rombongan": "Pasar 1", "nomor": [good.number, changed.number], **revisions}
    done = client.post(at("bulk-accept"), given)
    assert "1 berkas diterima." in done.text
    assert f"{changed.number}</a>: Berkas ini baru saja berubah." in done.text
    assert client.post(at("bulk-accept"), {"rombongan": "Pasar 1"}).status_code == 422


def test_desk_hand_over_asks_for_the_number_of_the_receipt() -> None:
    client, _ = counter()
    file = application("issued")
    assert "Nomor di tanda terima pemohon" in html(client, at("desk-file", file))
    sent = {"revision": file.revision, "receipt": "salah"}
    refused = client.post(at("desk-hand-over", file), sent)
    assert (refused.status_code, 'value="salah"' in refused.text) == (422, True)
    client.post(at("desk-hand-over", file), sent | {"receipt": file.number})
    file.refresh_from_db()
    assert file.state == "handed_over"


def test_desk_pay_notes_the_receipt_and_tells_of_a_wrong_day() -> None:
    client, _ = counter()
    file = application("fee_billed")
    file.bills.create(rupiah=50_000, basis="contoh", billed_by="user:1", billed_at=AT)
    assert "Catat pembayaran Rp50.000" in html(client, at("desk-file", file))
    sent = {"revision": file.revision, "receipt": "KW-7", "paid_on": "kemarin"}
    assert client.post(at("desk-pay", file), sent).status_code == 422
    client.post(at("desk-pay", file), sent | {"paid_on": timezone.localdate().isoformat()})
    file.refresh_from_db()
    assert (file.state, file.bills.get().receipt) == ("fee_paid", "KW-7")


def test_desk_send_back_returns_an_examined_file_and_four_eyes_keep_the_examiner_from_deciding() -> None:
    client, actor = desk("signing_official")
    own = application("examined", by={"verifier": Actor(actor.ref, OFFICE, "verifier", actor.name, "")})
    page = html(client, at("desk-file", own))
    assert "Kembalikan ke pemeriksa" in page
    assert "Periksa keputusan" not in page
    other = application("examined")
    assert "Periksa keputusan" in html(client, at("desk-file", other))
    sent = {"revision": other.revision, "reason": "check_again", "items": ["zone"]}
    client.post(at("desk-send-back", other), sent)
    other.refresh_from_db()
    assert (other.state, "zone" in other.checks) == ("complete", False)


def test_desk_word_writes_to_the_applicant() -> None:
    client, actor = counter()
    file = application("submitted")
    client.post(at("desk-word", file), {"text": "Boleh datang besok."})
    assert file.words.get().made_by == actor.ref
    assert "Boleh datang besok." in html(client, at("desk-file", file))
    assert client.post(at("desk-word", file), {"text": " "}).status_code == 422


def test_desk_file_warns_of_doubles_and_of_other_files_of_the_same_person_and_stall() -> None:
    client, _ = counter()
    file = application("submitted")
    same = application("complete", person=file.person, business=file.business)
    register(file.person.display_name)
    page = html(client, at("desk-file", file))
    assert f"{same.number}</a>: orang yang sama" in page
    assert "nama mirip" in page


def test_desk_file_says_what_is_missing_and_notes_that_messages_were_read() -> None:
    client, actor = desk("verifier")
    file = application("complete", checks={})
    file.visits.all().delete()
    file.words.create(text="Sudah saya foto.", made_by="user:1", made_by_name="P", from_applicant=True, made_at=AT)
    page = html(client, at("desk-file", file))
    assert "Sudah saya foto." in page
    assert "Daftar periksa belum lengkap." in page
    assert "Selesai periksa" not in page
    for one in file.attachments.all():
        examining.judge_document(application=file, slot=one.slot, verdict="fits", by=actor, at=AT)
    for item in service_of(file).checklist:
        examining.tick_check(application=file, item=item.code, by=actor, at=AT)
    assert "Kunjungan, biaya, atau rekomendasi belum selesai." in html(client, at("desk-file", file))
    examining.untick_check(application=file, item="zone", by=actor, at=AT)
    page = html(client, at("desk-file", file))
    assert "Selesai periksa" in page
    assert "Tempatnya lokasi binaan atau zona hijau. Berkas diteruskan sebagai usul tolak." in page
    assert file.words.get().read_at is not None


def test_desk_print_shows_steps_with_the_mark_of_their_record() -> None:
    client, _ = counter()
    file = intake.accept(application=application("submitted"), by=front(), at=timezone.now())
    mark = Record.objects.get(action="licensing.accept").hash[:12]
    for name in ("desk-file", "desk-print"):
        page = html(client, at(name, file))
        assert "Diterima lengkap" in page
        assert mark in page
    assert "Sesuai" not in html(client, at("desk-print", application("submitted", checks={})))
