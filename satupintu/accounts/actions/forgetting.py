"""Erasing a vendor's account when the person asks to be forgotten (UU 27/2022 art. 42-44)."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.actions.people import _end_all_sessions
from satupintu.accounts.gate import guarded
from satupintu.accounts.models import Card, SignInCode, User
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor


@guarded
@transaction.atomic
def forget_vendor(*, user: User, why: str, by: Actor, at: datetime) -> None:
    """Erase name, phone and address of a vendor's account, end its sessions and cards, and close it for good.

    Raises ValidationError for staff: what they did must stay theirs.
    """
    if user.role != "vendor":
        raise ValidationError(_("Akun petugas tidak bisa dihapus. Tutup akunnya."))
    _end_all_sessions(user)
    Card.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    if user.phone_lookup:
        SignInCode.objects.filter(phone_lookup=user.phone_lookup).delete()
    user.username, user.display_name = f"dihapus-{user.pk}", "Data dihapus"
    user.phone = user.phone_lookup = user.email = ""
    user.password = make_password(None)
    user.is_active = False
    user.save()
    audit.forget_person(person=f"user:{user.pk}", why=why, by=by, at=at)
