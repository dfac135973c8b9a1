"""E-mail by SMTP. A server that does not answer the end of a message leaves open whether it took it."""

import hashlib
import smtplib
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from satupintu.messages import rules

SAME_KEY_IS_SENT_ONCE = False


def send(parcel: rules.Parcel, at: datetime) -> rules.Answer:
    """Hand the message to the mail server. Not reached: later. Refused: as its code says. Broken off: unknown."""
    number = _message_id(parcel.key)
    letter = EmailMessage(
        parcel.subject, parcel.text, to=[parcel.to], headers={"Message-ID": number, "Auto-Submitted": "auto-generated"}
    )
    connection = get_connection()
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        return rules.Answer(rules.LATER, _words(error))
    try:
        connection.send_messages([letter])
    except smtplib.SMTPRecipientsRefused as error:
        [(code, words)] = error.recipients.values()
        return rules.Answer(rules.smtp_meaning(code), _told(code, words))
    except smtplib.SMTPResponseException as error:
        return rules.Answer(rules.smtp_meaning(error.smtp_code), _told(error.smtp_code, error.smtp_error))
    except (smtplib.SMTPException, OSError) as error:
        return rules.Answer(rules.UNKNOWN, _words(error))
    finally:
        _close(connection)
    return rules.Answer(rules.ACCEPTED, "SMTP 250", number)


def _close(connection: BaseEmailBackend) -> None:
    """Part from the server; what happens while parting says nothing about the message."""
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        return


def _message_id(key: str) -> str:
    """The same for every try, so that a mailbox can recognise a second copy."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "satupintu"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def _told(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return rules.short_words(f"SMTP {code} {text}")


def _words(error: Exception) -> str:
    return rules.short_words(f"{type(error).__name__}: {error}")
