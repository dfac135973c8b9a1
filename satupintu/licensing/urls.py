"""Addresses of applications, decisions and papers."""

from django.urls import path

from satupintu.licensing import views

app_name = "licensing"

urlpatterns = [
    path("cek/", views.check, name="check"),
    path("cek/<slug:code>/", views.check_code, name="check-code"),
    path(".well-known/satupintu-keys.json", views.published_keys, name="published-keys"),
    path(".well-known/satupintu-revocations.cose", views.revocation_list, name="revocation-list"),
]
