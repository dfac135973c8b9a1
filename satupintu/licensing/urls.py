"""Addresses of applications, decisions and papers."""

from django.urls import path

from satupintu.licensing import views

app_name = "licensing"

urlpatterns = [
    path("kerja/antrean/", views.queue, name="queue"),
    path("kerja/berikutnya/", views.queue_next, name="queue-next"),
    path("kerja/tabel/", views.queue_export, name="queue-export"),
    path("kerja/terima/", views.bulk_accept, name="bulk-accept"),
    path("kerja/tetap/", views.queue_stay, name="queue-stay"),
    path("kerja/tampilan/", views.queue_save, name="queue-save"),
    path("kerja/tampilan/<int:key>/hapus/", views.queue_forget, name="queue-forget"),
    path("kerja/<slug:number>/", views.desk_file, name="desk-file"),
    path("kerja/<slug:number>/ambil/", views.desk_claim, name="desk-claim"),
    path("kerja/<slug:number>/lepas/", views.desk_release, name="desk-release"),
    path("kerja/<slug:number>/berkas/<slug:slot>/", views.desk_document, name="desk-document"),
    path("kerja/<slug:number>/nilai/", views.desk_judge, name="desk-judge"),
    path("kerja/<slug:number>/periksa/", views.desk_check, name="desk-check"),
    path("kerja/<slug:number>/perbaikan/", views.desk_return, name="desk-return"),
    path("kerja/<slug:number>/tanya/", views.desk_ask, name="desk-ask"),
    path("kerja/<slug:number>/langkah/", views.desk_move, name="desk-move"),
    path("kerja/<slug:number>/bayar/", views.desk_pay, name="desk-pay"),
    path("kerja/<slug:number>/serah/", views.desk_hand_over, name="desk-hand-over"),
    path("kerja/<slug:number>/kembali/", views.desk_send_back, name="desk-send-back"),
    path("kerja/<slug:number>/pesan/", views.desk_word, name="desk-word"),
    path("kerja/<slug:number>/cetak/", views.desk_print, name="desk-print"),
    path("kerja/<slug:number>/putuskan/", views.decide, name="decide"),
    path("kerja/<slug:number>/putusan/<int:key>/", views.decision, name="decision"),
    path("surat-terbit/", views.desk_papers, name="desk-papers"),
    path("surat-terbit/kartu/", views.cards, name="cards"),
    path("surat-terbit/<uuid:ref>/", views.desk_paper, name="desk-paper"),
    path("surat-terbit/<uuid:ref>/<slug:change>/", views.paper_change, name="paper-change"),
    path("kartu/<uuid:ref>/", views.card, name="card"),
    path("kartu/<uuid:ref>/surat.pdf", views.paper_file, name="paper-file"),
    path("kartu/<uuid:ref>/lapak.pdf", views.stall_sheet, name="stall-sheet"),
    path("pasar/<slug:code>/denah/", views.market_plan, name="market-plan"),
    path("cek/", views.check, name="check"),
    path("cek/<slug:code>/", views.check_code, name="check-code"),
    path(".well-known/satupintu-keys.json", views.published_keys, name="published-keys"),
    path(".well-known/satupintu-revocations.cose", views.revocation_list, name="revocation-list"),
    path("daftar-surat/", views.register, name="register"),
    path("daftar-surat/data.csv", views.register_csv, name="register-csv"),
    path("daftar-surat/data.json", views.register_json, name="register-json"),
    path("standar/", views.standards, name="standards"),
    path("standar/<slug:code>/", views.standard, name="standard"),
]
