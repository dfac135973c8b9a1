"""The addresses of licensing."""

from django.urls import URLPattern

app_name = "licensing"

urlpatterns: list[URLPattern] = []
