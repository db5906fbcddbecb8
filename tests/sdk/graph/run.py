"""msgraph-sdk against the simulator.

Everything goes through the SDK's own builders, models and page iterator, so that paths,
parameters and the reading of answers are Microsoft's. Prints a line for each failure and ends
with `N passed, N failed`.
"""

import asyncio
import datetime
import http.server
import json
import os
import ssl
import queue
import sys
import threading
import time
import traceback
import urllib.parse
import uuid

import httpx
from azure.core.credentials import AccessToken
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph import GraphServiceClient
from msgraph.graph_request_adapter import GraphRequestAdapter, options
from msgraph.generated.models import (
    attendee,
    attendee_type,
    body_type,
    calendar,
    calendar_group,
    category_color,
    date_time_time_zone,
    day_of_week,
    email_address,
    event,
    event_type,
    file_attachment,
    free_busy_status,
    item_body,
    location,
    online_meeting_provider_type,
    outlook_category,
    patterned_recurrence,
    recipient,
    recurrence_pattern,
    recurrence_pattern_type,
    recurrence_range,
    recurrence_range_type,
    response_type,
    sensitivity,
    single_value_legacy_extended_property,
    subscription,
    time_slot,
    week_index,
)
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.open_type_extension import OpenTypeExtension
from msgraph.generated.users.item.calendar.calendar_view.calendar_view_request_builder import (
    CalendarViewRequestBuilder,
)
from msgraph.generated.users.item.calendar_view.delta.delta_request_builder import (
    DeltaRequestBuilder,
)
from msgraph.generated.users.item.events.events_request_builder import EventsRequestBuilder
from msgraph.generated.users.item.events.item.accept.accept_post_request_body import (
    AcceptPostRequestBody,
)
from msgraph.generated.users.item.events.item.cancel.cancel_post_request_body import (
    CancelPostRequestBody,
)
from msgraph.generated.users.item.events.item.event_item_request_builder import (
    EventItemRequestBuilder,
)
from msgraph.generated.users.item.events.item.forward.forward_post_request_body import (
    ForwardPostRequestBody,
)
from msgraph.generated.users.item.events.item.instances.instances_request_builder import (
    InstancesRequestBuilder,
)
from msgraph.generated.users.item.events.item.snooze_reminder.snooze_reminder_post_request_body import (
    SnoozeReminderPostRequestBody,
)
from msgraph.generated.users.item.events.item.tentatively_accept.tentatively_accept_post_request_body import (
    TentativelyAcceptPostRequestBody,
)
from msgraph.generated.users.item.translate_exchange_ids.translate_exchange_ids_post_request_body import (
    TranslateExchangeIdsPostRequestBody,
)
from msgraph.generated.models.exchange_id_format import ExchangeIdFormat
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem
from msgraph_core.tasks.page_iterator import PageIterator

NOVEMBER = ("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")
ZONE = "W. Europe Standard Time"


class StaticCredential:
    """A token that is known already, as azure-core wants it."""

    def get_token(self, *_scopes, **_more):
        return AccessToken(os.environ["SIM_TOKEN_MICROSOFT"], int(time.time()) + 3600)

    def close(self):
        pass


def client():
    ca = os.environ.get("SIM_CA")
    verify = ssl.create_default_context(cafile=ca) if ca else True
    # The factory puts the SDK's own middleware before this client's transport.
    from msgraph_core import GraphClientFactory

    http = GraphClientFactory.create_with_default_middleware(
        client=httpx.AsyncClient(verify=verify, timeout=60), options=options
    )
    provider = AzureIdentityAuthenticationProvider(
        StaticCredential(), allowed_hosts=["127.0.0.1", "localhost"]
    )
    adapter = GraphRequestAdapter(provider, client=http)
    adapter.base_url = os.environ["SIM_GRAPH"]
    return GraphServiceClient(request_adapter=adapter)


GRAPH = client()
CASES = []


def case(function):
    CASES.append(function)
    return function


def same(found, expected, what):
    if found != expected:
        raise AssertionError(f"{what}: {found!r} instead of {expected!r}")


def asking(builder, headers=None, **parameters):
    """A request configuration with the builder's own query parameters."""
    kinds = [kind for name, kind in vars(builder).items() if name.endswith("QueryParameters")]
    found = RequestConfiguration(query_parameters=kinds[0](**parameters))
    for name, value in (headers or {}).items():
        found.headers.add(name, value)
    return found


def at(text, zone=ZONE):
    return date_time_time_zone.DateTimeTimeZone(date_time=text, time_zone=zone)


def timed(subject, start, end, zone=ZONE, **more):
    return event.Event(subject=subject, start=at(start, zone), end=at(end, zone), **more)


async def refused(request):
    """Status and code of a refusal."""
    try:
        await request
    except ODataError as error:
        return error.response_status_code, error.error.code
    raise AssertionError("the request was not refused")


async def every(response):
    """All items of a list by the SDK's page iterator."""
    found = []

    def take(item):
        found.append(item)
        return True

    await PageIterator(response, GRAPH.request_adapter).iterate(take)
    return found


async def delta_round(builder, configuration=None, link=None):
    """All items of a delta round, and the link of the next one."""
    page = await (builder.with_url(link).get() if link else builder.get(request_configuration=configuration))
    items = list(page.value)
    while page.odata_next_link:
        page = await builder.with_url(page.odata_next_link).get()
        items += page.value
    return items, page.odata_delta_link


@case
async def the_user_and_the_mailbox():
    me = await GRAPH.me.get()
    same(me.mail, os.environ.get("SIM_EMAIL_MICROSOFT", me.mail), "mail")
    settings = await GRAPH.me.mailbox_settings.get()
    same(settings.time_zone, ZONE, "time zone")
    zones = await GRAPH.me.outlook.supported_time_zones.get()
    assert len(zones.value) > 100, "few zones"
    iana = await GRAPH.me.outlook.supported_time_zones_with_time_zone_standard("Iana").get()
    assert any(zone.alias == "Europe/Berlin" for zone in iana.value), "no Berlin"


@case
async def calendars_are_listed_made_changed_and_deleted():
    calendars = await every(await GRAPH.me.calendars.get())
    assert any(one.is_default_calendar for one in calendars), "no default calendar"
    made = await GRAPH.me.calendars.post(calendar.Calendar(name="Rowing"))
    changed = await GRAPH.me.calendars.by_calendar_id(made.id).patch(calendar.Calendar(name="Sailing"))
    same(changed.name, "Sailing", "name")
    await GRAPH.me.calendars.by_calendar_id(made.id).delete()
    same((await refused(GRAPH.me.calendars.by_calendar_id(made.id).get()))[0], 404, "after the deletion")


@case
async def groups_hold_calendars():
    group = await GRAPH.me.calendar_groups.post(calendar_group.CalendarGroup(name="Clubs"))
    builder = GRAPH.me.calendar_groups.by_calendar_group_id(group.id)
    made = await builder.calendars.post(calendar.Calendar(name="Chess"))
    same([one.id for one in (await builder.calendars.get()).value], [made.id], "calendars of the group")
    await GRAPH.me.calendars.by_calendar_id(made.id).permanent_delete.post()
    await builder.delete()


@case
async def events_come_page_by_page():
    first = await GRAPH.me.events.get(asking(EventsRequestBuilder, top=5, orderby=["start/dateTime"]))
    same(len(first.value), 5, "first page")
    events = await every(first)
    assert len(events) > 10, f"only {len(events)} events"
    same(len({one.id for one in events}), len(events), "distinct ids")
    counted = await GRAPH.me.events.count.get()
    same(counted, len(events), "$count")
    chosen = await GRAPH.me.events.get(
        asking(EventsRequestBuilder, filter="type eq 'seriesMaster'", select=["subject", "type"], count=True)
    )
    same({one.type for one in chosen.value}, {event_type.EventType.SeriesMaster}, "filtered types")
    assert chosen.odata_count >= len(chosen.value) and chosen.value[0].body is None


@case
async def a_view_expands_series():
    configuration = asking(
        CalendarViewRequestBuilder,
        headers={"Prefer": f'outlook.timezone="{ZONE}", outlook.body-content-type="text"'},
        start_date_time=NOVEMBER[0],
        end_date_time=NOVEMBER[1],
        top=25,
    )
    events = await every(await GRAPH.me.calendar.calendar_view.get(configuration))
    kinds = {one.type for one in events}
    assert event_type.EventType.Occurrence in kinds, kinds
    assert event_type.EventType.SeriesMaster not in kinds, kinds
    configuration.headers.add("Prefer", "odata.maxpagesize=7")
    first = await GRAPH.me.calendar_view.get(configuration)
    same(first.value[0].start.time_zone, ZONE, "preferred zone")


@case
async def an_event_keeps_every_field():
    made = await GRAPH.me.events.post(
        timed(
            "Plans",
            "2026-11-25T10:00:00",
            "2026-11-25T11:00:00",
            body=item_body.ItemBody(content_type=body_type.BodyType.Html, content="<p>Bring <b>plans</b></p>"),
            location=location.Location(display_name="Room 1"),
            attendees=[
                attendee.Attendee(
                    type=attendee_type.AttendeeType.Optional,
                    email_address=email_address.EmailAddress(address="b@contoso.example", name="B"),
                )
            ],
            sensitivity=sensitivity.Sensitivity.Private,
            show_as=free_busy_status.FreeBusyStatus.Oof,
            categories=["Travel"],
            is_reminder_on=True,
            reminder_minutes_before_start=5,
            allow_new_time_proposals=False,
            response_requested=False,
            hide_attendees=True,
            transaction_id=str(uuid.uuid4()),
            is_online_meeting=True,
            online_meeting_provider=online_meeting_provider_type.OnlineMeetingProviderType.TeamsForBusiness,
        )
    )
    found = await GRAPH.me.events.by_event_id(made.id).get()
    same(found.subject, "Plans", "subject")
    same(found.start.date_time, "2026-11-25T09:00:00.0000000", "start in UTC")
    same(found.original_start_time_zone, ZONE, "original zone")
    same((found.location.display_name, found.locations[0].display_name), ("Room 1", "Room 1"), "places")
    same(found.attendees[0].type, attendee_type.AttendeeType.Optional, "attendee's type")
    same(found.attendees[0].status.response, response_type.ResponseType.None_, "attendee's answer")
    same(found.sensitivity, sensitivity.Sensitivity.Private, "sensitivity")
    same(found.show_as, free_busy_status.FreeBusyStatus.Oof, "showAs")
    same((found.categories, found.reminder_minutes_before_start), (["Travel"], 5), "categories, reminder")
    same((found.allow_new_time_proposals, found.response_requested, found.hide_attendees), (False, False, True), "switches")
    same(found.transaction_id, made.transaction_id, "transaction")
    assert found.online_meeting.join_url.startswith("https://teams.microsoft.com/"), "no Teams link"
    assert found.online_meeting.phones[0].number and found.online_meeting.quick_dial, "no phones"
    assert "plans" in found.body_preview and found.is_organizer and found.web_link
    again = await GRAPH.me.events.post(
        timed("Twice", "2026-11-25T10:00:00", "2026-11-25T11:00:00", transaction_id=made.transaction_id)
    )
    same(again.id, made.id, "the repeated transaction")
    changed = await GRAPH.me.events.by_event_id(made.id).patch(event.Event(subject="Changed"))
    same((changed.subject, changed.is_online_meeting), ("Changed", True), "after the change")
    assert changed.change_key != made.change_key, "the change key stays"
    await GRAPH.me.events.by_event_id(made.id).delete()
    same(await refused(GRAPH.me.events.by_event_id(made.id).get()), (404, "ErrorItemNotFound"), "deleted")


@case
async def a_stale_write_is_refused():
    made = await GRAPH.me.events.post(timed("Once", "2026-11-25T10:00:00", "2026-11-25T11:00:00"))
    builder = GRAPH.me.events.by_event_id(made.id)
    await builder.patch(event.Event(subject="Twice"))
    configuration = RequestConfiguration()
    configuration.headers.add("If-Match", f'W/"{made.change_key}"')
    found = await refused(builder.patch(event.Event(subject="Thrice"), configuration))
    same(found, (412, "ErrorIrresolvableConflict"), "stale change key")
    await builder.permanent_delete.post()


@case
async def an_all_day_event_is_midnight_to_midnight():
    made = await GRAPH.me.events.post(timed("Trip", "2026-11-24T00:00:00", "2026-11-26T00:00:00", is_all_day=True))
    same((made.is_all_day, made.start.date_time), (True, "2026-11-24T00:00:00.0000000"), "all day")
    found = await refused(
        GRAPH.me.events.post(timed("Trip", "2026-11-24T09:00:00", "2026-11-26T00:00:00", is_all_day=True))
    )
    same(found[0], 400, "all day from nine")
    await GRAPH.me.events.by_event_id(made.id).delete()


def patterns():
    kind, day, index = recurrence_pattern_type.RecurrencePatternType, day_of_week.DayOfWeek, week_index.WeekIndex
    pattern = recurrence_pattern.RecurrencePattern
    return [
        (pattern(type=kind.Daily, interval=2), ["2026-12-01", "2026-12-03", "2026-12-05"]),
        (
            pattern(type=kind.Weekly, interval=1, days_of_week=[day.Tuesday, day.Friday], first_day_of_week=day.Monday),
            ["2026-12-01", "2026-12-04", "2026-12-08"],
        ),
        (pattern(type=kind.AbsoluteMonthly, interval=1, day_of_month=1), ["2026-12-01", "2027-01-01", "2027-02-01"]),
        (
            pattern(type=kind.RelativeMonthly, interval=1, days_of_week=[day.Tuesday], index=index.First),
            ["2026-12-01", "2027-01-05", "2027-02-02"],
        ),
        (pattern(type=kind.AbsoluteYearly, interval=1, day_of_month=1, month=12), ["2026-12-01", "2027-12-01", "2028-12-01"]),
        (
            pattern(type=kind.RelativeYearly, interval=1, days_of_week=[day.Tuesday], index=index.First, month=12),
            ["2026-12-01", "2027-12-07", "2028-12-05"],
        ),
    ]


def series(pattern, **range_fields):
    fields = {"type": recurrence_range_type.RecurrenceRangeType.Numbered, "number_of_occurrences": 3}
    fields.update(range_fields)
    range_ = recurrence_range.RecurrenceRange(start_date=datetime.date(2026, 12, 1), **fields)
    recurrence = patterned_recurrence.PatternedRecurrence(pattern=pattern, range=range_)
    return timed("Series", "2026-12-01T09:00:00", "2026-12-01T09:30:00", recurrence=recurrence)


async def instances(master, start="2026-11-01T00:00:00Z", end="2031-01-01T00:00:00Z"):
    builder = GRAPH.me.events.by_event_id(master).instances
    return await every(
        await builder.get(asking(InstancesRequestBuilder, start_date_time=start, end_date_time=end))
    )


def days(events):
    return [one.start.date_time[:10] for one in events]


@case
async def every_pattern_has_its_days():
    for pattern, expected in patterns():
        made = await GRAPH.me.events.post(series(pattern))
        same(made.recurrence.pattern.type, pattern.type, "pattern")
        same(days(await instances(made.id)), expected, str(pattern.type))
        await GRAPH.me.events.by_event_id(made.id).delete()


@case
async def every_range_ends_as_it_says():
    kind = recurrence_range_type.RecurrenceRangeType
    daily = recurrence_pattern.RecurrencePattern(type=recurrence_pattern_type.RecurrencePatternType.Daily, interval=1)
    for fields, expected in [
        ({"type": kind.EndDate, "end_date": datetime.date(2026, 12, 4)}, 4),
        ({"type": kind.Numbered, "number_of_occurrences": 5}, 5),
        ({"type": kind.NoEnd}, 31),
    ]:
        made = await GRAPH.me.events.post(series(daily, **fields))
        found = await instances(made.id, end="2027-01-01T00:00:00Z")
        same(len(found), expected, str(fields))
        await GRAPH.me.events.by_event_id(made.id).delete()
    wrong = series(daily)
    wrong.recurrence.range.start_date = datetime.date(2026, 12, 2)
    same((await refused(GRAPH.me.events.post(wrong)))[0], 400, "a range that begins on another day")


@case
async def occurrences_move_and_go():
    weekly = recurrence_pattern.RecurrencePattern(
        type=recurrence_pattern_type.RecurrencePatternType.Weekly, interval=1, days_of_week=[day_of_week.DayOfWeek.Tuesday]
    )
    made = await GRAPH.me.events.post(series(weekly))
    first, second, third = await instances(made.id)
    same((second.series_master_id, second.type), (made.id, event_type.EventType.Occurrence), "occurrence")
    moved = await GRAPH.me.events.by_event_id(second.id).patch(
        event.Event(start=at("2026-12-09T10:00:00"), end=at("2026-12-09T10:30:00"))
    )
    same((moved.id, moved.type), (second.id, event_type.EventType.Exception), "moved occurrence")
    assert moved.original_start.isoformat().startswith("2026-12-08T08:00"), moved.original_start
    too_far = event.Event(start=at("2026-12-16T10:00:00"), end=at("2026-12-16T10:30:00"))
    found = await refused(GRAPH.me.events.by_event_id(second.id).patch(too_far))
    same(found, (400, "ErrorOccurrenceCrossingBoundary"), "past the neighbour")
    await GRAPH.me.events.by_event_id(third.id).delete()
    same(days(await instances(made.id)), ["2026-12-01", "2026-12-09"], "what is left")
    master = await GRAPH.me.events.by_event_id(made.id).get(
        asking(
            EventItemRequestBuilder,
            select=["subject", "cancelledOccurrences", "exceptionOccurrences"],
            expand=["exceptionOccurrences"],
        )
    )
    same(master.cancelled_occurrences, [f"OID.{made.id}.2026-12-15"], "cancelled occurrences")
    same([one.id for one in master.exception_occurrences], [second.id], "exceptions")
    new_pattern = series(recurrence_pattern.RecurrencePattern(
        type=recurrence_pattern_type.RecurrencePatternType.Daily, interval=1))
    await GRAPH.me.events.by_event_id(made.id).patch(event.Event(recurrence=new_pattern.recurrence))
    same(days(await instances(made.id)), ["2026-12-01", "2026-12-02", "2026-12-03"], "a new pattern drops exceptions")
    await GRAPH.me.events.by_event_id(made.id).cancel.post(CancelPostRequestBody(comment="Enough"))


@case
async def delta_tells_what_changed_and_what_went():
    builder = GRAPH.me.calendar_view.delta
    configuration = asking(
        DeltaRequestBuilder,
        headers={"Prefer": "odata.maxpagesize=20"},
        start_date_time=NOVEMBER[0],
        end_date_time=NOVEMBER[1],
    )
    items, link = await delta_round(builder, configuration)
    assert len(items) > 20, f"only {len(items)} items"
    sparse = [one for one in items if one.type == event_type.EventType.Occurrence]
    assert sparse and all(one.subject is None and one.series_master_id for one in sparse), "no sparse occurrences"
    same((await delta_round(builder, link=link))[0], [], "a round without changes")
    made = await GRAPH.me.events.post(timed("New", "2026-11-27T10:00:00", "2026-11-27T11:00:00"))
    items, link = await delta_round(builder, link=link)
    same([one.id for one in items], [made.id], "what is new")
    await GRAPH.me.events.by_event_id(made.id).patch(event.Event(subject="Newer"))
    items, link = await delta_round(builder, link=link)
    same([one.subject for one in items], ["Newer"], "what changed")
    await GRAPH.me.events.by_event_id(made.id).delete()
    items, link = await delta_round(builder, link=link)
    same([one.id for one in items], [made.id], "what went")
    same(items[0].additional_data["@removed"]["reason"], "deleted", "tombstone")


@case
async def a_calendar_has_a_delta_without_a_window():
    home = await GRAPH.me.calendar.get()
    builder = GRAPH.me.calendars.by_calendar_id(home.id).events.delta
    items, link = await delta_round(builder)
    kinds = {one.type for one in items}
    same(kinds, {event_type.EventType.SingleInstance, event_type.EventType.SeriesMaster}, "kinds")
    made = await GRAPH.me.events.post(timed("Far", "2031-11-27T10:00:00", "2031-11-27T11:00:00"))
    items, _ = await delta_round(builder, link=link)
    same([one.id for one in items], [made.id], "what is new")
    await GRAPH.me.events.by_event_id(made.id).delete()


@case
async def attachments_and_app_data():
    made = await GRAPH.me.events.post(timed("Papers", "2026-11-25T10:00:00", "2026-11-25T11:00:00"))
    builder = GRAPH.me.events.by_event_id(made.id)
    stored = await builder.attachments.post(
        file_attachment.FileAttachment(name="a.txt", content_type="text/plain", content_bytes=b"hello")
    )
    same((stored.name, stored.size), ("a.txt", 5), "attachment")
    listed = (await builder.attachments.get()).value
    same([type(one) for one in listed], [file_attachment.FileAttachment], "listed kind")
    one = await builder.attachments.by_attachment_id(stored.id).get()
    same(one.content_bytes, b"hello", "content")
    full = await builder.get(asking(EventItemRequestBuilder, expand=["attachments"]))
    same((full.has_attachments, len(full.attachments)), (True, 1), "expanded")
    await builder.attachments.by_attachment_id(stored.id).delete()
    same((await builder.get()).has_attachments, False, "after the deletion")
    extension = OpenTypeExtension(extension_name="example.notes", additional_data={"theme": "dark"})
    await builder.extensions.post(extension)
    read = await builder.extensions.by_extension_id("example.notes").get()
    same(read.additional_data["theme"], "dark", "extension")
    key = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Colour"
    await builder.patch(
        event.Event(
            single_value_extended_properties=[
                single_value_legacy_extended_property.SingleValueLegacyExtendedProperty(id=key, value="green")
            ]
        )
    )
    expand = f"singleValueExtendedProperties($filter=id eq '{key}')"
    full = await builder.get(asking(EventItemRequestBuilder, expand=[expand]))
    same(full.single_value_extended_properties[0].value, "green", "extended property")
    await builder.delete()


@case
async def actions_on_events():
    invited = await GRAPH.me.events.get(asking(EventsRequestBuilder, filter="isOrganizer eq false", top=50))
    asked = [one for one in invited.value if one.type == event_type.EventType.SingleInstance][0]
    builder = GRAPH.me.events.by_event_id(asked.id)
    slot = time_slot.TimeSlot(start=at("2026-11-27T12:00:00"), end=at("2026-11-27T13:00:00"))
    await builder.tentatively_accept.post(
        TentativelyAcceptPostRequestBody(comment="Perhaps", send_response=True, proposed_new_time=slot)
    )
    same((await builder.get()).response_status.response, response_type.ResponseType.TentativelyAccepted, "answer")
    await builder.accept.post(AcceptPostRequestBody(send_response=False))
    same((await builder.get()).response_status.response, response_type.ResponseType.Accepted, "answer")
    to = recipient.Recipient(email_address=email_address.EmailAddress(address="c@contoso.example"))
    await builder.forward.post(ForwardPostRequestBody(to_recipients=[to], comment="See"))
    await builder.snooze_reminder.post(SnoozeReminderPostRequestBody(new_reminder_time=at("2026-11-27T11:55:00")))
    await builder.dismiss_reminder.post()
    found = await refused(builder.cancel.post(CancelPostRequestBody(comment="No")))
    same(found[0], 400, "cancelling what somebody else organises")


@case
async def categories_come_and_go():
    made = await GRAPH.me.outlook.master_categories.post(
        outlook_category.OutlookCategory(display_name="Music", color=category_color.CategoryColor.Preset5)
    )
    builder = GRAPH.me.outlook.master_categories.by_outlook_category_id(made.id)
    changed = await builder.patch(outlook_category.OutlookCategory(color=category_color.CategoryColor.Preset8))
    same(changed.color, category_color.CategoryColor.Preset8, "colour")
    names = [one.display_name for one in (await GRAPH.me.outlook.master_categories.get()).value]
    assert "Music" in names, names
    await builder.delete()
    same((await refused(builder.get()))[0], 404, "after the deletion")


@case
async def ids_are_translated():
    some = (await GRAPH.me.events.get(asking(EventsRequestBuilder, top=1))).value[0]
    answer = await GRAPH.me.translate_exchange_ids.post(
        TranslateExchangeIdsPostRequestBody(
            input_ids=[some.id],
            source_id_type=ExchangeIdFormat.RestId,
            target_id_type=ExchangeIdFormat.RestImmutableEntryId,
        )
    )
    immutable = answer.value[0].target_id
    assert immutable != some.id, "the id stays"
    configuration = RequestConfiguration()
    configuration.headers.add("Prefer", 'IdType="ImmutableId"')
    found = await GRAPH.me.events.by_event_id(immutable).get(configuration)
    same((found.id, found.subject), (immutable, some.subject), "by the immutable id")


class Webhook(http.server.BaseHTTPRequestHandler):
    """Echoes validation tokens and keeps what it is told."""

    def do_POST(self):
        told = self.rfile.read(int(self.headers.get("content-length") or 0))
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        token = query.get("validationToken", [""])[0].encode()
        self.send_response(200 if token else 202)
        self.send_header("content-type", "text/plain")
        self.send_header("content-length", str(len(token)))
        self.end_headers()
        self.wfile.write(token)
        if not token:
            self.server.told.put(json.loads(told))

    def log_message(self, *_):
        pass


@case
async def a_subscription_is_made_told_renewed_and_deleted():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Webhook)
    server.told = queue.Queue()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/hook?secret=1"
    ends = datetime.datetime(2026, 11, 25, 9, tzinfo=datetime.timezone.utc)
    wanted = subscription.Subscription(
        change_type="created,updated,deleted",
        notification_url=url,
        lifecycle_notification_url=url,
        resource="me/events",
        expiration_date_time=ends,
        client_state="state",
    )
    made = await GRAPH.subscriptions.post(wanted)
    same((made.resource, made.notification_url), ("me/events", url), "subscription")
    same(made.expiration_date_time, ends, "expirationDateTime")
    same(await refused(GRAPH.subscriptions.post(wanted)), (409, "ObjectIdentifierInUse"), "twice")
    written = await GRAPH.me.events.post(timed("Told", "2026-11-24T09:00:00", "2026-11-24T10:00:00"))
    told = await asyncio.to_thread(server.told.get, timeout=30)
    item = told["value"][0]
    same((item["clientState"], item["changeType"]), ("state", "created"), "notification")
    same(item["resourceData"]["id"], written.id, "id in the notification")
    one = GRAPH.subscriptions.by_subscription_id(made.id)
    later = ends + datetime.timedelta(days=1)
    renewed = await one.patch(subscription.Subscription(expiration_date_time=later))
    same(renewed.expiration_date_time, later, "renewed")
    listed = await GRAPH.subscriptions.get()
    same([found.id for found in listed.value], [made.id], "list")
    await one.delete()
    same((await refused(one.get()))[0], 404, "deleted")
    server.shutdown()


@case
async def a_batch_answers_each_part():
    def request(method, path):
        information = RequestInformation(method, os.environ["SIM_GRAPH"] + path)
        information.url = os.environ["SIM_GRAPH"] + path
        return information

    content = BatchRequestContent()
    for id_, path in [("1", "/me/calendars"), ("2", "/me/events/AAMkAGIx"), ("3", "/me")]:
        content.add_request(id_, BatchRequestItem(request(Method.GET, path), id_))
    response = await GRAPH.batch.post(content)
    same(response.get_response_status_codes(), {"1": 200, "2": 404, "3": 200}, "statuses")
    # msgraph-core 1.5.2 takes bodies for base64 and loses those that are JSON.


async def main():
    failed = 0
    for function in CASES:
        try:
            await function()
        except Exception:  # one failure must not hide the others
            failed += 1
            print(f"failed: {function.__name__.replace('_', ' ')}")
            traceback.print_exc()
    print(f"{len(CASES) - failed} passed, {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(1 if asyncio.run(main()) else 0)
