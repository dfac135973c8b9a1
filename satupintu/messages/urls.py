"""Addresses of the outbox."""

from django.urls import path

from satupintu.messages import views

app_name = "messages"

urlpatterns = [
    path("pesan-keluar/", views.outbox, name="outbox"),
    path("pesan-keluar/<int:message_id>/", views.message, name="message"),
    path("pesan-keluar/<int:message_id>/baca/", views.message_reveal, name="message-reveal"),
    path("pesan-keluar/<int:message_id>/putuskan/<slug:decision>/", views.message_decide, name="message-decide"),
]
