"""The site of deploy/nginx.conf with two replicas behind it, on free ports and with a certificate of its own."""

from __future__ import annotations

import http.client
import re
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.load.server import ROOT, Server, free_port

START = 30.0  # seconds that nginx may take until it answers
WHOLE = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; {user}
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  {site}
}}
"""
CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
    "-addext subjectAltName=IP:127.0.0.1 -keyout {folder}/key.pem -out {folder}/cert.pem"
)


@dataclass
class Site:
    """Where it answers, whom to trust (with HTTP/1.1 and HTTP/2), the two replicas, and nginx's log."""

    plain_port: int
    port: int
    tls: ssl.SSLContext
    http2: ssl.SSLContext
    replicas: list[Server]
    log_file: Path

    def log(self) -> str:
        """What nginx complains of."""
        return self.log_file.read_text()

    def get(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        """The answer over TLS, read to its end."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.tls, timeout=30)
        with_dashes = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=with_dashes)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer


@contextmanager
def start_site(folder: Path, nginx: str, is_root: bool, **settings: str) -> Iterator[Site]:
    """Two servers with one cache, nginx in front; all gone at the end."""
    subprocess.run(CERTIFICATE.format(folder=folder).split(), check=True, capture_output=True)
    with ExitStack() as stack:
        shared = {"DLCORE_CACHE_DIR": str(folder / "cache"), **settings}
        replicas = [stack.enter_context(Server(**shared)) for _ in range(2)]
        tls, http2 = (ssl.create_default_context(cafile=str(folder / "cert.pem")) for _ in range(2))
        http2.set_alpn_protocols(["h2"])
        site = Site(free_port(), free_port(), tls, http2, replicas, folder / "error.log")
        text = adapt((ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8"), site, folder)
        user = "user root;" if is_root else ""  # else its workers could not enter the folder
        (folder / "nginx.conf").write_text(WHOLE.format(folder=folder, user=user, site=text), encoding="utf-8")
        process = subprocess.Popen([nginx, "-e", f"{folder}/error.log", "-c", str(folder / "nginx.conf")])
        stack.callback(process.wait)
        stack.callback(process.terminate)
        _wait_until_it_answers(site)
        yield site


def adapt(text: str, site: Site, folder: Path) -> str:
    """The shipped file with this machine's ports and paths in the places of the shipped ones, and nothing else."""
    first, second = (replica.port for replica in site.replicas)
    places = {
        r"listen \[::\]:.*\n": "\n",
        r"listen 80;": f"listen 127.0.0.1:{site.plain_port};",
        r"listen 443 ": f"listen 127.0.0.1:{site.port} ",
        r"https://\$host": f"https://$host:{site.port}",
        r"127\.0\.0\.1:8501 ": f"127.0.0.1:{first} ",
        r"127\.0\.0\.1:8502 ": f"127.0.0.1:{second} ",
        r"/etc/letsencrypt/.*/fullchain\.pem": f"{folder}/cert.pem",
        r"/etc/letsencrypt/.*/privkey\.pem": f"{folder}/key.pem",
        r"/var/lib/nginx/dlcore": f"{folder}/static",
    }
    for shipped, ours in places.items():
        text, n = re.subn(shipped, ours, text)
        assert n, f"{shipped} is not in the file any more"
    return text


def _wait_until_it_answers(site: Site) -> None:
    limit = time.monotonic() + START
    while time.monotonic() < limit:
        with suppress(OSError):
            site.get("/_stcore/health")
            return
        time.sleep(0.05)
    raise RuntimeError(f"nginx did not start:\n{site.log()}")
