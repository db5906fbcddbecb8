"""google-auth-oauthlib and MSAL for Python against the simulator's TLS port.

Each flow is driven as a person would: the authorize page's form is posted, and the redirect that
it answers with is handed to the library. Ends with `N passed, N failed`.
"""

import os
import sys
import traceback
from urllib.parse import parse_qsl, urlsplit

import google.auth.transport.requests
import msal
import requests
from google.auth.exceptions import RefreshError
from google_auth_oauthlib.flow import Flow, InstalledAppFlow
from oauthlib.oauth2 import AccessDeniedError, InvalidGrantError

CA = os.environ["SIM_CA"]
# requests prefers this variable to what a session was told.
os.environ["REQUESTS_CA_BUNDLE"] = CA
EMAIL = {name: os.environ[f"SIM_EMAIL_{name}"] for name in ("GOOGLE", "MICROSOFT")}
REDIRECT = "http://localhost:53682/"
CALENDAR = "https://www.googleapis.com/auth/calendar.readonly"


def consent(url, email, decision="allow"):
    """Posts the page's form; gives what the browser would be sent back with."""
    page = requests.get(url, verify=CA, timeout=30)
    assert page.status_code == 200 and "<form" in page.text, page.text
    form = {"email": email, "decision": decision}
    answer = requests.post(url, data=form, verify=CA, allow_redirects=False, timeout=30)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def session():
    http = requests.Session()
    http.verify = CA
    return http


def google_flow(kind=InstalledAppFlow):
    config = {"installed": {
        "client_id": os.environ["SIM_CLIENT_ID_GOOGLE"],
        "client_secret": os.environ["SIM_CLIENT_SECRET_GOOGLE"],
        "auth_uri": os.environ["SIM_GOOGLE_AUTH_URI"],
        "token_uri": os.environ["SIM_GOOGLE_TOKEN_URI"],
        "redirect_uris": ["http://localhost"],
    }}
    flow = kind.from_client_config(config, scopes=["openid", CALENDAR], autogenerate_code_verifier=True)
    flow.redirect_uri = REDIRECT
    flow.oauth2session.verify = CA
    return flow


def secure(location):
    """oauthlib wants the answer's address to be https, as run_local_server makes it."""
    return location.replace("http://", "https://", 1)


def google_signs_in_with_pkce_and_refreshes():
    flow = google_flow()
    url, state = flow.authorization_url(access_type="offline", prompt="consent")
    assert "code_challenge_method=S256" in url
    location = consent(url, EMAIL["GOOGLE"])
    assert dict(parse_qsl(urlsplit(location).query))["state"] == state
    flow.fetch_token(authorization_response=secure(location))
    credentials = flow.credentials
    assert credentials.refresh_token and credentials.id_token
    before = credentials.token
    credentials.refresh(google.auth.transport.requests.Request(session=session()))
    assert credentials.token != before
    headers = {"authorization": f"Bearer {credentials.token}"}
    answer = requests.get(f"{os.environ['SIM_GOOGLE']}/users/me/calendarList", headers=headers, verify=CA, timeout=30)
    assert answer.status_code == 200 and answer.json()["items"], answer.text


def google_refuses_a_foreign_verifier_and_a_denial():
    flow = google_flow(Flow)
    url, _ = flow.authorization_url()
    location = consent(url, EMAIL["GOOGLE"])
    flow.code_verifier = "v" * 64
    try:
        flow.fetch_token(authorization_response=secure(location))
        raise AssertionError("a foreign verifier was taken")
    except InvalidGrantError:
        pass
    flow = google_flow()
    url, _ = flow.authorization_url()
    location = consent(url, EMAIL["GOOGLE"], "deny")
    try:
        flow.fetch_token(authorization_response=secure(location))
        raise AssertionError("a denial gave a token")
    except AccessDeniedError:
        pass


def google_says_when_a_refresh_token_is_revoked():
    flow = google_flow()
    url, _ = flow.authorization_url()
    flow.fetch_token(authorization_response=secure(consent(url, EMAIL["GOOGLE"])))
    credentials = flow.credentials
    revoke = os.environ["SIM_GOOGLE_TOKEN_URI"].replace("/token", "/revoke")
    answer = requests.post(revoke, data={"token": credentials.refresh_token}, verify=CA, timeout=30)
    assert answer.status_code == 200
    try:
        credentials.refresh(google.auth.transport.requests.Request(session=session()))
        raise AssertionError("a revoked token was refreshed")
    except RefreshError as error:
        assert "invalid_grant" in str(error)


def microsoft():
    return msal.PublicClientApplication(
        os.environ["SIM_CLIENT_ID_MICROSOFT"],
        authority=os.environ["SIM_MICROSOFT_AUTHORITY"] + "/common",
        instance_discovery=False,
        validate_authority=False,
        verify=CA,
    )


SCOPES = ["User.Read", "Calendars.ReadWrite"]


def microsoft_signs_in_with_pkce_and_refreshes():
    app = microsoft()
    flow = app.initiate_auth_code_flow(SCOPES, redirect_uri="http://localhost:53682")
    location = consent(flow["auth_uri"], EMAIL["MICROSOFT"])
    answer = dict(parse_qsl(urlsplit(location).query))
    result = app.acquire_token_by_auth_code_flow(flow, answer)
    assert "error" not in result, result
    assert result["id_token_claims"]["preferred_username"] == EMAIL["MICROSOFT"]
    account = app.get_accounts()[0]
    assert account["username"] == EMAIL["MICROSOFT"]
    cached = app.acquire_token_silent(SCOPES, account=account)
    assert cached["access_token"] == result["access_token"]
    fresh = app.acquire_token_silent(SCOPES, account=account, force_refresh=True)
    assert fresh and fresh["access_token"] != result["access_token"], fresh
    headers = {"authorization": f"Bearer {fresh['access_token']}"}
    me = requests.get(os.environ["SIM_GRAPH"] + "/me", headers=headers, verify=CA, timeout=30)
    assert me.status_code == 200 and me.json()["mail"], me.text


def microsoft_names_the_reason_of_a_refusal():
    app = microsoft()
    flow = app.initiate_auth_code_flow(SCOPES, redirect_uri="http://localhost:53682")
    location = consent(flow["auth_uri"], EMAIL["MICROSOFT"])
    answer = dict(parse_qsl(urlsplit(location).query))
    app.acquire_token_by_auth_code_flow(dict(flow), answer)
    again = app.acquire_token_by_auth_code_flow(dict(flow), answer)
    assert again["error"] == "invalid_grant" and 54005 in again["error_codes"], again
    flow = app.initiate_auth_code_flow(SCOPES, redirect_uri="http://localhost:53682")
    location = consent(flow["auth_uri"], EMAIL["MICROSOFT"], "deny")
    denied = app.acquire_token_by_auth_code_flow(flow, dict(parse_qsl(urlsplit(location).query)))
    assert denied["error"] == "access_denied", denied


TESTS = [
    google_signs_in_with_pkce_and_refreshes, google_refuses_a_foreign_verifier_and_a_denial,
    google_says_when_a_refresh_token_is_revoked, microsoft_signs_in_with_pkce_and_refreshes,
    microsoft_names_the_reason_of_a_refusal,
]


def main():
    failed = 0
    for test in TESTS:
        try:
            test()
        except Exception:
            failed += 1
            print(f"failed: {test.__name__}")
            traceback.print_exc()
    print(f"{len(TESTS) - failed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)


main()
