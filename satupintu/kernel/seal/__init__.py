"""Certificates that anyone can check: a signed note of a few claims, small enough for a QR and readable offline.

`cbor` and `envelope` are the form (RFC 8949, RFC 9052), `keys` who may sign when, `certificates` what is said,
`revocations` what no longer holds, `links` the way through a QR, `typed_codes` the seven characters for whoever
types, and `verdicts` the one question: is it valid? Decision 18 says why it is so.

Nothing here looks at a clock, a file or chance: keys and days are given.
"""
