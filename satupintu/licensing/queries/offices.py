"""Which office a file goes to."""

from __future__ import annotations

from satupintu.accounts.models import Office
from satupintu.licensing.rules.serving import Service

ONE_DOOR = "dpmptsp"
KECAMATAN = 8  # signs of a region code down to the kecamatan


def office_for(service: Service, region: str) -> str | None:
    """The code of the office that answers for a service in a region; None if none of them is known here.

    The service's own office; else that of its kind for the region; else the kecamatan's, which helps with papers of
    others (PP 7/2021 art. 40); else the one-door office.
    """
    wanted = [{"code": service.office}] if service.office else []
    if service.office_kind:
        wanted.append({"kind": service.office_kind, "area": region})
    if service.office_kind or not service.here:
        wanted.append({"kind": "kecamatan", "area": region[:KECAMATAN]})
    for named in (*wanted, {"kind": ONE_DOOR}):
        found = Office.objects.filter(**named).order_by("code").values_list("code", flat=True).first()
        if found is not None:
            return str(found)
    return None
