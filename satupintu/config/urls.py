"""Every address of the house: each room brings its own, the probes are here."""

from django.urls import include, path

from satupintu.accounts.urls import staff
from satupintu.config import monitoring

urlpatterns = [
    path("", include("satupintu.desk.urls")),
    path("", include("satupintu.catalogue.urls")),
    path("", include("satupintu.messages.urls")),
    path("", include("satupintu.licensing.urls")),
    path("", include("satupintu.outreach.urls")),
    path("", include("satupintu.surveys.urls")),
    path("", include("satupintu.registry.urls")),
    path("", include("satupintu.sync.urls")),
    path("", include("satupintu.accounts.urls")),
    path("", include(staff)),
    path("", include("satupintu.web.urls")),
    path("api/v1/", include("satupintu.api.urls")),
    path("healthz", monitoring.healthz, name="healthz"),
    path("readyz", monitoring.readyz, name="readyz"),
    path("metrics", monitoring.metrics, name="metrics"),
]

# 503 instead of 500 while the database is in use by somebody else.
handler500 = "satupintu.web.busy.server_error"
