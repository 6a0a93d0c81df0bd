"""Settings, read from the environment once, in groups. Importing this reads nothing."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_COMMON = SettingsConfigDict(extra="ignore", populate_by_name=True)


def _begins_with(*schemes: str) -> AfterValidator:
    """An address with one of these schemes, or none."""

    def check(url: str) -> str:
        if url and not url.startswith(schemes):
            raise ValueError(f"must begin with {' or '.join(schemes[:2])}")
        return url

    return AfterValidator(check)


class DatabaseSettings(BaseSettings):
    """Postgres, the truth."""

    model_config = SettingsConfigDict(env_prefix="MASKWRIGHT_DATABASE_", **_COMMON)

    url: Annotated[
        str,
        _begins_with("postgresql://", "postgres://", "postgresql+psycopg://"),
    ] = Field(default="", validation_alias=AliasChoices("DATABASE_URL", "url"))
    pool_size: int = 10
    max_overflow: int = 10
    statement_timeout_ms: int = 30_000

    @property
    def sqlalchemy_url(self) -> str:
        """The URL with psycopg 3 named as the driver."""
        scheme, separator, rest = self.url.partition("://")
        if scheme in ("postgres", "postgresql"):
            return f"postgresql+psycopg{separator}{rest}"
        return self.url

    @property
    def libpq_url(self) -> str:
        """The URL as Postgres' own library reads it: without the driver's name."""
        return self.url.replace("+psycopg://", "://", 1)


class RedisSettings(BaseSettings):
    """Redis: candidates, rates, presence, the Celery broker. All of it can be rebuilt."""

    model_config = SettingsConfigDict(env_prefix="MASKWRIGHT_REDIS_", **_COMMON)

    url: Annotated[str, _begins_with("redis://", "rediss://", "unix://")] = Field(
        default="", validation_alias=AliasChoices("REDIS_URL", "url")
    )


class StorageSettings(BaseSettings):
    """Where images and exports lie: a local folder, or an S3-compatible bucket."""

    model_config = SettingsConfigDict(env_prefix="MASKWRIGHT_STORAGE_", **_COMMON)

    kind: Literal["local", "s3"] = "local"
    folder: Path | None = None
    s3_bucket: str = ""
    s3_prefix: str = ""
    s3_region: str = "us-east-1"
    s3_endpoint: str = ""
    s3_access_key_id: str = ""
    s3_secret_access_key: SecretStr = SecretStr("")


class LimitSettings(BaseSettings):
    """What is refused before it costs memory."""

    model_config = SettingsConfigDict(env_prefix="MASKWRIGHT_LIMITS_", **_COMMON)

    file_bytes: int = 512 * 1024**2
    attachment_bytes: int = 256 * 1024**2
    image_pixels: int = 200_000_000
    upload_bytes: int = 8 * 1024**3
    upload_files: int = 10_000
    zip_entries: int = 10_000
    zip_total_bytes: int = 8 * 1024**3
    request_json_bytes: int = 64 * 1024**2
    objects_per_label: int = 10_000


class FetchSettings(BaseSettings):
    """Images that are fetched from addresses: from where, and for how long.

    hosts      commas between; `*.example.com` is all below it; empty: any public host
    networks   private networks that are open all the same: `10.1.0.0/16, 192.168.7.4/32`
    """

    model_config = SettingsConfigDict(env_prefix="MASKWRIGHT_FETCH_", **_COMMON)

    hosts: str = ""
    networks: str = ""
    redirects: int = 5
    silent_seconds: float = 15
    total_seconds: float = 300

    @property
    def allowed_hosts(self) -> list[str]:
        return [text.strip().lower() for text in self.hosts.split(",") if text.strip()]

    @property
    def opened_networks(self) -> list[str]:
        return [text.strip() for text in self.networks.split(",") if text.strip()]


class SecuritySettings(BaseSettings):
    """Sessions, cookies, secrets."""

    model_config = SettingsConfigDict(env_prefix="MASKWRIGHT_", **_COMMON)

    environment: Literal["development", "production"] = "production"
    secret_key: SecretStr = SecretStr("")
    public_url: str = ""
    session_days: int = 30
    metrics_token: SecretStr = SecretStr("")


class PasswordSettings(BaseSettings):
    """What argon2id costs: memory in KiB, passes over it, lanes (RFC 9106, section 4, low memory).

    A password kept with other parameters is hashed anew when its owner next signs in.
    """

    model_config = SettingsConfigDict(env_prefix="MASKWRIGHT_PASSWORD_", **_COMMON)

    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4


class MailSettings(BaseSettings):
    """Where letters go: `smtps://user:password@host`, `smtp://host` (with STARTTLS), `file:` or
    `file:/folder`. Without one, letters are files in development, and there are none elsewhere."""

    model_config = SettingsConfigDict(env_prefix="MASKWRIGHT_", **_COMMON)

    smtp_url: SecretStr = SecretStr("")
    mail_from: str = "Maskwright <maskwright@localhost>"


class Settings(BaseSettings):
    """Everything that can be set, by group."""

    model_config = SettingsConfigDict(env_prefix="MASKWRIGHT_", **_COMMON)

    home: Path = Path("var")
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    #: Addresses and networks whose word on who asks (X-Forwarded-For) is believed.
    trusted_proxies: str = "127.0.0.1,::1"
    log_format: Literal["console", "json"] = "console"
    log_level: str = "INFO"
    lease_seconds: int = 900
    hot_threads: int = 8
    admin_email: str = ""
    admin_password: SecretStr = SecretStr("")
    demo: bool = False
    frontend_folder: Path | None = None

    database: DatabaseSettings = Field(default_factory=DatabaseSettings)
    redis: RedisSettings = Field(default_factory=RedisSettings)
    storage: StorageSettings = Field(default_factory=StorageSettings)
    limits: LimitSettings = Field(default_factory=LimitSettings)
    fetch: FetchSettings = Field(default_factory=FetchSettings)
    security: SecuritySettings = Field(default_factory=SecuritySettings)
    passwords: PasswordSettings = Field(default_factory=PasswordSettings)
    mail: MailSettings = Field(default_factory=MailSettings)

    @cached_property
    def blob_folder(self) -> Path:
        return self.storage.folder or self.home / "blobs"
