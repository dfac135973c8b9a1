"""The demo's offices and accounts: invented, marked, and made by ``satupintu demo`` only."""

import pytest
from click.testing import CliRunner
from django.test import Client

from satupintu.accounts import actions
from satupintu.accounts.cli import code, demo_notes
from satupintu.accounts.models import Office, User
from satupintu.accounts.queries import permissions
from satupintu.accounts.queries.demo import demo_code, demo_password
from satupintu.accounts.rules import ROLES
from satupintu.accounts.tests.factories import AT, make_user, set_second_factor
from satupintu.audit.rules import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo() -> None:
    actions.demo(by=SYSTEM, at=AT)


@pytest.mark.usefixtures("demo")
def test_every_role_has_an_account_and_every_kecamatan_an_office() -> None:
    assert {*User.objects.filter(is_demo=True).values_list("role", flat=True)} == {*ROLES}
    assert Office.objects.filter(kind="kecamatan").count() == 12
    kinds = {*Office.objects.exclude(kind="kecamatan").values_list("code", "kind")}
    assert kinds == {
        ("dpmptsp", "dpmptsp"),
        ("diskop-ukm", "dinas"),
        ("pegadaian", "pegadaian"),
        ("perguruan-tinggi", "university"),
    }
    assert Office.objects.get(code="kec-mustikajaya").area == "32.75.11"


@pytest.mark.usefixtures("demo")
def test_repeating_adds_nothing() -> None:
    assert actions.demo(by=SYSTEM, at=AT) == []


def test_an_account_of_that_name_stays_as_it_is_and_gets_no_demo_password() -> None:
    actions.create_user(username="pedagang-02", display_name="Sudah ada", by=SYSTEM, at=AT)
    make_user("administrator", username="admin-01")
    actions.demo(by=SYSTEM, at=AT)
    assert User.objects.get(username="pedagang-02").display_name == "Sudah ada"
    assert not User.objects.get(username="admin-01").check_password(demo_password())
    assert "admin-01" not in "\n".join(demo_notes())


@pytest.mark.usefixtures("demo")
def test_demo_accounts_sign_in_with_what_the_command_prints() -> None:
    runner = CliRunner()
    for user in User.objects.filter(is_demo=True).exclude(role="vendor"):
        client = Client()
        after = client.post("/masuk/petugas/", {"login": user.username, "password": demo_password()})
        assert after.headers["Location"] == "/masuk/petugas/kode/"
        printed = runner.invoke(code, [user.username]).output.strip()
        after = client.post("/masuk/petugas/kode/", {"code": printed})
        assert after.headers["Location"] == "/", user
        assert client.get("/akun/").status_code == 200


@pytest.mark.usefixtures("demo")
def test_a_demo_vendor_signs_in_with_the_card_the_command_prints() -> None:
    [line] = [line for line in demo_notes() if line.startswith("Pedagang 01")]
    card, pin = line.split("kartu ")[1].split(" / PIN ")
    client = Client()
    assert client.post("/masuk/kartu/", {"code": card, "pin": pin}).headers["Location"] == "/"


def test_there_is_nothing_to_print_without_demo_accounts() -> None:
    make_user("administrator")
    assert list(demo_notes()) == []


def test_no_code_is_printed_of_an_account_that_is_not_of_the_demo() -> None:
    user = make_user("administrator")
    set_second_factor(user)
    assert demo_code(user.username) is None
    refused = CliRunner().invoke(code, [user.username])
    assert (refused.exit_code, refused.output) == (
        1,
        f"Error: {user.username} is no demo account with a second factor; `satupintu demo` lists them.\n",
    )


def test_only_the_house_itself_makes_demo_accounts() -> None:
    assert permissions()["action", "accounts.demo"].roles == {"system"}
