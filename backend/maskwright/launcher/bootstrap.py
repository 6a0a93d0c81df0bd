"""Bring a checkout to the point where Maskwright can start. Run by make with any Python ≥ 3.11.

    python3 bootstrap.py tools                 are Node and git there, and new enough?
    python3 bootstrap.py python [--dev]        .venv with the locked packages, and torch
    python3 bootstrap.py frontend              npm packages, and the built pages
    python3 bootstrap.py browser               a Chromium for the tests; prints its path

Each step leaves a stamp with the digest of what it was made from, and is passed over while that
digest is the same. It runs before anything is installed, so that it uses the standard library
only, and it imports nothing of ours.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
MINIMUM_NODE = (20, 19)  # what Vite asks for
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


class SetupError(Exception):
    """One sentence that says what is wrong and what to do."""


def main(arguments: Sequence[str]) -> int:
    steps: dict[str, Callable[[], None]] = {
        "tools": check_tools,
        "python": lambda: install_python("dev" if "--dev" in arguments else "runtime"),
        "frontend": build_frontend,
        "browser": install_browser,
    }
    try:
        for name in arguments:
            if not name.startswith("-"):
                steps[name]()
    except SetupError as error:
        print(f"maskwright: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def check_tools() -> None:
    for name, use in (("git", "to fetch updates"), ("node", "to build the pages"), ("npm", "too")):
        if shutil.which(name) is None:
            raise SetupError(f"{name} is not installed; Maskwright needs it {use}.")
    words = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    version = words.stdout.strip()
    try:
        numbers = tuple(int(part) for part in version.lstrip("v").split(".")[:2])
    except ValueError:
        raise SetupError(f"`node --version` answers {version!r}, which is no version.") from None
    if numbers < MINIMUM_NODE:
        wanted = ".".join(map(str, MINIMUM_NODE))
        raise SetupError(f"Node {version} is too old; Maskwright needs Node {wanted} or newer.")


def install_python(lock: str) -> None:
    """Install `requirements/<lock>.txt` by hash, then torch, then the project itself."""
    _ensure_venv()
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    pip.append("--no-compile")  # one file after the other, on one core: see _compile_packages
    locked = ROOT / "requirements" / f"{lock}.txt"
    # The development lock holds the runtime lock: with it installed, that one is as well.
    satisfying = [lock] if lock == "dev" else ["dev", "runtime"]
    if not any(
        _stamp_holds(VENV / f".{name}.stamp", _digest([ROOT / "requirements" / f"{name}.txt"]))
        for name in satisfying
    ):
        with _timed(f"Installing the locked Python packages ({lock})"):
            _run([*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(locked)])
        _compile_packages()
        (VENV / f".{lock}.stamp").write_text(_digest([locked]))
    torch = ROOT / "requirements" / "torch.txt"
    if not _stamp_holds(VENV / ".torch.stamp", _digest([torch])):
        with _timed("Installing torch, in the build that fits this machine"):
            _run([*pip, "-r", str(torch)])
        _compile_packages()
        (VENV / ".torch.stamp").write_text(_digest([torch]))
    project = ROOT / "pyproject.toml"
    if not _stamp_holds(VENV / ".project.stamp", _digest([project], str(ROOT))):
        with _timed("Installing Maskwright itself"):
            _run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
            # pip compiles what it copies, but not what it only points to.
            _run([str(PYTHON), "-m", "compileall", "-q", "backend", "workers", "migrations"])
        (VENV / ".project.stamp").write_text(_digest([project], str(ROOT)))


def _compile_packages() -> None:
    """On all cores, and whatever PYTHONDONTWRITEBYTECODE says: each start of each process would
    compile all that it imports again."""
    with _timed("Compiling them"):
        packages = sysconfig.get_path("purelib", "venv", vars={"base": str(VENV)})
        # Some hold templates that are no Python; nobody imports those.
        compile_all = [str(PYTHON), "-m", "compileall", "-qq", "-j", "0", packages]
        subprocess.run(compile_all, check=False)


def build_frontend() -> None:
    packages = [FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    stamp = FRONTEND / "node_modules" / ".maskwright.stamp"
    if not _stamp_holds(stamp, _digest(packages)):
        with _timed("Installing the front end's packages"):
            _run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], folder=FRONTEND)
        stamp.write_text(_digest(packages))
    sources = sorted(_frontend_sources())
    stamp = FRONTEND / "dist" / ".maskwright.stamp"
    if not _stamp_holds(stamp, _digest(sources)):
        with _timed("Building the front end"):
            _run(["npm", "run", "--silent", "build", "--", "--logLevel", "warn"], folder=FRONTEND)
        stamp.write_text(_digest(sources))


def install_browser() -> None:
    """Print the path of a Chromium; install one where we may."""
    path = find_chromium()
    if path is None and os.geteuid() == 0 and shutil.which("apt-get"):
        with _timed("Installing Chromium for the browser tests"):
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            _run(["apt-get", "-qq", "update"], environment=quiet)
            _run(
                ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"],
                environment=quiet,
            )
        path = find_chromium()
    if path is None:
        raise SetupError(
            "The browser tests need Chromium: run `sudo apt-get install chromium` (Debian), or "
            "set MASKWRIGHT_CHROMIUM to the path of a Chromium or Chrome."
        )
    print(path)


def find_chromium() -> str | None:
    named = os.environ.get("MASKWRIGHT_CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)


def _ensure_venv() -> None:
    works = (
        PYTHON.exists()
        and subprocess.run(
            [PYTHON, "-I", "-c", "import pip"], capture_output=True, check=False
        ).returncode
        == 0
    )
    if works:
        return
    with _timed(f"Making .venv with Python {sys.version.split()[0]}"):
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            capture_output=True,
            text=True,
            check=False,
        )
    if made.returncode != 0:
        raise SetupError(
            f"{sys.executable} could not make .venv; on Debian, install python3-venv. "
            f"It said: {(made.stdout + made.stderr).strip()[:300]}"
        )


def _frontend_sources() -> Iterable[Path]:
    """Everything that the build reads, the lock file for the tools' versions included."""
    for folder, folders, files in os.walk(FRONTEND):
        folders[:] = [name for name in folders if name not in ("node_modules", "dist")]
        yield from (Path(folder) / name for name in files)


def _digest(paths: Iterable[Path], *words: str) -> str:
    digest = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def _stamp_holds(stamp: Path, digest: str) -> bool:
    return stamp.exists() and stamp.read_text() == digest


def _run(
    command: Sequence[str],
    *,
    folder: Path = ROOT,
    environment: dict[str, str] | None = None,
) -> None:
    if subprocess.run(command, cwd=folder, env=environment, check=False).returncode != 0:
        raise SetupError(f"`{' '.join(command)}` failed; its own words stand above.")


class _timed:  # noqa: N801 - reads as the phrase `with _timed(...)`
    """Say what is being done, and how long it took. On stderr: `browser` answers on stdout."""

    def __init__(self, phase: str) -> None:
        self._phase = phase

    def __enter__(self) -> None:
        print(f"· {self._phase} …", file=sys.stderr, flush=True)
        self._started = time.monotonic()

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            seconds = time.monotonic() - self._started
            print(f"  {self._phase}: {seconds:.1f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
