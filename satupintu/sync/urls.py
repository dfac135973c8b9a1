"""Addresses of field devices, of the queue on the phone, and of records a person must look at."""

from django.urls import path

from satupintu.sync import views

app_name = "sync"

urlpatterns = [
    path("antrean/", views.queue, name="queue"),
    path("hp-lapangan/", views.devices, name="devices"),
    path("hp-lapangan/siapkan/", views.device_new, name="device-new"),
    path("hp-lapangan/<uuid:ref>/cabut/", views.device_revoke, name="device-revoke"),
    path("catatan-masuk/", views.quarantine, name="quarantine"),
    path("catatan-masuk/<int:key>/", views.record, name="record"),
    path("catatan-masuk/<int:key>/coba-lagi/", views.record_retry, name="record-retry"),
    path("catatan-masuk/<int:key>/sisihkan/", views.record_set_aside, name="record-set-aside"),
    path("catatan-masuk/<int:key>/kembalikan/", views.record_restore, name="record-restore"),
]
