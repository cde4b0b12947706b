"""Takes the picture at the top of the README: an example, read by the real model, as it is shown.

python tests/browser/screenshot.py [FILE]
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.bootstrap import build_service  # noqa: E402 - the checkout's own
from app.config import Settings  # noqa: E402
from app.web.app import create_app  # noqa: E402
from tests.browser.conftest import (  # noqa: E402
    ANSWERS_WITHIN_MS,
    CHROMIUMS,
    find_chromium,
    silent_logger,
)

EXAMPLE = ROOT / "examples" / "missing-rifles.txt"
SIZE = {"width": 1360, "height": 830}
"""What a laptop's browser shows; the README scales it down."""


def main(file: Path) -> None:
    """Mine the example into a database of its own, serve it, and take its picture."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit(f"needs one of {', '.join(CHROMIUMS)} on the path, or FINGERPOST_CHROMIUM")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/pages.sqlite3")
        service = build_service(settings, migrate=True)
        page_id = service.add_page(service.parse(EXAMPLE.read_bytes())).id
        app = create_app(service, settings, runs_jobs=False, logger=silent_logger())
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            tab = browser.new_page(viewport=SIZE, device_scale_factor=1.5)
            tab.set_default_timeout(ANSWERS_WITHIN_MS)
            tab.goto(f"http://127.0.0.1:{port}/pages/{page_id}")
            file.parent.mkdir(parents=True, exist_ok=True)
            tab.screenshot(path=file)
            browser.close()
        server.should_exit = True
        thread.join()
        service.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshot.png")
