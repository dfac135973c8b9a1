"""Writing people: who may sign in, with which role, and how they get in again."""

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from satupintu.accounts.gate import guarded
from satupintu.accounts.models import Language, Office, SignInCode, User
from satupintu.accounts.rules import STAFF_ROLES, new_password, username_problem
from satupintu.audit.actions import record
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor

PHONE_TAKEN = gettext_lazy("Nomor HP ini sudah dipakai akun lain. Periksa nomornya.")


@guarded
@transaction.atomic
def create_user(
    *,
    username: str,
    display_name: str,
    role: str = "vendor",
    office: Office | None = None,
    phone: str = "",
    email: str = "",
    password: str | None = None,
    language: str = Language.INDONESIAN,
    is_demo: bool = False,
    by: Actor,
    at: datetime,
) -> User:
    """Write a new user of any kind; without a password they cannot sign in by one.

    ``phone`` in E.164 form (+62812...); ``at`` must carry a time zone and becomes the joining date.
    Raises ValidationError with an Indonesian sentence when a value is not usable or the name or phone is taken.
    """
    user = User(username=username, display_name=display_name, role=role, office=office, email=email, language=language)
    user.is_demo = is_demo
    return _new(user, phone, password, by, at)


@guarded
@transaction.atomic
def create_staff(
    *, username: str, display_name: str, role: str, office: Office, by: Actor, at: datetime
) -> tuple[User, str]:
    """Write a new member of staff and return them with a password for the first sign-in only.

    Raises ValidationError with an Indonesian sentence.
    """
    if role not in STAFF_ROLES:
        raise ValidationError({"role": _("Pilih peran petugas.")})
    password = new_password(secrets.choice)
    user = User(username=username, display_name=display_name, role=role, office=office, must_change_password=True)
    return _new(user, "", password, by, at), password


@guarded
@transaction.atomic
def create_vendor(
    *, display_name: str, phone: str = "", language: str = Language.INDONESIAN, by: Actor, at: datetime
) -> User:
    """Write a vendor who signs in by phone or card; their account name is made here. Raises ValidationError."""
    user = User(username=f"pedagang-{secrets.token_hex(6)}", display_name=display_name, language=language)
    return _new(user, phone, None, by, at)


def _new(user: User, phone: str, password: str | None, by: Actor, at: datetime) -> User:
    if problem := username_problem(user.username):
        raise ValidationError({"username": problem})
    if User.objects.filter(username=user.username).exists():
        raise ValidationError({"username": _("Nama akun ini sudah dipakai. Pilih nama lain.")})
    user.phone, user.phone_lookup = phone, lookup("phone", phone)
    if phone and User.objects.filter(phone_lookup=user.phone_lookup).exists():
        raise ValidationError({"phone": PHONE_TAKEN})
    user.is_staff = user.role != "vendor"
    user.date_joined = at
    user.password = make_password(password)
    user.full_clean()
    user.save(force_insert=True)
    values = {"role": user.role, "office": user.office_id or ""}
    record(action="accounts.user_created", object=f"user:{user.pk}", values=values, by=by, at=at)
    return user


@guarded
@transaction.atomic
def change_role(*, user: User, role: str, office: Office, why: str, by: Actor, at: datetime) -> None:
    """Give a member of staff another role or office and end their sessions. Raises ValidationError."""
    _refuse_oneself(user, by)
    if role not in STAFF_ROLES:
        raise ValidationError({"role": _("Pilih peran petugas.")})
    values = {"role": [user.role, role], "office": [user.office_id or "", office.pk]}
    _change(user, role=role, office=office, is_staff=True, credentials_reset_at=at)
    _end_all_sessions(user)
    record(action="accounts.role_changed", object=f"user:{user.pk}", why=why, values=values, by=by, at=at)


@guarded
@transaction.atomic
def deactivate_user(*, user: User, why: str, by: Actor, at: datetime) -> None:
    """Let somebody sign in no more and end their sessions. Raises ValidationError for oneself."""
    _refuse_oneself(user, by)
    _change(user, is_active=False, credentials_reset_at=at)
    _end_all_sessions(user)
    record(action="accounts.user_deactivated", object=f"user:{user.pk}", why=why, by=by, at=at)


@guarded
@transaction.atomic
def reactivate_user(*, user: User, why: str, by: Actor, at: datetime) -> None:
    """Let somebody sign in again."""
    _change(user, is_active=True)
    record(action="accounts.user_reactivated", object=f"user:{user.pk}", why=why, by=by, at=at)


@guarded
@transaction.atomic
def reset_second_factor(*, user: User, why: str, by: Actor, at: datetime) -> None:
    """Take away authenticator and recovery codes and end all sessions; at the next sign-in they are set up anew.

    Raises ValidationError for oneself: somebody else must look.
    """
    _refuse_oneself(user, by)
    Authenticator.objects.filter(user=user).delete()
    _change(user, credentials_reset_at=at)
    _end_all_sessions(user)
    record(action="accounts.second_factor_reset", object=f"user:{user.pk}", why=why, by=by, at=at)


@guarded
@transaction.atomic
def give_new_password(*, user: User, why: str, by: Actor, at: datetime) -> str:
    """Give a member of staff a password for the next sign-in only and return it, once. Raises ValidationError."""
    _refuse_oneself(user, by)
    if user.role == "vendor":
        raise ValidationError(_("Pedagang masuk dengan nomor HP atau kartu, tanpa kata sandi."))
    password = new_password(secrets.choice)
    _change(user, password=make_password(password), must_change_password=True, credentials_reset_at=at)
    _end_all_sessions(user)
    record(action="accounts.password_given", object=f"user:{user.pk}", why=why, by=by, at=at)
    return password


@guarded
@transaction.atomic
def change_phone(*, user: User, phone: str, by: Actor, at: datetime) -> None:
    """Let a vendor sign in by another number (E.164 form; empty for none): end their sessions and open codes.

    Raises ValidationError if another account has the number, and for staff, who sign in without one.
    """
    if user.role != "vendor":
        raise ValidationError(_("Petugas masuk dengan kata sandi, tanpa nomor HP."))
    here = lookup("phone", phone)
    if phone and User.objects.filter(phone_lookup=here).exclude(pk=user.pk).exists():
        raise ValidationError({"phone": PHONE_TAKEN})
    SignInCode.objects.filter(phone_lookup__in=[one for one in (user.phone_lookup, here) if one]).delete()
    _change(user, phone=phone, phone_lookup=here)
    _end_all_sessions(user)
    record(action="accounts.phone_changed", object=f"user:{user.pk}", person=f"user:{user.pk}", by=by, at=at)


@guarded
@transaction.atomic
def set_own_password(*, user: User, password: str, by: Actor, at: datetime) -> None:
    """Keep the password a person chose for themselves; the form has checked it."""
    _change(user, password=make_password(password), must_change_password=False)
    record(action="accounts.password_changed", object=f"user:{user.pk}", by=by, at=at)


def _change(user: User, **values: object) -> None:
    for name, value in values.items():
        setattr(user, name, value)
    user.save(update_fields=list(values))


def _end_all_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


def _refuse_oneself(user: User, by: Actor) -> None:
    if by.ref == f"user:{user.pk}":
        raise ValidationError(_("Ini akun Anda sendiri. Minta administrator lain melakukannya."))
