"""The house served for real, by the command an operator uses."""

from urllib.request import urlopen


def test_healthz_is_answered_by_the_real_server(site: str) -> None:
    with urlopen(f"{site}/healthz", timeout=5) as answer:
        assert answer.status == 200
        assert answer.read() == b'{"status": "ok"}'
