"""`satupintu serve`, `worker` and `migrate`: the house running."""

import os
import shutil
import socket
from contextlib import nullcontext

import click

from satupintu.config import deployment
from satupintu.config.cli.start import start_django


@click.command()
@click.option("--host", envvar="WEB_HOST", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", envvar="WEB_PORT", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", envvar="WEB_WORKERS", default=2, show_default=True, type=click.IntRange(1))
@click.option("--threads", envvar="WEB_THREADS", default=4, show_default=True, type=click.IntRange(1))
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the house in the foreground; Ctrl+C stops it.

    \b
    satupintu serve
    satupintu serve --host 0.0.0.0 --port 8080 --workers 4
    """
    _refuse_taken_port(host, port)
    _share_metrics_between_workers()
    start_django()
    _refuse_old_database()
    _collect_static_files()
    click.echo(f"SatuPintu: http://{host}:{port}", err=True)
    _run_server(host, port, workers, threads)


@click.command()
@click.option("--once", is_flag=True, help="Do what is waiting, then stop.")
def worker(once: bool) -> None:
    """Do background work, deliver messages, keep house at night; several may run beside each other on PostgreSQL.

    \b
    satupintu worker
    satupintu worker --once
    """
    start_django()
    from django.core.management import call_command

    from satupintu.config import housekeeping
    from satupintu.messages.delivery import deliver_due, delivering

    if once:
        housekeeping.ask()
    with nullcontext() if once else delivering(), nullcontext() if once else housekeeping.asking():
        call_command("db_worker", queue_name="*", batch=once, startup_delay=not once, reload=False)
    if once:
        deliver_due()


@click.command()
def migrate() -> None:
    """Bring the database to the shape of this release; safe to repeat.

    \b
    satupintu migrate
    DATABASE_URL=postgres://satupintu@localhost/satupintu satupintu migrate
    """
    start_django()
    from django.core.management import call_command

    call_command("migrate", interactive=False)


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"cannot listen on {host}:{port} ({error.strerror}); choose another --host or --port."
            ) from error


def _share_metrics_between_workers() -> None:
    """Give the workers one folder for their figures, emptied so that a restart counts from zero."""
    folder = deployment.home() / "run" / f"metrics-{os.getpid()}"
    for old in folder.parent.glob("metrics-*"):
        if not _alive(int(old.name.partition("-")[2])):
            shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _refuse_old_database() -> None:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["default"])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connections.close_all()  # the workers are forked and must not share a connection
    if waiting:
        raise click.ClickException(
            f"the database lacks {len(waiting)} changes of this release; run `satupintu migrate` first."
        )


def _collect_static_files() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _run_server(host: str, port: int, workers: int, threads: int) -> None:
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.server import Server

    log = {
        "formatters": settings.LOGGING["formatters"],
        "filters": settings.LOGGING["filters"],
        "handlers": settings.LOGGING["handlers"],
        "loggers": {"_granian": {"handlers": ["stdout"], "level": "INFO", "propagate": False}},
    }
    Server(
        settings.WSGI_APPLICATION.replace(".application", ":application"),
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        respawn_failed_workers=True,
        log_dictconfig=log,
    ).serve()
