"""The plugin for WordPress, on a real WordPress with MariaDB and PHP's server, where these are."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PLUGIN = Path(__file__).resolve().parents[3] / "integrations" / "wordpress"
SCRIPTS = Path(__file__).parent / "wordpress"
WORDPRESS = Path("/usr/share/wordpress")  # where Debian's package has it

CONFIG = """<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', '{database}' );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1' );
define( 'AUTH_KEY', 'a' ); define( 'SECURE_AUTH_KEY', 'b' ); define( 'LOGGED_IN_KEY', 'c' );
define( 'NONCE_KEY', 'd' ); define( 'AUTH_SALT', 'e' ); define( 'SECURE_AUTH_SALT', 'f' );
define( 'LOGGED_IN_SALT', 'g' ); define( 'NONCE_SALT', 'h' );
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) {{ define( 'ABSPATH', __DIR__ . '/' ); }}
require_once ABSPATH . 'wp-settings.php';
"""


def needed(name: str) -> str:
    """Return the path of a program, or skip."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        pytest.skip(f"needs {name}, not there")
    return found


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait_for(port: int) -> None:
    """Wait until somebody listens there."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"expected somebody to listen on {port}")


@contextmanager
def running(*command: str | Path, port: int) -> Iterator[None]:
    """Run a server, from when it listens to the end."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, **quiet)  # noqa: S603 - programs of Debian's
    try:
        wait_for(port)
        yield
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("file", ["fingerpost.php", "uninstall.php"])
def test_the_plugin_is_php(file):
    """Each file can be read by PHP."""
    subprocess.run([needed("php"), "-l", PLUGIN / file], check=True, capture_output=True)  # noqa: S603 - our own file


@pytest.fixture
def database(tmp_path):
    """Run a MariaDB with an empty database; return its host and port."""
    install, server = needed("mariadb-install-db"), needed("mariadbd")
    client = needed("mariadb")
    data, port = tmp_path / "mariadb", free_port()
    as_root = ["--user=root"] if os.geteuid() == 0 else []
    options = ["--no-defaults", f"--datadir={data}", *as_root]
    subprocess.run(  # noqa: S603 - Debian's own program
        [install, *options, "--auth-root-authentication-method=normal", "--skip-test-db"],
        check=True,
        capture_output=True,
    )
    place = [f"--socket={tmp_path}/sql", f"--port={port}", "--bind-address=127.0.0.1"]
    with running(server, *options, *place, port=port):
        subprocess.run(  # noqa: S603 - as above
            [client, "--no-defaults", f"--socket={tmp_path}/sql", "-uroot"],
            input=b"CREATE DATABASE wordpress",
            check=True,
        )
        yield f"127.0.0.1:{port}"


class Site:
    """A WordPress that runs, with one post."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.post = 0
        self._environment = {
            **os.environ,
            "WORDPRESS_FOLDER": str(folder),
            "WORDPRESS_HOST": f"127.0.0.1:{port}",
        }
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def run(self, script: str, *arguments: str):
        """Return what a script says, read as JSON."""
        done = subprocess.run(  # noqa: S603 - a script of ours
            [needed("php"), SCRIPTS / script, *arguments],
            check=True,
            capture_output=True,
            env=self._environment,
        )
        return json.loads(done.stdout.splitlines()[-1])

    def comment(self, text: str, *, parent: int = 0) -> None:
        """Post a comment as a reader does."""
        form = {
            "comment_post_ID": self.post,
            "comment_parent": parent,
            "comment": text,
            "author": "Ines",
            "email": "ines@example.org",
        }
        self.send("/wp-comments-post.php", form)

    def send(self, path: str, form: dict[str, object] | None = None) -> str:
        """Return the page that a browser, cookies and all, gets."""
        data = None if form is None else urlencode(form).encode()
        with self._opener.open(self.url + path, data=data, timeout=60) as answer:
            return answer.read().decode()


@pytest.fixture
def site(tmp_path, database):
    """Return a maker of a site whose plugin asks the service at that address."""
    php = needed("php")
    if not WORDPRESS.is_dir():
        pytest.skip("needs WordPress, not there")
    folder, port = tmp_path / "wordpress", free_port()
    shutil.copytree(WORDPRESS, folder, ignore_dangling_symlinks=True)
    (folder / "wp-config.php").write_text(CONFIG.format(database=database), "utf-8")
    shutil.copytree(PLUGIN, folder / "wp-content" / "plugins" / "fingerpost")
    # Two comments within 15 seconds are a flood to it.
    always = folder / "wp-content" / "mu-plugins"
    always.mkdir()
    (always / "quick.php").write_text("<?php add_filter('comment_flood_filter','__return_false');")

    def make(address: str, action: str) -> Site:
        made = Site(folder, port)
        made.post = made.run("install.php", address, action)
        return made

    with running(php, "-S", f"127.0.0.1:{port}", "-t", folder, port=port):
        yield make


def test_comments_are_scored_held_and_shown_with_their_reasons(site, served):
    """A reader's comment that accuses is held, another is not; the list shows why."""
    wordpress = site(served, "hold")
    wordpress.comment("Veltra Transit is behind this & <b>nobody</b> else.")
    wordpress.comment("Was anybody hurt?")

    accusing, asking = wordpress.run("comments.php")["comments"][-2:]

    assert (accusing["approved"], asking["approved"]) == ("0", "1")
    assert accusing["kept"]["score"] == pytest.approx(0.85)
    assert accusing["kept"]["reasons"][0]["actor"] == "Veltra Transit"
    assert asking["kept"] == {"score": 0, "reasons": []}

    wordpress.send(
        "/wp-login.php", {"log": "admin", "pwd": "a password", "wp-submit": "1", "testcookie": "1"}
    )
    listed = wordpress.send("/wp-admin/edit-comments.php")
    assert "<strong>0.85</strong><br>Veltra Transit (perpetrator): <q>" in listed
    assert "Probability of an accusation" in wordpress.send("/wp-admin/options-discussion.php")


def test_without_an_answer_the_comment_stays_and_is_asked_about_again(site):
    """Where nobody answers, WordPress goes on as without the plugin, and tries later."""
    wordpress = site(f"http://127.0.0.1:{free_port()}", "hold")
    wordpress.comment("Veltra Transit is behind this.")

    found = wordpress.run("comments.php")

    assert found["comments"][-1]["approved"] == "1"
    assert found["comments"][-1]["kept"] is None
    assert found["waiting"]
