"""Addresses of questionnaires, surveys and the phone that goes round."""

from django.urls import path

from satupintu.surveys import views

app_name = "surveys"

urlpatterns = [
    path("kuesioner/", views.questionnaires, name="questionnaires"),
    path("kuesioner/xlsform/periksa/", views.xlsform_import, name="xlsform-import"),
    path("kuesioner/<slug:code>/", views.questionnaire, name="questionnaire"),
    path("kuesioner/<slug:code>/lembar/", views.paper_form, name="paper-form"),
    path("kuesioner/<slug:code>/xlsform/", views.xlsform_export, name="xlsform-export"),
    path("survei/", views.surveys, name="surveys"),
    path("survei/baru/", views.survey_new, name="survey-new"),
    path("survei/<uuid:ref>/", views.survey, name="survey"),
    path("survei/<uuid:ref>/tutup/", views.survey_close, name="survey-close"),
    path("survei/<uuid:ref>/lembar/", views.survey_paper, name="survey-paper"),
    path("survei/<uuid:ref>/ketik/", views.entry, name="entry"),
    path("survei/<uuid:ref>/beda/", views.differences, name="differences"),
    path("survei/<uuid:ref>/beda/<slug:name>/", views.settle, name="settle"),
    path("survei/<uuid:ref>/angkat-tangan/", views.hands, name="hands"),
    path("survei/<uuid:ref>/tabel/masuk/", views.table_import, name="table-import"),
    path("survei/<uuid:ref>/tabel/keluar/", views.table_export, name="table-export"),
    path("survei/<uuid:ref>/layar/", views.kiosk_start, name="kiosk-start"),
    path("layar/", views.kiosk, name="kiosk"),
    path("layar/keluar/", views.kiosk_leave, name="kiosk-leave"),
]
