"""Headers of every answer: nothing kept by the browser, nothing from elsewhere, nothing told to elsewhere."""

import secrets

from flask import Flask, Response, current_app, g, request

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; "
    "script-src 'self' 'nonce-{nonce}'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def csp_nonce() -> str:
    """This answer's nonce, for the scripts that we ourselves wrote into the page."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def install_headers(app: Flask) -> None:
    """Write the headers on every answer, errors included."""
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.after_request(_write_headers)


def _write_headers(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = _POLICY.format(nonce=csp_nonce())
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
    kept_for = _kept_for(response)
    if kept_for:
        headers["Cache-Control"] = f"public, max-age={kept_for}"
    elif not _may_be_kept(response):
        headers["Cache-Control"] = "no-store"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _kept_for(response: Response) -> int:
    """Seconds that an answer may be kept because its view is marked so; else 0."""
    view = current_app.view_functions.get(request.endpoint or "")
    good = request.method in {"GET", "HEAD"} and response.status_code < 400
    return int(getattr(view, "kept_for", 0)) if good else 0


def _may_be_kept(response: Response) -> bool:
    """Only a style sheet, script or picture that is there: the same for everybody, and named by its content."""
    return request.endpoint == "static" and request.method in {"GET", "HEAD"} and response.status_code < 400
