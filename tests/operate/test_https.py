"""Behind a proxy that speaks HTTPS, as docs/operate.md sets it up."""

import json

from tests.deployment import Deployment

ASK = """
import json
from django.test import Client
client = Client()
https = {"X-Forwarded-Proto": "https"}
def seen(response):
    return {
        "status": response.status_code,
        "to": response.get("Location"),
        "hsts": response.get("Strict-Transport-Security"),
        "cookies": {n: [bool(c["secure"]), bool(c["httponly"]), c["samesite"]] for n, c in response.cookies.items()},
    }
print(json.dumps({
    "http": seen(client.get("/api/v1/facts")),
    "https": seen(client.get("/api/v1/facts", headers=https)),
    "probe": seen(client.get("/healthz")),
    "language": seen(client.get("/bahasa/en/", headers=https)),
    "metrics": seen(client.get("/metrics")),
}))
"""


def ask(house: Deployment, **environment: str) -> dict[str, dict[str, object]]:
    """What the house answers with these settings."""
    settings = Deployment(house.home, house.database, {**house.environment, "LOG_LEVEL": "ERROR", **environment})
    answers: dict[str, dict[str, object]] = json.loads(settings.python(ASK))
    return answers


def test_behind_https_everything_but_the_probes_goes_over_https(deployment: Deployment) -> None:
    answers = ask(deployment, BEHIND_HTTPS="1", ALLOWED_HOSTS="testserver")
    assert (answers["http"]["status"], answers["http"]["to"]) == (301, "https://testserver/api/v1/facts")
    assert (answers["https"]["status"], answers["https"]["hsts"]) == (200, "max-age=31536000")
    assert answers["probe"]["status"] == 200
    assert answers["metrics"]["status"] == 403
    cookies = answers["language"]["cookies"]
    assert cookies == {"bahasa": [True, True, "Lax"]}


def test_without_https_the_house_works_on_one_machine(deployment: Deployment) -> None:
    answers = ask(deployment, ALLOWED_HOSTS="testserver")
    assert (answers["http"]["status"], answers["http"]["hsts"]) == (200, None)
    assert answers["metrics"]["status"] == 200
    assert answers["language"]["cookies"] == {"bahasa": [False, True, "Lax"]}
