from django.urls import path

from satupintu.web import views

app_name = "web"

urlpatterns = [
    path("gaya/", views.components, name="components"),
    path("gaya/lembar/", views.sheet_sample, name="sheet-sample"),
    path("bahasa/<str:code>/", views.language, name="language"),
    path("luring/", views.offline, name="offline"),
    path("sw.js", views.service_worker, name="service-worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
