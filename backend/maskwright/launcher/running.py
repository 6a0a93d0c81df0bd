"""Finds the embedded servers of a Maskwright that runs on this machine, for commands beside it."""

from pydantic import SecretStr

from maskwright.launcher.errors import LaunchError
from maskwright.launcher.home_parts import SECRET_KEY_FILE
from maskwright.launcher.postgres_server import PostgresServer
from maskwright.launcher.redis_server import RedisServer
from maskwright.settings import Settings


def reach_running(settings: Settings) -> Settings:
    """The settings, with the addresses of the embedded servers where none are set.

    Raises LaunchError where they don't run.
    """
    home = settings.home.expanduser().absolute()
    database = settings.database.url or PostgresServer.running_url(home / "postgres")
    redis = settings.redis.url or RedisServer.running_url(home / "redis")
    if not database or not redis:
        raise LaunchError(
            f"No Maskwright runs on the data folder {home}: start it with `make up`, or set "
            "MASKWRIGHT_HOME, or DATABASE_URL and REDIS_URL."
        )
    security = settings.security
    key_file = home / SECRET_KEY_FILE
    if not security.secret_key.get_secret_value() and key_file.exists():
        key = SecretStr(key_file.read_text().strip())
        security = security.model_copy(update={"secret_key": key})
    return settings.model_copy(
        update={
            "home": home,
            "security": security,
            "database": settings.database.model_copy(update={"url": database}),
            "redis": settings.redis.model_copy(update={"url": redis}),
        }
    )
