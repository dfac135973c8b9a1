"""Technical recommendations: asked of another office, answered by a verifier of that office."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.audit.rules import Actor
from satupintu.licensing.actions.claims import _free
from satupintu.licensing.actions.moves import _locked, make_move
from satupintu.licensing.models import Application, Recommendation
from satupintu.licensing.queries.recommendations import advising_offices
from satupintu.licensing.queries.visible import advises_on

LONGEST_QUESTION, LONGEST_ANSWER = 250, 2000


@guarded
@transaction.atomic
def seek_recommendation(
    *, application: Application, office: str, question: str, revision: int | None = None, by: Actor, at: datetime
) -> Recommendation:
    """Ask another office for its technical recommendation; the clock goes on, for the applicant waits for nothing.

    Raises Stale, Held, NotAllowed, ValidationError for the file's own office, an unknown one, or no question.
    """
    application = _free(_locked(application, by, at), by, at)
    asked = " ".join(question.split())
    if office not in dict(advising_offices(application)):
        raise ValidationError({"office": _("Pilih kantor lain dari daftar.")})
    if not asked or len(asked) > LONGEST_QUESTION:
        told = _("Tulis apa yang ditanyakan, paling banyak %(most)d huruf.")
        raise ValidationError({"question": told % {"most": LONGEST_QUESTION}})
    make_move(
        application=application, move="seek_recommendation", revision=revision, values={"office": office}, by=by, at=at
    )
    # One that waited while the applicant was asked something is asked anew: two would wait for ever.
    found = application.recommendations.filter(made_at=None).last() or Recommendation(application=application)
    found.office, found.question, found.asked_by, found.asked_at = office, asked, by.ref, at
    found.save()
    return found


@guarded
@transaction.atomic
def recommend(
    *,
    application: Application,
    favourable: bool,
    answer: str,
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> Recommendation:
    """Answer for one's office what was asked of it; the file goes back to its own office.

    Only a verifier of the office asked may. Raises Stale, NotAllowed, ValidationError without words.
    """
    application, told = _locked(application, by, at, acting=False), answer.strip()
    if not advises_on(by, application):
        raise NotAllowed(application.reference)
    if not told or len(told) > LONGEST_ANSWER:
        message = _("Tulis pendapat kantor, paling banyak %(most)d huruf.") % {"most": LONGEST_ANSWER}
        raise ValidationError({"answer": message})
    asked = application.recommendations.filter(office=by.office, made_at=None).latest("asked_at")
    asked.favourable, asked.answer = favourable, told
    asked.made_by, asked.made_by_name, asked.made_at = by.ref, by.name, at
    asked.save(update_fields=["favourable", "answer", "made_by", "made_by_name", "made_at"])
    values = {"office": by.office, "favourable": favourable}
    make_move(application=application, move="recommend", revision=revision, values=values, by=by, at=at)
    return asked
