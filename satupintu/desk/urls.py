"""Addresses of the homes, the search box, kept plans, accompanying, one's own data and changes of law."""

from django.urls import path

from satupintu.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("kerja/", views.work, name="work"),
    path("cari/", views.search, name="search"),
    path("langkah/", views.my_plan, name="my-plan"),
    path("langkah/simpan/", views.keep_plan, name="keep-plan"),
    path("langkah/<uuid:ref>/", views.kept_plan, name="kept-plan"),
    path("langkah/<uuid:ref>/hambatan/", views.plan_barriers, name="plan-barriers"),
    path("langkah/<uuid:ref>/hitung/", views.plan_refresh, name="plan-refresh"),
    path("langkah/<uuid:ref>/ingatkan/", views.plan_remind, name="plan-remind"),
    path("langkah/<uuid:ref>/surat/<slug:code>/", views.my_step, name="my-step"),
    path("langkah/<uuid:ref>/surat/<slug:code>/centang/", views.step_tick, name="step-tick"),
    path("langkah/<uuid:ref>/surat/<slug:code>/catat/", views.paper_held, name="paper-held"),
    path("langkah/<uuid:ref>/surat/<slug:code>/bantuan/", views.step_help, name="step-help"),
    path("berkas-saya/", views.my_documents, name="my-documents"),
    path("data-saya/", views.my_data, name="my-data"),
    path("data-saya/persetujuan/<slug:purpose>/", views.my_consent, name="my-consent"),
    path("data-saya/salinan/", views.my_data_copy, name="my-data-copy"),
    path("data-saya/hapus/", views.my_data_forget, name="my-data-forget"),
    path("dampingi/", views.assist, name="assist"),
    path("dampingi/daftar/", views.register, name="register"),
    path("dampingi/daftar/luring/", views.register_offline, name="register-offline"),
    path("dampingi/<uuid:ref>/", views.assist_person, name="assist-person"),
    path("dampingi/<uuid:ref>/simpan/", views.assist_keep, name="assist-keep"),
    path("dampingi/<uuid:ref>/kartu/", views.hand_over, name="hand-over"),
    path("jejak/", views.trail, name="trail"),
    path("jejak/<slug:office>/<int:number>/", views.trail_record, name="trail-record"),
    path("perubahan-hukum/", views.law_change, name="law-change"),
    path("perubahan-hukum/daftar/", views.law_change_list, name="law-change-list"),
    path("perubahan-hukum/kabari/", views.law_change_message, name="law-change-message"),
]
