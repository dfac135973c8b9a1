"""Who looked at a file never decides about it, whatever they pressed and whatever office they hold by then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from satupintu.licensing.actions import decisions
from satupintu.licensing.actions.files import object_to_decision
from satupintu.licensing.models import Application, Assisted
from satupintu.licensing.queries.deciding import may_decide
from satupintu.licensing.tests.factories import AT, application, helper, signer

pytestmark = pytest.mark.django_db
KEY = 910_300
LATER = AT + timedelta(hours=1)


def ticked(file: Application) -> None:
    """One item of the checklist was theirs, the rest and the end somebody else's."""
    item = next(iter(file.checks))
    file.checks = {**file.checks, item: {**file.checks[item], "by": f"user:{KEY}"}}
    file.save(update_fields=["checks"])


def judged(file: Application) -> None:
    """One document was judged by them."""
    file.attachments.filter(slot="ktp").update(judged_by=f"user:{KEY}")


def asked(file: Application) -> None:
    """They asked the applicant something."""
    file.steps.filter(move="accept").update(move="ask", made_by=f"user:{KEY}")


def began(file: Application) -> None:
    """They began the file at the counter."""
    Application.objects.filter(pk=file.pk).update(made_by=f"user:{KEY}")


def helped(file: Application) -> None:
    """They sat beside the applicant."""
    Assisted.objects.create(
        application=file, place="Loket", helped_by=f"user:{KEY}", helped_by_name="Uji", office="x", made_at=AT
    )


@pytest.mark.parametrize("took_part", [ticked, judged, asked, began, helped])
def test_who_took_part_without_ending_the_examination_does_not_decide(
    took_part: Callable[[Application], None],
) -> None:
    file = application(state="examined")
    assert {"grant", "refuse"} <= may_decide(signer(KEY), file, LATER)
    took_part(file)
    file = Application.objects.get(pk=file.pk)
    assert may_decide(signer(KEY), file, LATER) == frozenset()
    with pytest.raises(ValidationError, match="Yang ikut memeriksa tidak boleh memutuskan"):
        decisions.refuse(application=file, reasons=["red_zone"], by=signer(KEY), at=LATER)
    day = localdate(LATER)
    decisions.grant(application=file, valid_from=day, valid_until=day + timedelta(days=30), by=signer(), at=LATER)


def test_who_upheld_a_refusal_does_not_answer_the_next_objection() -> None:
    file = application(state="refused")
    file = object_to_decision(application=file, reason="Lapak saya bukan di zona merah.", by=helper(), at=LATER)
    decisions.uphold(application=file, note="Tetap.", by=signer(KEY), at=LATER)
    file = Application.objects.get(pk=file.pk)
    file = object_to_decision(application=file, reason="Ini petanya.", by=helper(), at=LATER)
    with pytest.raises(ValidationError, match="Yang ikut memeriksa tidak boleh memutuskan"):
        decisions.uphold(application=file, note="Tetap.", by=signer(KEY), at=LATER)
    assert {"uphold", "overturn"} <= may_decide(signer(KEY + 1), file, LATER)
