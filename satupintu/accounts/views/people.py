"""People who may sign in, for administrators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.accounts import actions, queries
from satupintu.accounts.forms import ROLE_LABELS, ReasonForm, RoleForm, UserForm, add_refusal, posted
from satupintu.accounts.gate import signed_in

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, found by name, account name or office."""
    _, actor = signed_in(request)
    text = request.GET.get("cari", "").strip()[:80]
    number = request.GET.get("hal", "1")
    found = queries.found_users(actor, text, int(number) if number.isascii() and number.isdigit() else 1)
    rows = [{"user": person, "role": ROLE_LABELS[person.role]} for person in found.page]
    return render(request, "accounts/users.html", {"rows": rows, "found": found, "text": text})


@never_cache
@form_page
def user_new(request: HttpRequest) -> HttpResponse:
    """Write a new member of staff and show their first password, once."""
    _, actor = signed_in(request)
    form = UserForm(posted(request), offices=queries.offices(actor))
    if request.method == "POST" and form.is_valid():
        try:
            person, password = actions.create_staff(**form.cleaned_data, by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return render(request, "accounts/user_new_password.html", {"person": person, "password": password})
    return render(request, "accounts/user_new.html", {"form": form})


@never_cache
@require_safe
def user(request: HttpRequest, user_id: int) -> HttpResponse:
    """One person: role, office, sign-ins, and what an administrator may do about them."""
    return _person_page(request, user_id, None)


@form_page
def user_role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody another role or office."""
    _, actor = signed_in(request)
    person = queries.user_for(actor, user_id)
    start = {"role": person.role, "office": person.office}
    form = RoleForm(posted(request), initial=start, offices=queries.offices(actor))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_role(user=person, **form.cleaned_data, by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("accounts:user", person.pk)
    return render(request, "accounts/user_role.html", {"form": form, "person": person})


@require_POST
def user_deactivate(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close an account."""
    return _with_reason(request, user_id, actions.deactivate_user)


@require_POST
def user_reactivate(request: HttpRequest, user_id: int) -> HttpResponse:
    """Open a closed account again."""
    return _with_reason(request, user_id, actions.reactivate_user)


@require_POST
def user_reset_second_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take away a lost authenticator."""
    return _with_reason(request, user_id, actions.reset_second_factor)


@never_cache
@require_POST
def user_new_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody a password for the next sign-in and show it, once."""
    _, actor = signed_in(request)
    person = queries.user_for(actor, user_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _person_page(request, user_id, form)
    try:
        password = actions.give_new_password(user=person, **form.cleaned_data, by=actor, at=timezone.now())
    except ValidationError as refused:
        add_refusal(form, refused)
        return _person_page(request, user_id, form)
    return render(request, "accounts/user_new_password.html", {"person": person, "password": password})


@require_POST
def user_end_sessions(request: HttpRequest, user_id: int) -> HttpResponse:
    """Sign somebody out everywhere."""
    _, actor = signed_in(request)
    person = queries.user_for(actor, user_id)
    actions.end_sessions(user_id=person.pk, by=actor, at=timezone.now())
    return redirect("accounts:user", person.pk)


def _with_reason(request: HttpRequest, user_id: int, action: Callable[..., Any]) -> HttpResponse:
    """Do one thing to somebody's account, with the reason for the record; say what is wrong on the same page."""
    _, actor = signed_in(request)
    person = queries.user_for(actor, user_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            action(user=person, **form.cleaned_data, by=actor, at=timezone.now())
            return redirect("accounts:user", person.pk)
        except ValidationError as refused:
            add_refusal(form, refused)
    return _person_page(request, user_id, form)


def _person_page(request: HttpRequest, user_id: int, form: ReasonForm | None) -> HttpResponse:
    _, actor = signed_in(request)
    person = queries.user_for(actor, user_id)
    context = {
        "person": person,
        "role": ROLE_LABELS[person.role],
        "sessions": queries.sessions_of(person.pk, "", timezone.now()),
        "form": form or ReasonForm(),
        "oneself": actor.ref == f"user:{person.pk}",
    }
    return render(request, "accounts/user.html", context)
