"""`maskwright …`: the command line.

Commands import what they run inside themselves, because the supervisor, which stays in memory,
needs none of it, and a command line that answers at once is used more.
"""
# ruff: noqa: PLC0415 - see above

import json
import sys
from typing import Annotated

import typer

app = typer.Typer(
    help="Maskwright: make image-segmentation masks as a team.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def up(
    dev: Annotated[
        bool, typer.Option(help="Reload API and pages when their code changes.")
    ] = False,
) -> None:
    """Start everything on this machine: servers, API and worker, under one supervisor."""
    from maskwright.launcher.errors import LaunchError
    from maskwright.launcher.up import up as start
    from maskwright.settings import Settings

    try:
        start(Settings(), dev=dev)
    except LaunchError as error:
        print(f"maskwright: {error}", file=sys.stderr)
        raise typer.Exit(1) from error


@app.command()
def api(
    listener_fd: Annotated[int | None, typer.Option(hidden=True)] = None,
    reload: Annotated[bool, typer.Option(help="Start anew when the code changes.")] = False,
) -> None:
    """Serve the API and the pages at MASKWRIGHT_HOST and MASKWRIGHT_PORT."""
    from maskwright.launcher.api import serve
    from maskwright.settings import Settings

    serve(Settings(), listener_fd=listener_fd, reload=reload)


@app.command()
def worker(
    concurrency: Annotated[int, typer.Option(help="How many jobs at a time.")] = 2,
    queues: Annotated[str, typer.Option(help="From which queues.")] = "default,images,exports",
) -> None:
    """Run background jobs: renditions, exports, sweeps."""
    from celery.__main__ import main as celery

    sys.argv = [
        *("celery", "-A", "maskwright_workers.celery_app", "worker"),
        *("--concurrency", str(concurrency), "--queues", queues),
        *("--without-gossip", "--without-mingle", "--loglevel", "INFO"),
    ]
    celery()


@app.command()
def setup() -> None:
    """Migrate, and make what a new installation needs: its first administrator, and the demo."""
    from maskwright.launcher.setup import run
    from maskwright.settings import Settings

    run(Settings())


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from maskwright.db.migrations import upgrade_to_head
    from maskwright.settings import Settings

    upgrade_to_head(Settings().database.sqlalchemy_url)


@app.command()
def openapi() -> None:
    """Print the API's OpenAPI document."""
    from maskwright.main import create_app

    print(json.dumps(create_app().openapi(), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    app()
