"""What makes a usable account name. Pure."""

import re

DEMO_ACCOUNTS = {f"pedagang-{n:02}": f"Pedagang {n:02}" for n in range(1, 4)}
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,149}")


def username_problem(username: str) -> str | None:
    """What is wrong with `username` in one Indonesian sentence, or None when it is fine.

    3 to 150 lower-case letters, digits, dots, dashes: the same on a paper card, a phone and in a URL.
    """
    if _USERNAME.fullmatch(username):
        return None
    return "Nama akun berisi 3 sampai 150 huruf kecil, angka, titik, atau tanda hubung. Periksa lalu isi lagi."
