"""What the demo invents: offices of the city and one account for each role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

import yaml
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.text import slugify

from satupintu.accounts.models import Card, User
from satupintu.accounts.rules import PIN_LENGTH, pin_problem, shown_card_code
from satupintu.catalogue import queries as catalogue

SALT = "satupintu.demo"


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """An office of the demo."""

    code: str
    name: str
    kind: str
    area: str


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A member of staff of the demo; a number, never a name."""

    username: str
    display_name: str
    role: str
    office: str


class DemoSignIn(NamedTuple):
    """How somebody of the demo gets in; ``command`` prints the second factor, if there is one."""

    name: str
    way: str
    command: str


def demo_offices() -> Iterator[DemoOffice]:
    """The offices of ``data/demo/people.yaml`` and one for each kecamatan of the catalogue."""
    for code, office in _data()["offices"].items():
        yield DemoOffice(code, office["name"], office["kind"], office["area"])
    for code, region in sorted(catalogue.catalogue().regions.items()):
        if region.kind == "kecamatan":
            yield DemoOffice(f"kec-{slugify(region.name)}", f"Kecamatan {region.name}", "kecamatan", code)


def demo_accounts() -> Iterator[DemoAccount]:
    """The members of staff of ``data/demo/people.yaml``."""
    for username, account in _data()["accounts"].items():
        yield DemoAccount(username, account["name"], account["role"], account["office"])


def demo_password() -> str:
    """The password of this deployment's demo accounts: made from its own secret key, so no two are the same."""
    return f"demo-{salted_hmac(SALT, 'password').hexdigest()[:12]}"


def demo_pin(username: str) -> str:
    """The PIN of a demo vendor's card, made from the deployment's own secret key."""
    for turn in count():
        number = int(salted_hmac(SALT, f"pin {username} {turn}").hexdigest(), 16)
        pin = str(number % 10**PIN_LENGTH).zfill(PIN_LENGTH)
        if pin_problem(pin) is None:
            return pin
    raise AssertionError("count() never ends")


def demo_sign_ins() -> list[DemoSignIn]:
    """How to sign in as each demo account of this deployment; empty when there is none."""
    with_code = set(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True))
    staff = [
        DemoSignIn(
            user.display_name,
            f"{user.username} / {demo_password()}",
            f"satupintu demo code {user.username}" if user.pk in with_code else "",
        )
        for user in User.objects.filter(is_demo=True).exclude(role="vendor").order_by("role", "username")
    ]
    cards = Card.objects.filter(user__is_demo=True, revoked_at=None).select_related("user").order_by("user__username")
    return staff + [DemoSignIn(card.user.display_name, _card_way(card), "") for card in cards]


def _card_way(card: Card) -> str:
    return f"kartu {shown_card_code(card.code)} / PIN {demo_pin(card.user.username)}"


def demo_code(username: str) -> str | None:
    """The current code of a demo account's authenticator app; None for everybody else."""
    known = Authenticator.objects.filter(user__username=username, user__is_demo=True, type=Authenticator.Type.TOTP)
    authenticator = known.first()
    if authenticator is None:
        return None
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), counters[len(counters) // 2]))


def _data() -> dict[str, dict[str, dict[str, str]]]:
    path = settings.PACKAGE / "data" / "demo" / "people.yaml"
    data: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data
