"""`maskwright …`: the command line.

Commands import what they run inside themselves, because the supervisor, which stays in memory,
needs none of it, and a command line that answers at once is used more.
"""
# ruff: noqa: PLC0415 - see above

import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from maskwright.settings import Settings

_SECRET_KEY_LENGTH = 32

app = typer.Typer(
    help="Maskwright: make image-segmentation masks as a team.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
tokens = typer.Typer(help="API tokens for scripts.", no_args_is_help=True)
app.add_typer(tokens, name="tokens")


@app.command()
def up(
    dev: Annotated[
        bool, typer.Option(help="Reload API and pages when their code changes.")
    ] = False,
) -> None:
    """Start everything on this machine: servers, API and worker, under one supervisor."""
    from maskwright.launcher.errors import LaunchError
    from maskwright.launcher.up import up as start

    try:
        start(_settings(), dev=dev)
    except LaunchError as error:
        _fail(str(error))
    except OSError as error:  # a file of ours that we may not touch, a full disk
        _fail(f"{error.filename or 'The system'}: {error.strerror or error}.")


@app.command()
def api(
    listener_fd: Annotated[int | None, typer.Option(hidden=True)] = None,
    gate_fd: Annotated[int | None, typer.Option(hidden=True)] = None,
    reload: Annotated[bool, typer.Option(help="Start anew when the code changes.")] = False,
) -> None:
    """Serve the API and the pages at MASKWRIGHT_HOST and MASKWRIGHT_PORT."""
    from maskwright.launcher.api import serve

    serve(_serving_settings(), listener_fd=listener_fd, gate_fd=gate_fd, reload=reload)


@app.command()
def worker(
    concurrency: Annotated[int, typer.Option(help="How many jobs at a time.")] = 2,
    queues: Annotated[str, typer.Option(help="From which queues.")] = "default,images,exports",
    nice: Annotated[int, typer.Option(help="How far to step back for others.")] = 10,
) -> None:
    """Run background jobs: renditions, exports, sweeps."""
    import warnings

    _serving_settings()
    from celery.__main__ import main as celery
    from celery.platforms import SecurityWarning

    # People wait for the API, on the same cores; nobody waits for these.
    os.nice(nice)
    # Celery warns root because of pickled jobs; ours are JSON only.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    sys.argv = [
        *("celery", "--quiet", "-A", "maskwright_workers.celery_app", "worker"),
        *("--concurrency", str(concurrency), "--queues", queues),
        *("--without-gossip", "--without-mingle", "--loglevel", "INFO"),
    ]
    celery()


@app.command()
def setup(gate_fd: Annotated[int | None, typer.Option(hidden=True)] = None) -> None:
    """Migrate, and make what a new installation needs: its first administrator, and the demo."""
    from sqlalchemy.exc import OperationalError

    from maskwright.launcher.gate import wait_at
    from maskwright.launcher.setup import run

    settings = _settings()
    if gate_fd is not None:
        wait_at(gate_fd)
    try:
        run(settings)
    except OperationalError as error:
        reason = " ".join(str(error.orig).split())
        _fail(f"PostgreSQL at DATABASE_URL can't be used: {reason}")


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from maskwright.db.migrations import upgrade_to_head

    upgrade_to_head(_running_settings().database.sqlalchemy_url)


@app.command()
def seed(
    email: Annotated[str, typer.Option(help="A member of the organisation that gets the demo.")],
) -> None:
    """Make the demo project and its people; what of it is there stays as it is."""
    from maskwright.accounts.errors import AccountNotFound
    from maskwright.accounts.service import actor_of_email
    from maskwright.launcher.setup import leave_demo_notes, seed_demo
    from maskwright.resources import open_resources

    settings = _running_settings()
    resources = open_resources(settings)
    try:
        with resources.database.open_session() as session:
            member = actor_of_email(session, email)
        seed_demo(resources, member)
    except AccountNotFound:
        _fail(f"Nobody here has the e-mail {email}.")
    finally:
        resources.close()
    leave_demo_notes(settings)


@app.command()
def admin(
    email: Annotated[str, typer.Option(help="The e-mail that he signs in with.")],
    organization: Annotated[str, typer.Option(help="The new organisation's name.")],
) -> None:
    """Make the first administrator and his organisation; prints his password once."""
    from maskwright.accounts import service

    with _session() as (session, settings):
        created = service.create_first_administrator(
            session, settings, email=email, organization_name=organization
        )
        if created is None:
            _fail("There is an organisation already: its owner invites further people.")
    print(f"{created.email}\n{created.password}")


@tokens.command("create")
def create_token(
    email: Annotated[str, typer.Option(help="Whose token it is; it can't do more than he may.")],
    name: Annotated[str, typer.Option(help="What it is for.")],
    scopes: Annotated[
        str, typer.Option(help="What it may do: read,label,write,export,admin.")
    ] = "read,label,write,export,admin",
) -> None:
    """Print a fresh API token. It is shown once and kept nowhere."""
    from maskwright.accounts import service
    from maskwright.accounts.domain import Scope
    from maskwright.accounts.errors import AccountNotFound

    try:
        wanted = [Scope(word.strip()) for word in scopes.split(",")]
    except ValueError as error:
        _fail(f"{error}; the scopes are {', '.join(Scope)}.")
    with _session() as (session, _):
        try:
            token = service.create_token_for_email(session, email=email, name=name, scopes=wanted)
        except AccountNotFound:
            _fail(f"Nobody here has the e-mail {email}.")
    print(token)


@app.command()
def simulate_queue(
    people: Annotated[int, typer.Option(min=1, help="How many labelers.")] = 50,
    images: Annotated[int, typer.Option(min=1, help="How many images.")] = 10_000,
    spread: Annotated[
        float, typer.Option(min=1, help="How much faster the fastest is than the slowest.")
    ] = 20,
    seconds: Annotated[
        float, typer.Option(min=0.1, help="How long an image takes somebody in the middle.")
    ] = 60,
    seed: Annotated[int, typer.Option(help="Another crowd of the same kind.")] = 1,
    out: Annotated[Path, typer.Option(help="Where the plot goes.")] = Path("simulation.svg"),
) -> None:
    """Hand out images to a simulated crowd, on servers of its own; prints and plots how it went."""
    from maskwright.launcher.errors import LaunchError
    from maskwright.simulation.command import simulate, table
    from maskwright.simulation.crowd import Crowd

    crowd = Crowd.of(people=people, images=images, spread=spread, mean_seconds=seconds, seed=seed)
    try:
        outcomes = simulate(crowd, file=out, settings=_settings())
    except LaunchError as error:
        _fail(str(error))
    print(table(outcomes, crowd.fluid_bound_seconds))
    print(f"\nThe plot is in {out}.")


@app.command()
def openapi() -> None:
    """Print the API's OpenAPI document."""
    from maskwright.main import create_app

    print(json.dumps(create_app().openapi(), indent=2, ensure_ascii=False))


def _serving_settings() -> "Settings":
    """The settings, if they are fit to serve people with."""
    settings = _settings()
    key = settings.security.secret_key.get_secret_value()
    if settings.security.environment == "production" and len(key) < _SECRET_KEY_LENGTH:
        _fail(
            f"MASKWRIGHT_SECRET_KEY must hold at least {_SECRET_KEY_LENGTH} characters that "
            "nobody can guess; `openssl rand -base64 48` prints some."
        )
    return settings


def _running_settings() -> "Settings":
    """The settings of the Maskwright that runs here, embedded or not."""
    from maskwright.launcher.errors import LaunchError
    from maskwright.launcher.running import reach_running

    try:
        return reach_running(_settings())
    except LaunchError as error:
        _fail(str(error))


@contextmanager
def _session() -> "Iterator[tuple[Session, Settings]]":
    """A session that is committed at the end."""
    from maskwright.db.session import Database
    from maskwright.db.tables import all_tables

    all_tables()
    settings = _running_settings()
    database = Database(settings.database)
    with database.open_session() as session, session.begin():
        yield session, settings
    database.close()


def _settings() -> "Settings":
    """What the environment says; a value that can't be understood is one sentence."""
    from pydantic import ValidationError

    from maskwright import settings

    try:
        return settings.Settings()
    except ValidationError as error:
        first = error.errors()[0]
        group, field = getattr(settings, error.title), str(first["loc"][-1])
        # A field with a name of its own in the environment is told by that name.
        name = field if field.isupper() else f"{group.model_config['env_prefix']}{field}".upper()
        if first["type"] == "value_error":  # ours; the value may hold a password
            _fail(f"{name} {first['ctx']['error']}.")
        _fail(f"{name} can't be {first['input']!r}: {first['msg']}.")


def _fail(sentence: str) -> NoReturn:
    from maskwright.launcher.notes import OWN_PREFIX

    print(f"{OWN_PREFIX}{sentence}", file=sys.stderr)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
