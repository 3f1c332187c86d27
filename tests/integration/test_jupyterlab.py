"""`make lab`: a real JupyterLab with our configuration, asked what a browser asks; it calls nobody."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import nbformat
import pytest
import websocket

from tests.builders import weekrapport
from weekrapport.reporting.manifest import project_root

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
CONFIGURATION = project_root() / "tools" / "jupyter"
SLUG = "case_overview"


@dataclass
class Lab:
    """A running server."""

    url: str
    token: str
    root: Path

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Return the answer to a GET, or to a POST when there is a body."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        with urlopen(Request(self.url + path, data, headers), timeout=60) as answer:  # noqa: S310 - our own server
            text = answer.read().decode()
        return json.loads(text) if "json" in answer.headers["Content-Type"] else text

    def run(self, kernel: str, sources: list[str]) -> list[dict[str, Any]]:
        """Run cells in a kernel through its websocket, as the browser does; return what they show, or raise."""
        session = uuid.uuid4().hex
        address = f"{self.url.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels?session_id={session}"
        client = websocket.create_connection(address, timeout=60, header=[f"Authorization: token {self.token}"])
        shown = []
        for source in sources:
            header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "username": "", "session": session}
            content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
            message = {"header": header, "parent_header": {}, "metadata": {}, "channel": "shell", "content": content}
            client.send(json.dumps(message))
            while True:
                answer = json.loads(client.recv())
                if answer["parent_header"].get("msg_id") != header["msg_id"]:
                    continue
                kind, said = answer["header"]["msg_type"], answer["content"]
                assert kind != "error", said
                assert kind != "stream", said
                if kind in ("execute_result", "display_data"):
                    shown.append(said["data"])
                if kind == "status" and said["execution_state"] == "idle":
                    break
        client.close()
        return shown


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(project_root() / "notebooks", root / "notebooks")
    weekrapport("demo", root / "data" / "demo", "--factor", "0.05")
    assert weekrapport("run", "--direct", "--report", SLUG, "--workspace", root / "data" / "demo").code == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    own = {name: str(root / "jupyter" / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    own["JUPYTER_CONFIG_PATH"] = str(CONFIGURATION)
    options = [f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", "--allow-root"]
    server = subprocess.Popen(
        [Path(sys.executable).with_name("jupyter"), "lab", "--no-browser", *options],
        cwd=root, env={**os.environ, **own}, stdout=(root / "lab.log").open("wb"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        started = Lab(f"http://127.0.0.1:{port}", token, root)
        for _ in range(300):
            try:
                started.ask("/api/status")
                break
            except OSError:
                assert server.poll() is None, (root / "lab.log").read_text("utf-8")
                time.sleep(0.1)
        yield started
    finally:
        server.terminate()
        server.wait(30)


def page_config(page: str) -> dict[str, Any]:
    (text,) = re.findall(r'<script id="jupyter-config-data" type="application/json">(.*?)</script>', page, re.DOTALL)
    return json.loads(text)


def test_make_lab_uses_this_configuration():
    said = subprocess.run(["make", "-n", "lab"], cwd=project_root(), capture_output=True, text=True, check=True).stdout
    assert f"JUPYTER_CONFIG_PATH={CONFIGURATION} .venv/bin/jupyter lab" in said


def test_it_opens_on_the_notebooks(lab):
    names = {item["name"] for item in lab.ask("/api/contents/notebooks")["content"]}
    assert {path.name for path in (project_root() / "notebooks").glob("*.ipynb")} <= names
    assert "JupyterLab" in lab.ask("/lab/tree/notebooks")
    assert "/lab/tree/notebooks" in (lab.root / "lab.log").read_text("utf-8")


def test_it_asks_nobody_for_news_versions_or_extensions(lab):
    config = page_config(lab.ask("/lab/tree/notebooks"))
    assert config["news"] == {"disabled": True}
    assert "@jupyterlab/apputils-extension:announcements" in config["disabledExtensions"]
    assert config["extensionManager"]["can_install"] is False
    assert lab.ask("/lab/api/news")["news"] == []
    assert lab.ask("/lab/api/update")["notification"] is None


def test_a_person_who_runs_all_cells_sees_the_report(lab):
    path = f"notebooks/{SLUG}.ipynb"
    session = lab.ask("/api/sessions", {"path": path, "name": SLUG, "type": "notebook", "kernel": {"name": "python3"}})
    notebook = nbformat.from_dict(lab.ask(f"/api/contents/{path}")["content"])
    shown = lab.run(session["kernel"]["id"], [c.source for c in notebook.cells if c.cell_type == "code"])
    made = lab.root / "data" / "demo" / "output" / "2026-W47" / SLUG / f"{SLUG}.ipynb"
    in_pdf = [o.data for c in nbformat.read(made, as_version=4).cells for o in c.get("outputs", [])]
    assert len(shown) > 10
    assert [data.get("text/html") for data in shown] == [data.get("text/html") for data in in_pdf]
