"""The kept plan: next step first, one paper at a time, ticked, undone, helped with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.accounts.forms import add_refusal, posted
from satupintu.accounts.gate import may_open, signed_in
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.forms import Answers, read_answers
from satupintu.desk.forms import HeldForm
from satupintu.desk.views.barriers import onward
from satupintu.licensing.queries import applying
from satupintu.registry import actions
from satupintu.registry.queries import plans, visible
from satupintu.web.formats import date_long

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def my_plan(request: HttpRequest) -> HttpResponse:
    """The newest plan of the vendor who is signed in, or how to get one."""
    person = plans.person_of(signed_in(request)[1])
    kept = plans.plan_of(person) if person else None
    if kept is None:
        return render(request, "desk/my_plan.html", {"person": person, "is_own": True})
    return _plan(request, kept)


@never_cache
@require_safe
def kept_plan(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One kept plan, for the vendor and for staff of the area."""
    return _plan(request, _asked_plan(request, ref))


@never_cache
@form_page
def keep_plan(request: HttpRequest) -> HttpResponse:
    """Keep the finder's answers as one's own plan; asks for which business when that is not clear."""
    actor = signed_in(request)[1]
    answers = read_answers(catalogue.catalogue(), request.GET)
    person = plans.person_of(actor)
    if person is None:
        return redirect("desk:my-plan")
    if request.method != "POST":
        return redirect(f"{reverse('catalogue:plan')}?{answers.address()}")
    choices = plans.businesses_to_keep_for(person, answers.values)
    chosen = request.POST.get("usaha", choices.sure)
    if chosen is None:
        return render(request, "desk/keep_plan.html", {"choices": choices.businesses, "address": answers.address()})
    try:
        kept = actions.keep_plan(
            person=person,
            answers=answers.values,
            business=choices.business(chosen),
            by=actor,
            at=timezone.now(),
        )
    except ValidationError as refused:
        context = {"address": answers.address(), "refused": refused.messages}
        return render(request, "desk/keep_plan.html", context, status=422)
    return redirect(*onward(actor, kept))


@require_POST
def plan_refresh(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Work a plan out anew by today's law and note what changed."""
    kept = _asked_plan(request, ref)
    try:
        actions.recompute_plan(plan=kept, by=signed_in(request)[1], at=timezone.now())
    except ValidationError as refused:
        return _plan(request, kept, refused)
    return redirect("desk:kept-plan", ref=ref)


@never_cache
@require_POST
def plan_remind(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Send the next step once to whom agreed to it."""
    kept = _asked_plan(request, ref)
    link = request.build_absolute_uri(reverse("desk:my-plan"))
    at = timezone.now()
    try:
        sent = actions.remind_next_step(plan=kept, link=link, by=signed_in(request)[1], at=at)
    except ValidationError as refused:
        return _plan(request, kept, refused)
    if sent.created_at != at:
        already = _("Sudah pernah dikirim pada %(day)s. Untuk langkah ini hanya sekali.")
        return _plan(
            request,
            kept,
            ValidationError(already % {"day": date_long(localtime(sent.created_at).date(), get_language() or "id")}),
        )
    return redirect(f"{reverse('desk:kept-plan', args=[ref])}?terkirim=1")


@never_cache
@require_safe
def my_step(request: HttpRequest, ref: UUID, code: str) -> HttpResponse:
    """One paper of the plan: how to get it, done or not, and help."""
    return _step(request, _asked_plan(request, ref), code)


@require_POST
def step_tick(request: HttpRequest, ref: UUID, code: str) -> HttpResponse:
    """Tick a step, or take the tick back."""
    kept = _asked_plan(request, ref)
    action = actions.untick_step if request.POST.get("batal") else actions.tick_step
    step = request.POST.get("langkah", "done")
    try:
        action(plan=kept, paper=code, step=step, by=signed_in(request)[1], at=timezone.now())
    except ValidationError as refused:
        return _step(request, kept, code, refused=refused)
    if step == "done" and not request.POST.get("batal"):
        return redirect(f"{reverse('desk:kept-plan', args=[ref])}?selesai={code}")
    return redirect("desk:my-step", ref=ref, code=code)


@never_cache
@require_POST
def paper_held(request: HttpRequest, ref: UUID, code: str) -> HttpResponse:
    """Note the number of a paper that came; the plan moves on."""
    kept, actor = _asked_plan(request, ref), signed_in(request)[1]
    form = HeldForm(request.POST, actor=actor, person=kept.business.person)
    if not form.is_valid():
        return _step(request, kept, code, form=form)
    try:
        actions.hold_paper(plan=kept, paper=code, **form.values(), by=actor, at=timezone.now())
    except ValidationError as refused:
        add_refusal(form, refused)
        return _step(request, kept, code, form=form)
    return redirect(f"{reverse('desk:kept-plan', args=[ref])}?selesai={code}")


@require_POST
def step_help(request: HttpRequest, ref: UUID, code: str) -> HttpResponse:
    """Ask an officer for help with a paper."""
    kept = _asked_plan(request, ref)
    if not plans.step_keys(code):
        raise Http404(code)
    actions.ask_for_help(plan=kept, paper=code, by=signed_in(request)[1], at=timezone.now())
    return redirect(f"{reverse('desk:my-step', args=[ref, code])}?dibantu=1#bantuan")


def _asked_plan(request: HttpRequest, ref: UUID) -> Any:
    """The plan that is asked for; 404 for one that is not theirs or not there."""
    kept = plans.plan_for(signed_in(request)[1], ref)
    if kept is None:
        raise Http404(str(ref))
    return kept


def _plan(request: HttpRequest, kept: Any, refused: ValidationError | None = None) -> HttpResponse:
    actor = signed_in(request)[1]
    page = plans.plan_page(kept, catalogue.today())
    context = (
        page
        | _shown(actor, kept)
        | {
            "others": [plan for plan in plans.plans_of(kept.business.person) if plan.pk != kept.pk],
            "just_done": plans.title(request.GET.get("selesai", "")),
            "reminded": "terkirim" in request.GET,
            "refused": refused.messages if refused else [],
            "files": applying.running_files(actor, kept.business),
        }
    )
    return render(request, "desk/my_plan.html", context, status=422 if refused else 200)


def _step(
    request: HttpRequest,
    kept: Any,
    code: str,
    form: HeldForm | None = None,
    refused: ValidationError | None = None,
) -> HttpResponse:
    actor = signed_in(request)[1]
    page = plans.step_page(kept, code, catalogue.today())
    if page is None:
        raise Http404(code)
    form = form or HeldForm(posted(request) if refused is None else None, actor=actor, person=kept.business.person)
    if code == "nib":
        form.fields["number"].help_text = _("NIB berisi 13 angka.")
    context = (
        page
        | _shown(actor, kept)
        | {
            "form": form,
            "helped": "dibantu" in request.GET,
            "service": applying.services_on(catalogue.today()).get(code),
            "running": applying.running_files(actor, kept.business).get(code),
            "may_apply": may_open(actor, "licensing:file-new"),
            "refused": refused.messages if refused else [],
        }
    )
    return render(request, "desk/my_step.html", context, status=422 if form.errors or refused else 200)


def _shown(actor: Actor, kept: Any) -> dict[str, Any]:
    """What every page of a plan needs: whose it is, the finder's address, and what the asker may do."""
    person = kept.business.person
    return {
        "person": person,
        "is_own": actor.role == "vendor",
        "address": Answers(values=dict(kept.answers)).address(),
        "may": visible.abilities(actor),
    }
