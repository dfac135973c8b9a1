"""Addresses of events, of what is done at them, and of the lessons."""

from django.urls import path

from satupintu.outreach import views

app_name = "outreach"

urlpatterns = [
    path("acara/", views.events, name="events"),
    path("acara/baru/", views.event_new, name="event-new"),
    path("acara/<uuid:ref>/", views.event, name="event"),
    path("acara/<uuid:ref>/ubah/", views.event_edit, name="event-edit"),
    path("acara/<uuid:ref>/keadaan/", views.event_state, name="event-state"),
    path("acara/<uuid:ref>/mitra/baru/", views.partner_new, name="partner-new"),
    path("acara/<uuid:ref>/mitra/<int:key>/hapus/", views.partner_remove, name="partner-remove"),
    path("acara/<uuid:ref>/tim/baru/", views.member_new, name="member-new"),
    path("acara/<uuid:ref>/tim/<int:key>/hapus/", views.member_remove, name="member-remove"),
    path("acara/<uuid:ref>/sesi/baru/", views.session_new, name="session-new"),
    path("acara/<uuid:ref>/sesi/<uuid:session_ref>/", views.session_edit, name="session-edit"),
    path("acara/<uuid:ref>/sesi/<uuid:session_ref>/pindah/", views.session_move, name="session-move"),
    path("acara/<uuid:ref>/sesi/<uuid:session_ref>/hapus/", views.session_remove, name="session-remove"),
    path("acara/<uuid:ref>/sesi/<uuid:session_ref>/tekan/", views.session_tap, name="session-tap"),
    path("acara/<uuid:ref>/sesi/<uuid:session_ref>/sebab/", views.overrun_cause, name="overrun-cause"),
    path("acara/<uuid:ref>/peserta/", views.participants, name="participants"),
    path("acara/<uuid:ref>/peserta/undang/", views.participant_new, name="participant-new"),
    path("acara/<uuid:ref>/peserta/kartu/", views.cards_new, name="cards-new"),
    path("acara/<uuid:ref>/peserta/<slug:card>/tekan/", views.participant_tap, name="participant-tap"),
    path("acara/<uuid:ref>/berjalan/", views.running, name="running"),
    path("acara/<uuid:ref>/tanya/", views.event_questions, name="event-questions"),
    path("acara/<uuid:ref>/tanya/baru/", views.question_new, name="question-new"),
    path("acara/<uuid:ref>/tanya/<uuid:question_ref>/", views.question_reply, name="question-reply"),
    path("acara/<uuid:ref>/bantuan/", views.aid, name="aid"),
    path("acara/<uuid:ref>/bantuan/baru/", views.aid_new, name="aid-new"),
    path("acara/<uuid:ref>/bantuan/<int:key>/serah/", views.hand_over, name="hand-over"),
    path("acara/<uuid:ref>/cakupan/", views.coverage, name="coverage"),
    path("acara/<uuid:ref>/cetak/susunan/", views.programme_sheet, name="programme-sheet"),
    path("acara/<uuid:ref>/cetak/hadir/", views.attendance_sheet, name="attendance-sheet"),
    path("acara/<uuid:ref>/cetak/terima/", views.receipt_sheet, name="receipt-sheet"),
    path("acara/<uuid:ref>/cetak/kartu/", views.participant_cards, name="participant-cards"),
    path("materi/", views.lessons, name="lessons"),
    path("materi/<slug:code>/", views.lesson, name="lesson"),
]
