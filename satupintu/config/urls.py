"""Every address of the house: each room brings its own, the probes are here."""

from django.urls import path

from satupintu.config import monitoring

urlpatterns = [
    path("healthz", monitoring.healthz, name="healthz"),
    path("readyz", monitoring.readyz, name="readyz"),
    path("metrics", monitoring.metrics, name="metrics"),
]
