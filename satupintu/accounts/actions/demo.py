"""Invented accounts to try the house with: made by ``satupintu demo`` only, and marked as such."""

from datetime import datetime

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from satupintu.accounts.actions.cards import issue_card
from satupintu.accounts.actions.offices import create_office
from satupintu.accounts.actions.people import create_user
from satupintu.accounts.gate import guarded
from satupintu.accounts.models import Office, User
from satupintu.accounts.queries.demo import DemoOffice, demo_accounts, demo_offices, demo_password, demo_pin
from satupintu.accounts.rules import DEMO_VENDORS, needs_second_factor
from satupintu.audit.rules import Actor


@guarded
def demo(*, by: Actor, at: datetime) -> list[Office | User]:
    """Create the demo's offices and accounts that are not there yet; returns the new ones.

    Members of staff have the password of ``queries.demo.demo_password``; roles that need a second factor have one,
    whose codes ``satupintu demo code`` prints. The first vendor has a card.
    """
    known_offices = set(Office.objects.values_list("code", flat=True))
    offices = [_office(office, by, at) for office in demo_offices() if office.code not in known_offices]
    known = set(User.objects.values_list("username", flat=True))
    staff = [
        _staff(account.username, account.display_name, account.role, account.office, by, at)
        for account in demo_accounts()
        if account.username not in known
    ]
    vendors = [
        create_user(username=username, display_name=name, is_demo=True, by=by, at=at)
        for username, name in DEMO_VENDORS.items()
        if username not in known
    ]
    for user in vendors[:1]:
        issue_card(user=user, region="", pin=demo_pin(user.username), by=by, at=at)
    return [*offices, *staff, *vendors]


def _office(office: DemoOffice, by: Actor, at: datetime) -> Office:
    return create_office(code=office.code, name=office.name, kind=office.kind, area=office.area, by=by, at=at)


def _staff(username: str, name: str, role: str, office: str, by: Actor, at: datetime) -> User:
    user = create_user(
        username=username,
        display_name=name,
        role=role,
        office=Office.objects.get(code=office),
        password=demo_password(),
        is_demo=True,
        by=by,
        at=at,
    )
    if needs_second_factor(role):
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
    return user
