"""Lighthouse scores and times of the vendor's pages, median of three runs, from the real server.

    .venv/bin/python bench/lighthouse/run.py            print
    .venv/bin/python bench/lighthouse/run.py --write    and write docs/reference/lighthouse.md

Simulated phone as Lighthouse's mobile default: 150 ms round trip, 1.6 Mbit/s, processor slowed 4 times.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RUNS = 3
CILOK = "jual=cilok&kbli=2020-56104&place=cart&fixed_spot=yes&zone=unknown&sales=250000000&extras=1"
PAGES = {
    "home": "/",
    "question": "/cek-izin/?jual=cilok&kbli=2020-56104",
    "plan": f"/cek-izin/hasil/?{CILOK}",
    "questions": "/tanya/",
}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
FLAGS += " --disable-component-update --disable-sync"
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100}
TIMES = {"LCP ms": "largest-contentful-paint", "FCP ms": "first-contentful-paint", "TBT ms": "total-blocking-time",
         "CLS": "cumulative-layout-shift", "bytes": "total-byte-weight"}  # fmt: skip


def install() -> Path:
    """Put the pinned Lighthouse beside this file unless it is there; returns its command."""
    command = HERE / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        if shutil.which("npm") is None:
            sys.exit("npm is missing. On Debian or Ubuntu: apt-get install npm")
        subprocess.run(["npm", "ci", "--silent", "--prefix", str(HERE)], check=True, cwd=HERE)
    return command


def score(command: Path, address: str) -> dict[str, float]:
    """One run over one page: scores in percent and the times."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or "/usr/bin/chromium"}
        options = ["--quiet", "--output=json", f"--output-path={out}", f"--chrome-flags={FLAGS}"]
        only = "--only-categories=performance,accessibility,best-practices"
        subprocess.run([str(command), address, *options, only], check=True, env=environment)
        report = json.loads(out.read_text())
    scores = {name: round(report["categories"][name]["score"] * 100) for name in GOALS}
    return scores | {name: report["audits"][audit]["numericValue"] for name, audit in TIMES.items()}


def serve(home: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start the real server on a free port with a new deployment; returns it and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"SATUPINTU_HOME": str(home)}
    satupintu = str(ROOT / ".venv" / "bin" / "satupintu")
    subprocess.run([satupintu, "migrate"], check=True, env=environment, capture_output=True)
    log = (home / "log").open("wb")
    server = subprocess.Popen([satupintu, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=1)  # noqa: S310  our own loopback address
            return server, address
        except OSError:
            time.sleep(0.2)
    server.kill()
    sys.exit(f"the server did not start: {(home / 'log').read_text()[-500:]}")


def table(medians: dict[str, dict[str, float]]) -> str:
    """The medians as a Markdown table."""
    head = [*GOALS, *TIMES]
    lines = ["| page | " + " | ".join(head) + " |", "|---" * (len(head) + 1) + "|"]
    for page, values in medians.items():
        lines.append(
            f"| {page} | "
            + " | ".join(f"{values[name]:.3g}" if name == "CLS" else f"{values[name]:.0f}" for name in head)
            + " |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure every page three times, print the medians, and say which goal is missed."""
    command = install()
    with tempfile.TemporaryDirectory() as folder:
        server, address = serve(Path(folder))
        try:
            runs = {page: [score(command, address + path) for _ in range(RUNS)] for page, path in PAGES.items()}
        finally:
            server.terminate()
            server.wait()
    medians = {page: {name: median(run[name] for run in made) for name in made[0]} for page, made in runs.items()}
    print(table(medians))
    missed = [f"{page}: {name} {values[name]:.0f} < {goal}" for page, values in medians.items()
              for name, goal in GOALS.items() if values[name] < goal]  # fmt: skip
    print("All goals met." if not missed else "Missed: " + "; ".join(missed))
    if "--write" in sys.argv:
        goals = ", ".join(f"{name} {goal}" for name, goal in GOALS.items())
        intro = f"Measured {date.today().isoformat()} by `bench/lighthouse/run.py`: version 13.5.0, simulated phone,"
        rest = f"median of {RUNS} runs each, the real server on loopback. Goals: {goals}."
        text = f"# Lighthouse\n\n{intro}\n{rest}\n\n{table(medians)}\n"
        (ROOT / "docs" / "reference" / "lighthouse.md").write_text(text)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
