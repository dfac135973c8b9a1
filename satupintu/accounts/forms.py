"""What people type to sign in, and what an administrator types about offices and people."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MfaReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from satupintu.accounts import rules

CODE_STAYS_USED = 120  # seconds; longer than any code of an authenticator app is taken

ROLE_LABELS = {
    "vendor": _("Pedagang"),
    "facilitator": _("Pendamping"),
    "front_office": _("Petugas loket"),
    "verifier": _("Pemeriksa"),
    "signing_official": _("Penanda tangan"),
    "partner": _("Mitra Pegadaian"),
    "leadership": _("Pimpinan"),
    "administrator": _("Administrator"),
}
KIND_LABELS = {
    "dpmptsp": _("DPMPTSP (dinas izin satu pintu)"),
    "kecamatan": _("Kecamatan"),
    "kelurahan": _("Kelurahan"),
    "dinas": _("Dinas"),
    "pegadaian": _("Pegadaian"),
    "university": _("Perguruan tinggi"),
}


def _digits(autocomplete: str = "off") -> forms.TextInput:
    return forms.TextInput(attrs={"class": "width-10", "inputmode": "numeric", "autocomplete": autocomplete})


def _dress(field: forms.Field, label: Any, hint: Any = "", required: Any = "") -> None:
    """Give a field of the sign-in library our words, and take its placeholder away."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = required


class StaffSignInForm(LoginForm):
    """Account name and password."""

    use_required_attribute = False

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _dress(self.fields["login"], _("Nama akun"), required=_("Tulis nama akun."))
        _dress(self.fields["password"], _("Kata sandi"), required=_("Tulis kata sandi."))
        self.fields["login"].widget.attrs["autocapitalize"] = "none"


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before something weighty."""

    use_required_attribute = False

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _dress(self.fields["password"], _("Kata sandi"), required=_("Tulis kata sandi."))


class PasswordChangeForm(ChangePasswordForm):
    """The old password and a new one twice."""

    use_required_attribute = False

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _dress(self.fields["oldpassword"], _("Kata sandi yang sekarang"), required=_("Tulis kata sandi sekarang."))
        hint = _("Minimal 10 huruf atau angka. Pakai beberapa kata yang mudah diingat.")
        _dress(self.fields["password1"], _("Kata sandi baru"), hint, _("Tulis kata sandi baru."))
        _dress(self.fields["password2"], _("Kata sandi baru, sekali lagi"), required=_("Tulis kata sandi baru lagi."))


class _UsedOnce:
    """A code of an authenticator app is taken once only, on whichever worker and in whichever form it was given."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """The code, if it is right and was not used before. Raises ValidationError."""
        code = rules.read_digits(super().clean_code())  # type: ignore[misc]  # of the library's form beside us
        if not cache.add(f"accounts.code-used:{self.user.pk}:{code}", 1, CODE_STAYS_USED):
            if isinstance(self, BaseAuthenticateForm):
                self._emit_authentication_failed(self.authenticator)
            raise get_adapter().validation_error("incorrect_code")
        return code


def _dress_code(form: forms.Form, hint: Any) -> None:
    field = form.fields["code"]
    field.widget = _digits("one-time-code")
    _dress(field, _("Kode"), hint, _("Tulis kodenya dulu."))


class SecondFactorForm(_UsedOnce, AuthenticateForm):
    """The code of the app, or a recovery code, at sign-in."""

    use_required_attribute = False

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _dress_code(self, _("6 angka di aplikasi HP, atau 8 angka kode cadangan."))


class SecondFactorAgainForm(_UsedOnce, MfaReauthenticateForm):
    """The same, while signed in."""

    use_required_attribute = False

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _dress_code(self, _("6 angka di aplikasi HP, atau 8 angka kode cadangan."))


class SecondFactorSetUpForm(_UsedOnce, ActivateTOTPForm):
    """The first code of a new app."""

    use_required_attribute = False

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _dress_code(self, _("6 angka yang tampil di aplikasi."))


class PhoneForm(forms.Form):
    """A vendor's phone number, in any spelling."""

    use_required_attribute = False

    phone = forms.CharField(
        label=_("Nomor WA"),
        help_text=_("Contoh: 0812 3456 7890"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "width-16", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Tulis nomor WA, contoh 0812 3456 7890.")},
    )

    def clean_phone(self) -> str:
        """The number in E.164 form. Raises ValidationError for what is no mobile number."""
        phone = rules.read_phone(self.cleaned_data["phone"])
        if phone is None:
            raise forms.ValidationError(_("Nomor ini belum lengkap atau bukan nomor HP. Contoh: 0812 3456 7890."))
        return phone


class CodeForm(forms.Form):
    """The code from the message, pasted or typed."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Kode 6 angka"),
        help_text=_("Ada di pesan WA yang terakhir. Berlaku 10 menit."),
        max_length=40,
        widget=_digits("one-time-code"),
        error_messages={"required": _("Tulis kode 6 angka dari pesan WA.")},
    )

    def clean_code(self) -> str:
        """Six digits. Raises ValidationError with how many there are."""
        code = rules.read_digits(self.cleaned_data["code"])
        if len(code) != rules.CODE_LENGTH or not code.isdigit():
            raise forms.ValidationError(_("Kode harus 6 angka. Periksa pesan WA terakhir."))
        return code


class CardForm(forms.Form):
    """A card's code in any spelling, and its PIN."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Kode kartu"),
        help_text=_("7 huruf dan angka di kartu. Contoh: 7K2-94QX"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "width-10", "autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Tulis kode yang ada di kartu.")},
    )
    pin = forms.CharField(
        label=_("PIN"),
        help_text=_("6 angka di kertas PIN."),
        max_length=40,
        widget=forms.PasswordInput(attrs={"class": "width-10", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Tulis PIN 6 angka.")},
    )

    def clean_code(self) -> str:
        """The code as stored. Raises ValidationError for what cannot be one."""
        code = rules.read_card_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("Kode kartu ini keliru tulis. Periksa 7 huruf dan angka di kartu."))
        return code


class OfficeForm(forms.Form):
    """An office: its code only when it is new."""

    use_required_attribute = False

    code = forms.SlugField(
        label=_("Kode kantor"),
        help_text=_("Huruf kecil, angka, tanda hubung. Tidak bisa diubah lagi."),
        max_length=40,
        error_messages={
            "required": _("Tulis kode kantor, contoh kec-jatiasih."),
            "invalid": _("Kode kantor hanya huruf, angka, dan tanda hubung."),
        },
    )
    name = forms.CharField(label=_("Nama kantor"), max_length=150, error_messages={"required": _("Tulis nama kantor.")})
    kind = forms.ChoiceField(label=_("Jenis kantor"), choices=list(KIND_LABELS.items()))

    def __init__(self, *args: Any, regions: dict[str, str], new: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        if not new:
            del self.fields["code"]
        places = [(code, _region_label(code, name)) for code, name in regions.items()]
        self.fields["area"] = forms.ChoiceField(
            label=_("Wilayah"), required=False, choices=[("", _("Seluruh kota")), *places]
        )


def _region_label(code: str, name: str) -> str:
    return name if code.count(".") == 2 else f"– {name}"


class ReasonForm(forms.Form):
    """Why something is done to somebody's account."""

    use_required_attribute = False

    why = forms.CharField(
        label=_("Alasan"),
        help_text=_("Tercatat di jejak. Contoh: HP hilang, lapor lewat telepon."),
        max_length=300,
        error_messages={"required": _("Tulis alasannya dulu.")},
    )


class _RoleAndOffice(forms.Form):
    """A role of staff and an office within reach of who gives it."""

    use_required_attribute = False

    role = forms.ChoiceField(label=_("Peran"), choices=[(role, ROLE_LABELS[role]) for role in rules.STAFF_ROLES])

    def __init__(self, *args: Any, offices: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        problems = {"required": _("Pilih kantornya."), "invalid_choice": _("Kantor itu tidak ada. Pilih lagi.")}
        self.fields["office"] = forms.ModelChoiceField(
            label=_("Kantor"), queryset=offices, empty_label=_("Pilih kantor"), error_messages=problems
        )


class UserForm(_RoleAndOffice):
    """A new member of staff."""

    username = forms.CharField(
        label=_("Nama akun"),
        help_text=_("Huruf kecil, angka, titik, tanda hubung. Contoh: petugas-01"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        error_messages={"required": _("Tulis nama akun.")},
    )
    display_name = forms.CharField(
        label=_("Nama yang tampil"), max_length=150, error_messages={"required": _("Tulis nama yang tampil.")}
    )
    field_order = ("username", "display_name", "role", "office")


class RoleForm(_RoleAndOffice, ReasonForm):
    """Another role or office, and why."""

    field_order = ("role", "office", "why")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.order_fields(self.field_order)


def add_refusal(form: forms.Form, refused: forms.ValidationError) -> None:
    """Show what an action refused: at the field it names if the form has it, else above the form."""
    named = refused.error_dict if hasattr(refused, "error_dict") else {"": refused}
    for name, problem in named.items():
        form.add_error(name if name in form.fields else None, problem)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, also when that is nothing; None while it is only looked at."""
    return request.POST if request.method == "POST" else None
