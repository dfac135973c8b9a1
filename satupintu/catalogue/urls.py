"""Addresses of the finder, the questions vendors ask, the laws and the codes."""

from django.urls import path

from satupintu.catalogue import views

app_name = "catalogue"

urlpatterns = [
    path("cek-izin/", views.finder, name="finder"),
    path("cek-izin/hasil/", views.plan, name="plan"),
    path("cek-izin/surat/<slug:code>/", views.paper, name="paper"),
    path("cek-izin/lembar/", views.plan_sheet, name="plan-sheet"),
    path("cek-izin/nib/", views.worksheet, name="worksheet"),
    path("cek-izin/beda/", views.changes, name="changes"),
    path("cek-izin/contoh/", views.practice, name="practice"),
    path("cek-izin/contoh/<slug:example_id>/", views.practice_example, name="practice-example"),
    path("cek-izin/tabel.json", views.tables, name="tables"),
    path("cek-izin/luring/", views.finder_offline, name="finder-offline"),
    path("tanya/", views.questions, name="questions"),
    path("tanya/<slug:question_id>/", views.question, name="question"),
    path("hukum/", views.laws, name="laws"),
    path("hukum/<slug:law_id>/", views.law, name="law"),
    path("kbli/", views.codes, name="codes"),
    path("kantor/", views.offices, name="offices"),
]
