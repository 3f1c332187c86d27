"""Make the environment `.venv` on a machine that has Python and nothing else: no pip, no venv module, no root rights.

The committed pip wheel installs uv (tools/uv.txt, hashes checked) into `.tools/uv`; uv builds `.venv` from uv.lock and
compiles everything to bytecode, which halves the start of every command. Standard library only.

pip reads its own configuration (mirror, proxy, certificate). uv does not, so those three are handed on to it.
"""

from __future__ import annotations

import ast
import compileall
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIP = ROOT / "tools" / "pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
REQUIREMENT = ROOT / "tools" / "uv.txt"
UV_HOME = ROOT / ".tools" / "uv"
VENV = ROOT / ".venv"
STAMP = VENV / ".synced"
"""Holds the folder that the environment was made for: a copied or moved checkout makes its own."""

FROM_PIP = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE", "proxy": "ALL_PROXY"}
UNWANTED = {"VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "UV_PYTHON", "PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH"}


def main() -> int:
    """Install uv when needed, build the environment, stamp it."""
    os.chdir(ROOT)
    pip = verified_pip()
    uv = ensure_uv(pip)
    sync(uv, environment(pip))
    for folder in ("src", "flows", "expectations"):
        compileall.compile_dir(str(ROOT / folder), quiet=2)
    STAMP.write_text(f"{ROOT}\n", encoding="utf-8")
    print("Environment ready: .venv", flush=True)
    return 0


def verified_pip() -> list[str]:
    """Return the command that runs the committed pip.

    Raises:
        SystemExit: the wheel is missing or is not the one that was reviewed.
    """
    if not PIP.is_file():
        sys.exit(f"{PIP.relative_to(ROOT)} is missing. Restore it with: git checkout -- tools")
    found = hashlib.sha256(PIP.read_bytes()).hexdigest()
    if found != PIP_SHA256:
        sys.exit(
            f"{PIP.relative_to(ROOT)} has sha256 {found}, not {PIP_SHA256}. Restore it with: git checkout -- tools"
        )
    return [sys.executable, str(PIP / "pip")]


def ensure_uv(pip: list[str]) -> Path:
    """Return the uv of the pinned version, installed when it is not there yet."""
    version = REQUIREMENT.read_text("utf-8").split("uv==")[1].split()[0]
    uv = UV_HOME / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    if uv.is_file() and (UV_HOME / f"uv-{version}.dist-info").is_dir():
        return uv
    print(f"Installing uv {version} into .tools/", flush=True)
    fresh = UV_HOME.with_name("uv.new")
    shutil.rmtree(fresh, ignore_errors=True)
    options = [
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "--no-compile",
        "--only-binary=:all:",
        "--no-deps",
    ]
    run([*pip, "install", *options, "--require-hashes", "--requirement", str(REQUIREMENT), "--target", str(fresh)])
    shutil.rmtree(UV_HOME, ignore_errors=True)
    fresh.rename(UV_HOME)
    return uv


def environment(pip: list[str]) -> dict[str, str]:
    """Return the variables for uv: no other active environment; the mirror, certificate and proxy of pip."""
    variables = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    variables["UV_PYTHON_DOWNLOADS"] = "never"
    listed = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=False).stdout
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        name = FROM_PIP.get(key.rpartition(".")[2])
        if name and value:
            variables.setdefault(name, str(ast.literal_eval(value)))
    return variables


def sync(uv: Path, variables: dict[str, str]) -> None:
    """Build `.venv` exactly as uv.lock says.

    The lock names the files of the public index. Behind a mirror uv would call the lock out of date, so there the same
    versions and hashes are installed as a list.
    """
    STAMP.unlink(missing_ok=True)
    python = ["--python", getattr(sys, "_base_executable", sys.executable)]  # not that of an active environment
    if "UV_DEFAULT_INDEX" not in variables:
        run([str(uv), "sync", "--locked", "--compile-bytecode", *python], variables)
        return
    pinned = ROOT / ".tools" / "pinned.txt"
    run(
        [str(uv), "export", "--quiet", "--frozen", "--no-emit-project", "--output-file", str(pinned), *python],
        variables,
    )
    if not VENV.is_dir():
        run([str(uv), "venv", *python, str(VENV)], variables)
    run(
        [str(uv), "pip", "sync", "--python", str(VENV), "--require-hashes", "--compile-bytecode", str(pinned)],
        variables,
    )
    run([str(uv), "pip", "install", "--python", str(VENV), "--no-deps", "--editable", str(ROOT)], variables)


def run(command: list[str], variables: dict[str, str] | None = None) -> None:
    """Run one step; its own output says what went wrong.

    Raises:
        SystemExit: the step failed.
    """
    code = subprocess.run(command, env=variables, check=False).returncode
    if code:
        sys.exit(f"Setting up stopped at: {Path(command[0]).name} {' '.join(command[1:3])} … (exit {code}).")


if __name__ == "__main__":
    sys.exit(main())
