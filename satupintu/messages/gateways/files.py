"""Nothing leaves: the message is written to ``outbox/`` in the deployment's folder. For a demo and for trying."""

import hashlib
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from satupintu.messages.rules import ACCEPTED, Answer, Parcel

SAME_KEY_IS_SENT_ONCE = True  # the same key is the same file


def send(parcel: Parcel, at: datetime) -> Answer:
    """Write the message to a file that only its owner may read; ``provider_id`` is the file's name."""
    path = _path(parcel.key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    head = (at.isoformat(), parcel.key, f"{parcel.channel} {parcel.to}", parcel.subject)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join([*filter(None, head), "", parcel.text, ""]))
    return Answer(ACCEPTED, "Ditulis ke berkas, tidak dikirim keluar", path.name)


def remove(key: str) -> None:
    """Remove the file of a message, if there is one."""
    _path(key).unlink(missing_ok=True)


def _path(key: str) -> Path:
    return Path(settings.SATUPINTU_HOME) / "outbox" / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.txt"
