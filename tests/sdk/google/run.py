"""google-api-python-client against the simulator.

The client is built from Google's own discovery document, so that its checks of parameters and
paths are Google's. Prints a line for each failure and ends with `N passed, N failed`.
"""

import http.server
import json
import os
import pathlib
import queue
import sys
import threading
import traceback
import uuid

import google.oauth2.credentials
import google_auth_httplib2
import httplib2
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

ROOT = pathlib.Path(__file__).resolve().parents[3]
DOCUMENT = ROOT / "tests/fixtures/providers/google/discovery_calendar_v3_rev20261030.json"
ORIGIN = os.environ["SIM_GOOGLE"].removesuffix("calendar/v3")
CA = os.environ.get("SIM_CA") or None
ZONE = "Europe/Berlin"


def service():
    credentials = google.oauth2.credentials.Credentials(os.environ["SIM_TOKEN_GOOGLE"])
    http = google_auth_httplib2.AuthorizedHttp(credentials, http=httplib2.Http(ca_certs=CA))
    document = json.loads(DOCUMENT.read_text())
    # The client's own batch address is made of these two.
    document["rootUrl"] = ORIGIN
    document["baseUrl"] = os.environ["SIM_GOOGLE"] + "/"
    return build_from_document(document, http=http, client_options={"api_endpoint": os.environ["SIM_GOOGLE"] + "/"})


def timed(summary, start, end, **more):
    def moment(at):
        return {"dateTime": at, "timeZone": ZONE}

    return {"summary": summary, "start": moment(start), "end": moment(end), **more}


def status_of(request):
    """The status and the reason with which a request is refused."""
    try:
        request.execute()
    except HttpError as error:
        return error.resp.status, error.error_details[0]["reason"]
    raise AssertionError("the request was not refused")


def pages(method, **parameters):
    """All items of a list, and its last page."""
    items = []
    request = method.list(**parameters)
    while request is not None:
        page = request.execute()
        items += page.get("items", [])
        request = method.list_next(request, page)
    return items, page


class Calendar:
    """A calendar of one test."""

    def __init__(self, api):
        self.api = api
        self.events = api.events()
        self.id = api.calendars().insert(body={"summary": "SDK", "timeZone": ZONE}).execute()["id"]

    def insert(self, body, **parameters):
        return self.events.insert(calendarId=self.id, body=body, **parameters).execute()

    def patch(self, event, body, **parameters):
        return self.events.patch(calendarId=self.id, eventId=event["id"], body=body, **parameters).execute()

    def get(self, event):
        return self.events.get(calendarId=self.id, eventId=event["id"]).execute()

    def all(self, **parameters):
        return pages(self.events, calendarId=self.id, **parameters)


def calendars_are_listed_and_paged(api):
    items, last = pages(api.calendarList(), maxResults=1)
    assert any(item.get("primary") for item in items), items
    assert last["nextSyncToken"]
    entry = api.calendarList().get(calendarId="primary").execute()
    assert entry["accessRole"] == "owner" and entry["backgroundColor"].startswith("#")
    assert api.colors().get().execute()["event"]["1"]["background"].startswith("#")
    assert api.settings().get(setting="timezone").execute()["value"]
    settings, _ = pages(api.settings(), maxResults=2)
    assert len(settings) >= 5


def a_calendar_is_created_changed_shown_and_deleted(api):
    made = api.calendars().insert(body={"summary": "Team", "timeZone": "Asia/Tokyo"}).execute()
    found = api.calendars().patch(calendarId=made["id"], body={"description": "Ours"}).execute()
    assert (found["description"], found["timeZone"]) == ("Ours", "Asia/Tokyo")
    found = api.calendars().update(calendarId=made["id"], body={"summary": "Group"}).execute()
    assert found["summary"] == "Group" and "description" not in found
    colors = {"backgroundColor": "#123456", "foregroundColor": "#ffffff"}
    entry = api.calendarList().patch(calendarId=made["id"], colorRgbFormat=True, body=colors).execute()
    assert entry["backgroundColor"] == "#123456"
    reminders = {"defaultReminders": [{"method": "email", "minutes": 60}]}
    entry = api.calendarList().patch(calendarId=made["id"], body=reminders).execute()
    assert entry["defaultReminders"] == reminders["defaultReminders"]
    _, page = pages(api.calendarList())
    api.calendars().delete(calendarId=made["id"]).execute()
    gone = api.calendarList().list(syncToken=page["nextSyncToken"]).execute()["items"]
    assert [(one["id"], one["deleted"]) for one in gone] == [(made["id"], True)]


def events_are_paged(api):
    calendar = Calendar(api)
    for day in range(10, 17):
        calendar.insert(timed(f"d{day}", f"2026-11-{day}T09:00:00", f"2026-11-{day}T10:00:00"))
    items, last = calendar.all(maxResults=3)
    assert sorted(item["summary"] for item in items) == [f"d{day}" for day in range(10, 17)]
    assert last["nextSyncToken"] and last["timeZone"] == ZONE
    ordered, _ = calendar.all(maxResults=2, singleEvents=True, orderBy="startTime")
    assert [item["summary"] for item in ordered] == [f"d{day}" for day in range(10, 17)]


def sync_tokens_carry_changes_and_deletions(api):
    calendar = Calendar(api)
    kept = calendar.insert(timed("Kept", "2026-11-23T09:00:00", "2026-11-23T10:00:00"))
    gone = calendar.insert(timed("Gone", "2026-11-24T09:00:00", "2026-11-24T10:00:00"))
    _, page = calendar.all()
    calendar.patch(kept, {"summary": "Changed"})
    calendar.events.delete(calendarId=calendar.id, eventId=gone["id"], sendUpdates="none").execute()
    items, page = calendar.all(syncToken=page["nextSyncToken"])
    found = {item["id"]: item["status"] for item in items}
    assert found == {kept["id"]: "confirmed", gone["id"]: "cancelled"}, found
    items, _ = calendar.all(syncToken=page["nextSyncToken"])
    assert items == []
    request = calendar.events.list(calendarId=calendar.id, syncToken=page["nextSyncToken"], q="x")
    assert status_of(request) == (400, "invalid")
    request = calendar.events.list(calendarId=calendar.id, syncToken="unknown")
    assert status_of(request) == (410, "fullSyncRequired")


def single_and_all_day_events_come_back_as_written(api):
    calendar = Calendar(api)
    single = calendar.insert(timed("Single", "2026-11-23T09:00:00", "2026-11-23T10:00:00", location="Room 1"))
    assert single["start"] == {"dateTime": "2026-11-23T09:00:00+01:00", "timeZone": ZONE}
    body = {"summary": "Day", "start": {"date": "2026-11-24"}, "end": {"date": "2026-11-26"}}
    day = calendar.insert(body)
    assert (day["start"], day["end"]) == (body["start"], body["end"])
    seen = calendar.events.get(calendarId=calendar.id, eventId=single["id"], timeZone="America/New_York").execute()
    assert seen["start"]["dateTime"] == "2026-11-23T03:00:00-05:00"


def every_plain_field_is_kept(api):
    calendar = Calendar(api)
    more = {
        "description": "<b>Bring</b> the plan", "colorId": "5", "transparency": "transparent",
        "visibility": "private", "status": "tentative", "guestsCanModify": True,
        "guestsCanInviteOthers": False, "guestsCanSeeOtherGuests": False,
        "reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 0}]},
        "source": {"title": "Page", "url": "https://a.example/x"},
        "extendedProperties": {"private": {"a": "1"}, "shared": {"b": "2"}},
    }
    event = calendar.insert(timed("All", "2026-11-23T09:00:00", "2026-11-23T10:00:00", **more))
    assert {name: event.get(name) for name in more} == more
    items, _ = calendar.all(privateExtendedProperty="a=1")
    assert [item["id"] for item in items] == [event["id"]]
    bad = {"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 40321}]}}
    request = calendar.events.patch(calendarId=calendar.id, eventId=event["id"], body=bad)
    assert status_of(request) == (400, "invalid")


def attendees_answer_and_are_omitted(api):
    calendar = Calendar(api)
    rows = [
        {"email": "mia@mail.example", "displayName": "Mia", "optional": True, "additionalGuests": 2, "comment": "late"},
        {"email": "room@resource.calendar.google.com", "resource": True},
        {"email": os.environ["SIM_EMAIL_GOOGLE"]},
    ]
    event = calendar.insert(timed("Meet", "2026-11-23T09:00:00", "2026-11-23T10:00:00", attendees=rows), sendUpdates="all")
    assert [row["responseStatus"] for row in event["attendees"]] == ["needsAction"] * 3
    assert event["attendees"][2]["self"] is True
    answer = {"attendeesOmitted": True, "attendees": [{"email": rows[2]["email"], "responseStatus": "accepted"}]}
    event = calendar.patch(event, answer, sendUpdates="none")
    assert [row["responseStatus"] for row in event["attendees"]] == ["needsAction", "needsAction", "accepted"]
    few = calendar.events.get(calendarId=calendar.id, eventId=event["id"], maxAttendees=1).execute()
    assert few["attendeesOmitted"] and [row["email"] for row in few["attendees"]] == [rows[2]["email"]]


def attachments_need_their_parameter(api):
    calendar = Calendar(api)
    files = [{"fileUrl": "https://drive.google.com/file/d/abc/view", "title": "Plan", "mimeType": "application/pdf"}]
    body = timed("Files", "2026-11-23T09:00:00", "2026-11-23T10:00:00", attachments=files)
    assert "attachments" not in calendar.insert(body)
    event = calendar.insert(body, supportsAttachments=True)
    assert event["attachments"][0]["fileId"] == "abc"


def a_conference_is_created_once(api):
    calendar = Calendar(api)
    request = {"requestId": "r-1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}
    body = timed("Call", "2026-11-23T09:00:00", "2026-11-23T10:00:00", conferenceData={"createRequest": request})
    assert "conferenceData" not in calendar.insert(body)
    event = calendar.insert(body, conferenceDataVersion=1)
    assert event["conferenceData"]["createRequest"]["status"]["statusCode"] == "success"
    again = calendar.patch(event, {"conferenceData": {"createRequest": request}}, conferenceDataVersion=1)
    assert again["hangoutLink"] == event["hangoutLink"]
    cleared = calendar.patch(event, {"conferenceData": None}, conferenceDataVersion=1)
    assert "hangoutLink" not in cleared


def labels_colour_events(api):
    calendar = Calendar(api)
    labels = {"eventLabels": [{"name": "Client", "backgroundColor": "#039be5"}, {"backgroundColor": "#112233"}]}
    home = api.calendars().patch(calendarId=calendar.id, body={"labelProperties": labels}).execute()
    first = home["labelProperties"]["eventLabels"][0]["id"]
    body = timed("Label", "2026-11-23T09:00:00", "2026-11-23T10:00:00", eventLabelId=first)
    assert "eventLabelId" not in calendar.insert(body)
    event = calendar.insert(body, eventLabelVersion=1)
    assert event["eventLabelId"] == first
    assert calendar.patch(event, {"summary": "x"}, eventLabelVersion=1)["eventLabelId"] == first
    body.pop("eventLabelId")
    event = calendar.events.update(calendarId=calendar.id, eventId=event["id"], body=body, eventLabelVersion=1).execute()
    assert "eventLabelId" not in event
    body["eventLabelId"] = str(uuid.uuid4())
    request = calendar.events.insert(calendarId=calendar.id, body=body, eventLabelVersion=1)
    assert status_of(request) == (400, "invalid")


def update_replaces_and_patch_merges(api):
    calendar = Calendar(api)
    event = calendar.insert(timed("A", "2026-11-23T09:00:00", "2026-11-23T10:00:00", location="Bar"))
    event = calendar.patch(event, {"summary": "B"})
    assert (event["summary"], event["location"]) == ("B", "Bar")
    body = timed("C", "2026-11-23T11:00:00", "2026-11-23T12:00:00")
    event = calendar.events.update(calendarId=calendar.id, eventId=event["id"], body=body).execute()
    assert event["summary"] == "C" and "location" not in event and event["sequence"] == 1


def an_instance_is_changed_and_another_cancelled(api):
    calendar = Calendar(api)
    body = timed("Weekly", "2026-11-23T09:00:00", "2026-11-23T09:30:00", recurrence=["RRULE:FREQ=WEEKLY;COUNT=4"])
    series = calendar.insert(body)
    _, page = calendar.all()
    listed = calendar.events.instances(calendarId=calendar.id, eventId=series["id"], maxResults=3)
    first = listed.execute()
    rest = calendar.events.instances_next(listed, first).execute()
    instances = first["items"] + rest["items"]
    assert [one["start"]["dateTime"][:10] for one in instances] == ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"]
    moved = calendar.patch(instances[1], {
        "start": {"dateTime": "2026-12-01T10:00:00", "timeZone": ZONE},
        "end": {"dateTime": "2026-12-01T10:30:00", "timeZone": ZONE},
    })
    assert moved["originalStartTime"]["dateTime"] == "2026-11-30T09:00:00+01:00"
    calendar.events.delete(calendarId=calendar.id, eventId=instances[2]["id"]).execute()
    items, _ = calendar.all(syncToken=page["nextSyncToken"])
    by_id = {item["id"]: item for item in items}
    assert by_id[instances[2]["id"]]["status"] == "cancelled"
    assert by_id[instances[2]["id"]]["recurringEventId"] == series["id"]
    single, _ = calendar.all(singleEvents=True, orderBy="startTime")
    assert [one["start"]["dateTime"][:10] for one in single] == ["2026-11-23", "2026-12-01", "2026-12-14"]


def series_are_expanded(api):
    calendar = Calendar(api)
    body = timed("Clock", "2026-10-24T02:30:00", "2026-10-24T03:00:00", recurrence=[
        "RRULE:FREQ=DAILY;UNTIL=20261028T225959Z",
        "EXDATE;TZID=Europe/Berlin:20261026T023000",
        "RDATE;TZID=Europe/Berlin:20261101T080000",
    ])
    series = calendar.insert(body)
    found = calendar.events.instances(calendarId=calendar.id, eventId=series["id"]).execute()["items"]
    assert [one["start"]["dateTime"] for one in found] == [
        "2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-27T02:30:00+01:00",
        "2026-10-28T02:30:00+01:00", "2026-11-01T08:00:00+01:00",
    ]
    body["recurrence"] = ["RRULE:FREQ=SOMETIMES"]
    assert status_of(calendar.events.insert(calendarId=calendar.id, body=body)) == (400, "invalid")


def an_event_moves_to_another_calendar(api):
    calendar, other = Calendar(api), Calendar(api)
    event = calendar.insert(timed("Move", "2026-11-23T09:00:00", "2026-11-23T10:00:00"))
    moved = calendar.events.move(calendarId=calendar.id, eventId=event["id"], destination=other.id).execute()
    assert moved["organizer"]["email"] == other.id
    assert calendar.get(event)["status"] == "cancelled" and other.get(event)["status"] == "confirmed"


def deleting_twice_is_gone(api):
    calendar = Calendar(api)
    event = calendar.insert(timed("Gone", "2026-11-23T09:00:00", "2026-11-23T10:00:00"))
    request = calendar.events.delete(calendarId=calendar.id, eventId=event["id"])
    request.execute()
    assert status_of(calendar.events.delete(calendarId=calendar.id, eventId=event["id"])) == (410, "deleted")
    items, _ = calendar.all(showDeleted=True)
    assert [item["status"] for item in items] == ["cancelled"]


def a_chosen_id_is_taken_once(api):
    calendar = Calendar(api)
    body = timed("Id", "2026-11-23T09:00:00", "2026-11-23T10:00:00", id=uuid.uuid4().hex)
    assert calendar.insert(body)["id"] == body["id"]
    assert status_of(calendar.events.insert(calendarId=calendar.id, body=body)) == (409, "duplicate")


def import_and_quick_add(api):
    calendar = Calendar(api)
    body = timed("Import", "2026-11-23T09:00:00", "2026-11-23T10:00:00", iCalUID="u-1@elsewhere",
                 organizer={"email": "tom@mail.example"})
    first = calendar.events.import_(calendarId=calendar.id, body=body).execute()
    assert first["organizer"]["email"] == "tom@mail.example"
    again = calendar.events.import_(calendarId=calendar.id, body=body).execute()
    assert again["id"] == first["id"]
    found = calendar.events.list(calendarId=calendar.id, iCalUID="u-1@elsewhere").execute()["items"]
    assert len(found) == 1
    assert calendar.events.quickAdd(calendarId=calendar.id, text="Tea").execute()["summary"] == "Tea"


def status_events_keep_their_properties(api):
    events = api.events()
    kinds = [
        timed("Focus", "2026-11-23T09:00:00", "2026-11-23T10:00:00", eventType="focusTime",
              focusTimeProperties={"autoDeclineMode": "declineNone", "chatStatus": "doNotDisturb"}),
        timed("Away", "2026-11-24T09:00:00", "2026-11-24T10:00:00", eventType="outOfOffice",
              outOfOfficeProperties={"autoDeclineMode": "declineAllConflictingInvitations", "declineMessage": "Back soon"}),
        {"summary": "Home", "eventType": "workingLocation", "visibility": "public", "transparency": "transparent",
         "start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"},
         "workingLocationProperties": {"type": "homeOffice", "homeOffice": {}}},
        {"summary": "Birthday", "eventType": "birthday", "visibility": "private", "transparency": "transparent",
         "start": {"date": "2026-11-26"}, "end": {"date": "2026-11-27"}, "recurrence": ["RRULE:FREQ=YEARLY"],
         "birthdayProperties": {"type": "birthday"}},
    ]
    for body in kinds:
        event = events.insert(calendarId="primary", body=body).execute()
        assert event["eventType"] == body["eventType"]
        listed = events.list(calendarId="primary", eventTypes=[body["eventType"]]).execute()["items"]
        assert [one["id"] for one in listed] == [event["id"]]
        events.delete(calendarId="primary", eventId=event["id"]).execute()
    gmail = timed("Flight", "2026-11-23T09:00:00", "2026-11-23T10:00:00", eventType="fromGmail")
    assert status_of(events.insert(calendarId="primary", body=gmail)) == (400, "eventTypeRestriction")


def a_batch_answers_every_request(api):
    calendar = Calendar(api)
    answers = {}

    def keep(request_id, answer, error):
        answers[request_id] = error.resp.status if error else answer["summary"]

    batch = api.new_batch_http_request(callback=keep)
    for day in (23, 24):
        body = timed(f"d{day}", f"2026-11-{day}T09:00:00", f"2026-11-{day}T10:00:00")
        batch.add(calendar.events.insert(calendarId=calendar.id, body=body), request_id=f"d{day}")
    batch.add(calendar.events.get(calendarId=calendar.id, eventId="nothing"), request_id="none")
    batch.execute()
    assert answers == {"d23": "d23", "d24": "d24", "none": 404}, answers


def etags_guard_writes_and_spare_reads(api):
    calendar = Calendar(api)
    event = calendar.insert(timed("Tag", "2026-11-23T09:00:00", "2026-11-23T10:00:00"))

    def change(tag):
        request = calendar.events.patch(calendarId=calendar.id, eventId=event["id"], body={"summary": "x"})
        request.headers["If-Match"] = tag
        return request

    assert change(event["etag"]).execute()["etag"] != event["etag"]
    assert status_of(change(event["etag"])) == (412, "conditionNotMet")
    request = calendar.events.get(calendarId=calendar.id, eventId=event["id"])
    request.headers["If-None-Match"] = calendar.get(event)["etag"]
    try:
        request.execute()
        raise AssertionError("nothing was spared")
    except HttpError as error:
        assert error.resp.status == 304


def fields_thin_answers(api):
    calendar = Calendar(api)
    calendar.insert(timed("Thin", "2026-11-23T09:00:00", "2026-11-23T10:00:00"))
    page = calendar.events.list(calendarId=calendar.id, fields="items(summary,start/timeZone)").execute()
    assert page == {"items": [{"summary": "Thin", "start": {"timeZone": ZONE}}]}


def busy_times_are_told(api):
    calendar = Calendar(api)
    calendar.insert(timed("Busy", "2026-11-23T09:00:00", "2026-11-23T10:00:00"))
    body = {"timeMin": "2026-11-23T00:00:00Z", "timeMax": "2026-11-24T00:00:00Z",
            "items": [{"id": calendar.id}, {"id": "nobody@mail.example"}]}
    found = api.freebusy().query(body=body).execute()["calendars"]
    assert found[calendar.id]["busy"] == [{"start": "2026-11-23T08:00:00Z", "end": "2026-11-23T09:00:00Z"}]
    assert found["nobody@mail.example"]["errors"][0]["reason"] == "notFound"


class Webhook(http.server.BaseHTTPRequestHandler):
    """Keeps the headers of what it is told."""

    def do_POST(self):
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()
        self.server.told.put(dict(self.headers))

    def log_message(self, *_):
        pass


def a_calendar_is_watched_until_the_channel_is_stopped(api):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Webhook)
    server.told = queue.Queue()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    calendar = Calendar(api)
    body = {"id": str(uuid.uuid4()), "type": "web_hook", "token": "secret",
            "address": f"http://127.0.0.1:{server.server_port}/hook", "params": {"ttl": "3600"}}
    channel = calendar.events.watch(calendarId=calendar.id, body=body).execute()
    assert (channel["kind"], channel["id"]) == ("api#channel", body["id"])
    again = calendar.events.watch(calendarId=calendar.id, body=body)
    assert status_of(again) == (400, "channelIdNotUnique")
    sync = server.told.get(timeout=30)
    assert (sync["x-goog-resource-state"], sync["x-goog-message-number"]) == ("sync", "1")
    calendar.insert(timed("Told", "2026-11-23T09:00:00", "2026-11-23T10:00:00"))
    told = server.told.get(timeout=30)
    assert (told["x-goog-resource-state"], told["x-goog-channel-token"]) == ("exists", "secret")
    stop = api.channels().stop(body={"id": channel["id"], "resourceId": channel["resourceId"]})
    assert stop.execute() == ""
    assert status_of(stop) == (404, "notFound")
    server.shutdown()


TESTS = [
    calendars_are_listed_and_paged, a_calendar_is_created_changed_shown_and_deleted, events_are_paged,
    sync_tokens_carry_changes_and_deletions, single_and_all_day_events_come_back_as_written,
    every_plain_field_is_kept, attendees_answer_and_are_omitted, attachments_need_their_parameter,
    a_conference_is_created_once, labels_colour_events, update_replaces_and_patch_merges,
    an_instance_is_changed_and_another_cancelled, series_are_expanded, an_event_moves_to_another_calendar,
    deleting_twice_is_gone, a_chosen_id_is_taken_once, import_and_quick_add, status_events_keep_their_properties,
    a_batch_answers_every_request, etags_guard_writes_and_spare_reads, fields_thin_answers, busy_times_are_told,
    a_calendar_is_watched_until_the_channel_is_stopped,
]


def main():
    api = service()
    failed = 0
    for test in TESTS:
        try:
            test(api)
        except Exception:
            failed += 1
            print(f"failed: {test.__name__}")
            traceback.print_exc()
    print(f"{len(TESTS) - failed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)


main()
