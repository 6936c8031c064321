"""Headless Chromium driven over its own protocol, and a Jupyter server to drive it at."""

import base64
import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
LONG = 180.0  # seconds after which a page that shows nothing is given up


def wait_for(found: Callable[[], Any], what: str, process: "subprocess.Popen[Any] | None" = None) -> Any:
    """Return what ``found`` returns as soon as that is true."""
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        if process is not None and process.poll() is not None:
            raise AssertionError(f"the process ended before {what}")
        if result := found():
            return result
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {what}")


def end(process: "subprocess.Popen[Any]") -> None:
    """End a process and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Page:
    """One tab."""

    def __init__(self, connection: Any) -> None:
        self._connection, self._count = connection, 0
        self.call("Page.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1, mobile=False)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        self._count += 1
        self._connection.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            answer = json.loads(self._connection.recv())
            if answer.get("method") == "Page.javascriptDialogOpening":
                raise AssertionError(f"the page opened a dialog: {answer['params']['message']}")
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                return dict(answer["result"])

    def open(self, address: str) -> None:
        self.call("Page.navigate", url=address)

    def evaluate(self, script: str) -> Any:
        """Return a script's value; None while the page is not there yet."""
        result = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return None if "exceptionDetails" in result else result["result"].get("value")

    def wait(self, script: str) -> Any:
        """Return a script's value as soon as that is true; of an element, True."""
        value = f"Promise.resolve({script}).then(value => value instanceof Node || value)"
        try:
            return wait_for(lambda: self.evaluate(value), script)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{str(self.evaluate('document.body.innerText'))[:2000]}") from None

    def text(self) -> str:
        return str(self.evaluate("document.body.innerText"))

    def shoot(self, path: Path) -> None:
        """Write a picture of the page."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=False)["data"]))


@contextlib.contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """Start Chromium and give its one tab."""
    import websocket

    assert PROGRAM is not None, "the tests in CI need Chromium"
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync", "--disable-quic")
    command = [PROGRAM, *options, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        ready = profile / "DevToolsActivePort"
        wait_for(lambda: ready.exists() and ready.read_text().count("\n"), "Chromium's port", process)
        port = ready.read_text().split()[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=LONG) as answer:
            tab = next(item for item in json.load(answer) if item["type"] == "page")
        connection = websocket.create_connection(tab["webSocketDebuggerUrl"], timeout=LONG, suppress_origin=True)
        yield Page(connection)
        connection.close()
    finally:
        end(process)


@contextlib.contextmanager
def jupyter(folder: Path, environment: dict[str, str]) -> Iterator[Callable[[str], str]]:
    """Start JupyterLab in a folder and give a function from a path to its address with the token."""
    token = secrets.token_hex(16)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--ip=127.0.0.1"]
    words += [
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.expose_app_in_browser=True",
    ]
    log = folder.parent / f"jupyter-{port}.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *words],
            cwd=folder, env=environment, stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    def address(path: str) -> str:
        return f"http://127.0.0.1:{port}/{path}{'&' if '?' in path else '?'}token={token}"

    def answers() -> bool:
        try:
            with urllib.request.urlopen(address("api/status"), timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    try:
        wait_for(answers, f"JupyterLab: {log}", process)
        yield address
    finally:
        end(process)


def plain(text: str) -> str:
    """Return a page's text with single spaces."""
    return re.sub(r"\s+", " ", text)
