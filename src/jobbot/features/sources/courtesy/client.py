"""The client a source is handed: each request is judged by courtesy first, then sent by the patient client below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from jobbot.features.sources.courtesy.before import Courtesy
from jobbot.features.sources.patient import PatientHttp
from jobbot.sdk import HostPolicy, Reply

Open = Callable[[HostPolicy], PatientHttp]


class CourteousHttp:
    """An `Http` of one run. `requests` counts what was asked of boards, not the reading of robots.txt."""

    def __init__(self, open_: Open, policy: HostPolicy, courtesy: Courtesy) -> None:
        self._open = open_
        self._policy = policy
        self._courtesy = courtesy
        self._http = open_(policy)
        self._earlier = 0

    @property
    def requests(self) -> int:
        return self._earlier + self._http.requests

    def get(self, url: str, *, etag: str = "", purpose: str = "", headers: Mapping[str, str] | None = None) -> Reply:
        """As `Http.get`. Raises RefusedByPolicy or TryLater where the host does not want it, or not now."""
        self._before(url)
        return self._http.get(url, etag=etag, purpose=purpose, headers=headers)

    def post(
        self,
        url: str,
        body: bytes,
        *,
        content_type: str = "application/json",
        purpose: str = "",
        fields: tuple[str, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """As `Http.post`, judged like `get`."""
        self._before(url)
        return self._http.post(url, body, content_type=content_type, purpose=purpose, fields=fields, headers=headers)

    def _before(self, url: str) -> None:
        pause = self._courtesy.before(url, self._robots)
        if pause > self._policy.spacing_seconds:
            self._policy = replace(self._policy, spacing_seconds=pause)
            self._earlier += self._http.requests
            self._http = self._open(self._policy)

    def _robots(self, url: str) -> Reply:
        reader = self._open(self._policy)
        return reader.get(url, purpose="robots.txt", headers={"Accept": "text/plain, */*;q=0.1"})
