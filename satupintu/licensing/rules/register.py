"""Which papers the public register shows as what, and the columns of its open data. Pure."""

from __future__ import annotations

from datetime import date

HOLDS, LATER, SUSPENDED, REVOKED, EXPIRED = STATES = ("holds", "later", "suspended", "revoked", "expired")
# What one may look at: papers that hold, those that do not for now, those that ended, all of them.
STANDINGS = (HOLDS, SUSPENDED, "ended", "all")

# The columns of the open data in their order; what each means stands on the page beside the files.
COLUMNS = (
    "nomor",
    "surat",
    "nama_surat",
    "kbli_versi",
    "kbli",
    "nama_kbli",
    "pasar",
    "kode_wilayah",
    "kelurahan",
    "terbit",
    "berlaku_dari",
    "berlaku_sampai",
    "status",
)


def state_on(status: str, valid_from: date, valid_until: date | None, day: date) -> str:
    """What a paper is on a day: taken back, past its last day, suspended, not begun, or holding; the gravest is said.

    ``status`` is as it was written; a paper past its last day has ended although nobody wrote that yet.

    >>> state_on("active", date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    'expired'
    """
    if status == REVOKED:
        return REVOKED
    if status == EXPIRED or (valid_until is not None and day > valid_until):
        return EXPIRED
    if status == SUSPENDED:
        return SUSPENDED
    return LATER if day < valid_from else HOLDS
