"""Where people sell."""

from typing import ClassVar

from django.db import models

ZONES = (
    ("unknown", "Belum diketahui"),
    ("binaan", "Lokasi binaan"),
    ("green", "Zona hijau"),
    ("red", "Zona merah"),
)
DAYS = (
    ("mon", "Senin"),
    ("tue", "Selasa"),
    ("wed", "Rabu"),
    ("thu", "Kamis"),
    ("fri", "Jumat"),
    ("sat", "Sabtu"),
    ("sun", "Minggu"),
)


class Market(models.Model):
    """A market with the days it is held and the zone of the city's street-vendor rule, each with its source."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=150)
    region = models.CharField(max_length=13)
    address = models.CharField(max_length=250, blank=True)
    days = models.JSONField(default=list, blank=True)
    opening_hours = models.CharField(max_length=100, blank=True)
    zone = models.CharField(max_length=7, choices=ZONES, default="unknown")
    zone_source = models.CharField(max_length=250, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(zone="unknown") | ~models.Q(zone_source=""), name="registry_market_zone_has_source"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["region", "name"], name="registry_market_by_region")]

    def __str__(self) -> str:
        return self.name


class Stall(models.Model):
    """A place in a market; position is latitude and longitude in degrees."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="stalls")
    label = models.CharField(max_length=40)
    zone = models.CharField(max_length=7, choices=ZONES, default="unknown")
    zone_source = models.CharField(max_length=250, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering = ("market", "label")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["market", "label"], name="registry_one_stall_per_label"),
            models.CheckConstraint(
                condition=models.Q(zone="unknown") | ~models.Q(zone_source=""), name="registry_stall_zone_has_source"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="registry_stall_position_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.market_id} {self.label}"
