"""Addresses of people, doubles, tables and markets."""

from django.urls import path

from satupintu.registry import views

app_name = "registry"

urlpatterns = [
    path("pedagang/", views.people, name="people"),
    path("pedagang/baru/", views.person_new, name="person-new"),
    path("pedagang/ganda/", views.duplicates, name="duplicates"),
    path("pedagang/ganda/<int:key>/", views.merge, name="merge"),
    path("pedagang/ganda/<int:key>/beda/", views.apart, name="apart"),
    path("pedagang/gabung/<int:key>/urungkan/", views.merge_undo, name="merge-undo"),
    path("pedagang/tabel/masuk/", views.people_import, name="people-import"),
    path("pedagang/tabel/contoh/", views.import_example, name="import-example"),
    path("pedagang/tabel/masuk/<uuid:ref>/", views.import_file, name="import-file"),
    path("pedagang/tabel/keluar/", views.people_export, name="people-export"),
    path("pedagang/<uuid:ref>/", views.person, name="person"),
    path("pedagang/<uuid:ref>/ubah/", views.person_edit, name="person-edit"),
    path("pedagang/<uuid:ref>/buka/", views.person_reveal, name="person-reveal"),
    path("pedagang/<uuid:ref>/hapus/", views.person_forget, name="person-forget"),
    path("pedagang/<uuid:ref>/usaha/baru/", views.business_new, name="business-new"),
    path("pedagang/<uuid:ref>/usaha/<uuid:business_ref>/", views.business_edit, name="business-edit"),
    path("pedagang/<uuid:ref>/surat/baru/", views.paper_new, name="paper-new"),
    path("pedagang/<uuid:ref>/surat/<uuid:paper_ref>/batal/", views.paper_withdraw, name="paper-withdraw"),
    path("pedagang/<uuid:ref>/berkas/baru/", views.document_new, name="document-new"),
    path("pedagang/<uuid:ref>/berkas/<uuid:document_ref>/", views.document, name="document"),
    path("pedagang/<uuid:ref>/berkas/<uuid:document_ref>/kecil/", views.document_thumbnail, name="document-thumbnail"),
    path("pedagang/<uuid:ref>/berkas/<uuid:document_ref>/hapus/", views.document_erase, name="document-erase"),
    path("pedagang/<uuid:ref>/persetujuan/baru/", views.consent_new, name="consent-new"),
    path("pedagang/<uuid:ref>/persetujuan/<slug:purpose>/cabut/", views.consent_withdraw, name="consent-withdraw"),
    path("pedagang/<uuid:ref>/hambatan/baru/", views.barrier_new, name="barrier-new"),
    path("pedagang/<uuid:ref>/hambatan/<slug:code>/selesai/", views.barrier_lift, name="barrier-lift"),
    path("pedagang/<uuid:ref>/tindak-lanjut/baru/", views.follow_up_new, name="follow-up-new"),
    path("pedagang/<uuid:ref>/tindak-lanjut/<int:key>/selesai/", views.follow_up_done, name="follow-up-done"),
    path("pasar/", views.markets, name="markets"),
    path("pasar/baru/", views.market_new, name="market-new"),
    path("pasar/<slug:code>/", views.market, name="market"),
    path("pasar/<slug:code>/ubah/", views.market_edit, name="market-edit"),
    path("pasar/<slug:code>/lapak/", views.stall_put, name="stall-put"),
]
