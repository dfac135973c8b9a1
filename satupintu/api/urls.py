"""/api/v1/: every room's API under one roof."""

from django.urls import path, re_path

from satupintu.api import views
from satupintu.api.mounting import api

urlpatterns = [
    path("", views.unknown_address),  # before ninja, whose own root would be a page
    path("", api.urls),
    re_path(r"", views.unknown_address),
]
