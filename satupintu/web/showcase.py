"""What the living component page shows; invented, and plainly so."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms

from satupintu.web import figures, sprite
from satupintu.web.templatetags.satupintu import BADGES

COLOURS = (
    *("ink", "muted", "line", "hairline", "paper", "white", "tarp", "tarp-dark", "sky", "orange", "orange-dark"),
    *("orange-light", "green", "green-light", "red", "red-light", "yellow", "yellow-light", "ginger"),
)

DAY = date(2026, 11, 24)


class SampleForm(forms.Form):
    """A form with every kind of field, filled so that two of them need fixing."""

    use_required_attribute = False

    nik = forms.CharField(
        label="NIK",
        help_text="16 angka di KTP.",
        widget=forms.TextInput(attrs={"class": "width-16", "inputmode": "numeric"}),
    )
    code = forms.CharField(label="Kode", widget=forms.TextInput(attrs={"class": "width-10"}), required=False)
    year = forms.CharField(label="Tahun", widget=forms.TextInput(attrs={"class": "width-4"}), required=False)
    sales = forms.CharField(label="Penjualan setahun", help_text="Kira-kira saja.")
    kind = forms.ChoiceField(label="Kelurahan", choices=[("", "Pilih satu"), ("1", "Mustikasari")], required=False)
    note = forms.CharField(label="Catatan", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    answer = forms.ChoiceField(
        label="Boleh kami kirim nama dan nomor WA ke Pegadaian?",
        help_text="Bisa dibatalkan kapan saja.",
        choices=[("yes", "Ya"), ("no", "Tidak")],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih satu jawaban."},
    )

    def clean_nik(self) -> str:
        """Sixteen digits, or a sentence that says how many are there."""
        digits = "".join(self.cleaned_data["nik"].split())
        if len(digits) != 16:
            raise forms.ValidationError(f"NIK harus 16 angka. Sekarang baru {len(digits)}.")
        return digits


def sample_form() -> SampleForm:
    """The form as it comes back with two mistakes."""
    return SampleForm({"nik": "3275 0000 0000 000", "sales": "12.000.000"})


def content() -> dict[str, Any]:
    """The context of `web/components.html`."""
    place = ("cart", "Gerobak", "berpindah tempat"), ("stall", "Lapak", "di tepi jalan"), ("house", "Di rumah", "")
    return {
        "form": sample_form(),
        "places": [
            *({"value": v, "label": label, "hint": hint, "pictogram": v} for v, label, hint in place),
            {"value": "unknown", "label": "Saya tidak tahu", "pictogram": "unknown", "checked": True},
        ],
        "extras": [
            {"value": "brand", "label": "Saya punya merek"},
            {"value": "sign", "label": "Saya pasang papan nama", "checked": True},
        ],
        "badges": list(BADGES),
        "pictograms": list(sprite.pictograms()),
        "colours": COLOURS,
        "money": [1_234_567, Decimal("-2500"), Decimal("1250.50")],
        "shares": [65, Decimal("12.5")],
        "day": DAY,
        "start": time(8, 30),
        "end": time(11, 30),
        "bars": [figures.bar("Contoh A", 96, 90), figures.bar("Contoh B", Decimal("71.5"), 90)],
        "dumbbells": figures.weakest_first(
            [figures.dumbbell("Contoh syarat", 20, 100), figures.dumbbell("Contoh alur", 10, 65)]
        ),
        "curve": figures.step_curve([(4, 2), (12, 5), (30, 9)], 20, 60, 90),
        "likert": [figures.likert("Contoh jelas", [0, 1, 2, 5, 12]), figures.likert("Contoh lanjut", [1, 1, 3, 3, 12])],
        "answers": ("Sangat tidak setuju", "Tidak setuju", "Biasa saja", "Setuju", "Sangat setuju"),
        "code": "https://contoh.test/k/7K2-94Q",
    }
