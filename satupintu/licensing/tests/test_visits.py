"""Visits and recommendations: on working days, once, by whose office it is, with photos kept sealed."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.tests.factories import make_office
from satupintu.audit.models import Record
from satupintu.licensing.actions import recommendations, visits
from satupintu.licensing.actions.moves import Stale
from satupintu.licensing.models import Closure, Visit
from satupintu.licensing.queries.recommendations import advising_offices, asked_of, usual_adviser
from satupintu.licensing.queries.visible import file_for, sees
from satupintu.licensing.queries.visits import metres_off, overdue_visits, visit_days, visits_on
from satupintu.licensing.tests.factories import AT, application, front, verifier
from satupintu.messages.models import Message
from satupintu.registry.models import Document
from satupintu.registry.tests.factories import MUSTIKAJAYA, photo, register

WEDNESDAY, SATURDAY = date(2026, 11, 25), date(2026, 11, 28)


def planned(day=WEDNESDAY, **given):
    file = application(state="complete", **given)
    return visits.plan_visit(application=file, day=day, by=verifier(), at=AT).application


def reported(file, **given):
    values = {"fits": True, "findings": "Gerobak 2 m, jalan masih lega."} | given
    return visits.report_visit(application=file, **values, by=verifier(), at=AT + timedelta(days=1))


@pytest.mark.django_db
def test_a_visit_is_planned_for_a_working_day_and_the_applicant_is_told_it():
    file = planned(person=register(phone="081234567890", channel="whatsapp"))
    assert (file.state, file.visits.get().planned_for) == ("site_visit", WEDNESDAY)
    assert "Rabu, 25 November 2026" in Message.objects.get(template="visit_planned").text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 23), "Hari itu sudah lewat"),
        (SATURDAY, "Hari itu kantor libur"),
        (date(2026, 11, 26), "Hari itu kantor libur"),
    ],
)
def test_no_visit_is_planned_for_a_day_that_has_passed_or_is_off(day, why):
    Closure.objects.create(office="", day=date(2026, 11, 26), reason="Pemilihan", made_by="user:1", made_at=AT)
    with pytest.raises(ValidationError, match=why):
        planned(day)
    assert not Visit.objects.exists()


@pytest.mark.django_db
def test_a_planned_visit_can_be_moved_and_the_new_day_is_told():
    file = planned(person=register(phone="081234567890", channel="whatsapp"))
    moved = visits.replan_visit(application=file, day=date(2026, 11, 27), by=verifier(), at=AT + timedelta(hours=1))
    assert (moved.pk, moved.planned_for) == (file.visits.get().pk, date(2026, 11, 27))
    assert "Jumat, 27 November 2026" in Message.objects.filter(template="visit_planned").latest("pk").text
    assert Record.objects.filter(action="licensing.visit_moved").count() == 1


@pytest.mark.django_db
def test_a_report_keeps_findings_position_and_sealed_photos_and_gives_the_file_back():
    file = planned(latitude=Decimal("-6.300000"), longitude=Decimal("107.020000"))
    position = {"latitude": Decimal("-6.300900"), "longitude": Decimal("107.020000")}
    visit = reported(file, **position, photos=[photo(size=(64, 48)), photo(size=(48, 64))])
    assert (visit.application.state, visit.fits, visit.made_by_name) == ("complete", True, verifier().name)
    assert [one.document.kind for one in visit.photos.all()] == ["foto_lapak", "foto_lapak"]
    assert metres_off(visit.application, visit) == 100
    assert metres_off(visit.application, Visit()) is None


@pytest.mark.django_db
def test_the_same_report_from_a_phone_sent_twice_is_one():
    file, ref = planned(), uuid4()
    first = reported(file, ref=ref, photos=[photo(size=(64, 48))])
    assert reported(file, ref=ref, photos=[photo(size=(64, 48))]) == first
    assert (Visit.objects.count(), Document.objects.count()) == (1, 1)
    with pytest.raises(NotAllowed):
        reported(file, ref=uuid4())


@pytest.mark.django_db
def test_a_report_that_is_refused_leaves_no_photo_behind():
    file = planned()
    with pytest.raises(ValidationError, match="bukan foto"):
        reported(file, photos=[photo(size=(64, 48)), b"bukan gambar"])
    assert not Document.objects.exists()
    for wrong in ({"findings": " "}, {"latitude": Decimal(1)}, {"photos": [b"x"] * 7}):
        with pytest.raises(ValidationError):
            reported(file, **wrong)
    with pytest.raises(Stale):
        reported(file, revision=file.revision - 1)


@pytest.mark.django_db
def test_the_visits_of_a_day_are_those_of_ones_office():
    planned()
    assert [one.application.state for one in visits_on(verifier(), WEDNESDAY)] == ["site_visit"]
    assert visits_on(verifier(), date(2026, 11, 26)) == []
    assert visits_on(verifier(office="dpmptsp"), WEDNESDAY) == []
    assert len(visits_on(verifier(), WEDNESDAY, mine=True)) == 1
    assert visits_on(verifier(key=7), WEDNESDAY, mine=True) == []
    assert visit_days(verifier(), date(2026, 11, 24)) == [(WEDNESDAY, 1)]
    assert [one.planned_for for one in overdue_visits(verifier(), date(2026, 11, 26))] == [WEDNESDAY]
    with pytest.raises(NotAllowed):
        visits.plan_visit(application=application(state="complete"), day=WEDNESDAY, by=front(), at=AT)


KECAMATAN = "kec-mustikajaya"


def asked(**given):
    make_office(KECAMATAN, "kecamatan", MUSTIKAJAYA)
    file = application(state="complete", **given)
    return recommendations.seek_recommendation(
        application=file, office=KECAMATAN, question="Apakah jalannya boleh dipakai?", by=verifier(), at=AT
    )


def adviser(office=KECAMATAN):
    return verifier(key=910_020, office=office, area=MUSTIKAJAYA)


@pytest.mark.django_db
def test_a_recommendation_is_given_only_by_a_verifier_of_the_office_asked():
    file = asked().application
    given = {"application": file, "favourable": False, "answer": "Jalannya sempit."}
    for other in (verifier(), adviser(office="kec-jatiasih"), front()):
        with pytest.raises(NotAllowed):
            recommendations.recommend(**given, by=other, at=AT)
    answered = recommendations.recommend(**given, by=adviser(), at=AT)
    assert (answered.favourable, answered.application.state) == (False, "complete")
    assert answered.application.steps.last().move == "recommend"
    with pytest.raises(NotAllowed):
        recommendations.recommend(**given, by=adviser(), at=AT)


@pytest.mark.django_db
def test_the_office_asked_sees_the_file_and_may_do_nothing_else_with_it():
    make_office("kec-jatiasih", "kecamatan", "32.75.09")
    file = asked(region="32.75.11.1004").application
    far = verifier(key=910_021, office="kec-jatiasih", area="32.75.09")
    assert file_for(far, file.number) is None
    file.recommendations.update(office="kec-jatiasih")
    assert file_for(far, file.number) == file
    assert sees(far, file)
    assert [one.application for one in asked_of(far)] == [file]
    with pytest.raises(NotAllowed):
        visits.plan_visit(application=file, day=WEDNESDAY, by=far, at=AT)


@pytest.mark.django_db
def test_only_other_offices_that_cover_the_place_can_be_asked_and_data_name_the_usual_one():
    make_office("kec-jatiasih", "kecamatan", "32.75.09")
    make_office("pegadaian", "pegadaian")
    file = asked().application
    assert [code for code, _name in advising_offices(file)] == [KECAMATAN]
    assert usual_adviser(file) == KECAMATAN
    other = application(state="complete", person=register(nik="3275110101800002"))
    for office in ("kec-jatiasih", other.office, "pegadaian"):
        with pytest.raises(ValidationError, match="Pilih kantor lain"):
            recommendations.seek_recommendation(application=other, office=office, question="Apa?", by=verifier(), at=AT)
    with pytest.raises(ValidationError, match="Tulis apa yang ditanyakan"):
        recommendations.seek_recommendation(application=other, office=KECAMATAN, question="", by=verifier(), at=AT)


@pytest.mark.django_db
def test_what_was_planned_or_asked_before_a_question_to_the_applicant_is_planned_and_asked_anew_and_not_twice():
    make_office(KECAMATAN, "kecamatan", MUSTIKAJAYA)
    file = application("complete")
    file.visits.create(planned_for=WEDNESDAY, planned_by="user:1", planned_at=AT)
    file.recommendations.create(office="dpmptsp", question="Boleh?", asked_by="user:1", asked_at=AT)
    visit = visits.plan_visit(application=file, day=date(2026, 11, 27), by=verifier(), at=AT)
    assert [one.planned_for for one in Visit.objects.all()] == [date(2026, 11, 27)]
    reported(visit.application)
    again = recommendations.seek_recommendation(
        application=file, office=KECAMATAN, question="Boleh?", by=verifier(), at=AT + timedelta(days=2)
    )
    assert [(one.pk, one.office) for one in file.recommendations.all()] == [(again.pk, KECAMATAN)]
