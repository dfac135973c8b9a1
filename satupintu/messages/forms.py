"""What an administrator types: what to look for, and why a text is read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from satupintu.messages.models import Channel, State


class OutboxFilter(forms.Form):
    """Which messages to list. What is not understood is left out: a wrong address still shows the list."""

    keadaan = forms.ChoiceField(required=False, choices=[("", ""), *State.choices], widget=forms.HiddenInput)
    saluran = forms.ChoiceField(label=_("Saluran"), required=False, choices=[("", _("Semua")), *Channel.choices])
    kunci = forms.CharField(label=_("Awal kunci"), required=False, max_length=120)

    def chosen(self) -> dict[str, str]:
        """The understood part as arguments of the query."""
        self.is_valid()
        names = {"state": "keadaan", "channel": "saluran", "key": "kunci"}
        return {name: self.cleaned_data.get(field, "") for name, field in names.items()}


class RevealForm(forms.Form):
    """The reason for reading a message; it is kept in the audit trail."""

    why = forms.CharField(
        label=_("Kenapa isi pesan perlu dibaca?"),
        help_text=_("Alasan ini tercatat. Jangan tulis nama atau nomor orang."),
        min_length=5,
        max_length=200,
        error_messages={
            "required": _("Tulis alasannya dulu. Contoh: pedagang bilang kode tidak sampai."),
            "min_length": _("Alasan terlalu pendek. Tulis paling sedikit 5 huruf."),
            "max_length": _("Alasan terlalu panjang. Tulis paling banyak 200 huruf."),
        },
    )
