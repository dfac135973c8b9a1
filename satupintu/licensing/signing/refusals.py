"""What keeps a paper from being signed. Each message is a sentence to show: what, why, what to do next."""

from __future__ import annotations


class NotSigned(Exception):
    """The paper was not signed."""


class Refused(NotSigned):
    """For certain nothing was signed; it may be tried again when the reason is gone."""


class Unclear(NotSigned):
    """The service was asked and gave no answer that can be read: it may have signed. Never try again unseen."""


class AlreadyAsked(NotSigned):
    """This paper was signed before, or was asked for and the answer is not known."""


class UnusableAuthority(NotSigned):
    """The deployment's own certificates cannot be used."""
