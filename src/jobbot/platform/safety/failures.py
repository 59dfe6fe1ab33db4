"""What a broken connection means to a person: try later, or it cannot be done."""

from __future__ import annotations

import ssl

import httpcore

from jobbot.kernel.errors import Failed, JobbotError, TryLater
from jobbot.sdk.http import HostPolicy


def explain(error: Exception, host: str, policy: HostPolicy) -> JobbotError:
    """The kernel error for a failure of the network engine."""
    if _is_certificate(error):
        return Failed(f"{host} could not prove that it is {host} (its certificate was refused): nothing was sent")
    if isinstance(error, httpcore.ConnectTimeout):
        return TryLater(f"{host} could not be reached within {policy.connect_timeout:.0f} s")
    if isinstance(error, httpcore.TimeoutException):
        return TryLater(
            f"{host} did not answer in time (limit {policy.read_timeout:.0f} s, in all {policy.total_timeout:.0f} s)"
        )
    if isinstance(error, httpcore.ConnectError):
        return TryLater(f"{host} could not be reached; check the connection")
    if isinstance(error, httpcore.LocalProtocolError):
        return Failed(f"the request to {host} could not be written as HTTP")
    return TryLater(f"{host} broke the connection off")


def _is_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
