//! Resources as Graph sends them. An event is always given whole; `$select` thins it later.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{Datelike, NaiveDateTime};
use chrono_tz::Tz;
use serde_json::{Map, Value, json};

use super::context::Context;
use super::filter;
use crate::call::{object, text};
use crate::expand::Instance;
use crate::shares::Role;
use crate::time::{Moment, graph_instant, graph_local};
use crate::world::{Account, Calendar, Event};
use crate::{ids, time};

/// What an event holds but shows only when asked.
pub(super) const NAVIGATIONS: [&str; 4] = [
    "attachments",
    "extensions",
    "multiValueExtendedProperties",
    "singleValueExtendedProperties",
];

/// The change key of a version.
pub(super) fn change_key(version: u64) -> String {
    let mut bytes = b"DaylineSimKey".to_vec();
    bytes.extend_from_slice(&version.to_be_bytes());
    STANDARD.encode(bytes)
}

/// The `@odata.etag` of a version.
pub(crate) fn etag(version: u64) -> String {
    format!("W/\"{}\"", change_key(version))
}

pub(super) fn calendar(_cx: &Context<'_>, account: &Account, calendar: &Calendar) -> Value {
    let own = calendar.role.is_none() && calendar.owner_address == account.email;
    let (providers, default) = if calendar.read_only {
        (json!([]), "unknown")
    } else {
        (json!(["teamsForBusiness"]), "teamsForBusiness")
    };
    json!({
        "id": calendar.id,
        "name": calendar.name,
        "color": calendar.color,
        // Read-only and empty until the user has picked a colour.
        "hexColor": "",
        "isDefaultCalendar": calendar.primary,
        "changeKey": change_key(calendar.version),
        "canShare": own,
        "canViewPrivateItems": calendar.role.map_or(own, Role::sees_private),
        "canEdit": !calendar.read_only,
        "allowedOnlineMeetingProviders": providers,
        "defaultOnlineMeetingProvider": default,
        "isTallyingResponses": calendar.primary,
        "isRemovable": !calendar.primary,
        "owner": {"name": calendar.owner_name, "address": calendar.owner_address},
    })
}

/// A moment in the preferred zone. All-day dates are midnight in whatever zone was asked for
/// (microsoft-graph-docs#1802).
fn moment(cx: &Context<'_>, at: &Moment) -> Value {
    let local: NaiveDateTime = match at {
        Moment::Date(_) => at.local(),
        Moment::Local { .. } => at.instant(Tz::UTC).with_timezone(&cx.tz).naive_local(),
    };
    json!({"dateTime": graph_local(local), "timeZone": cx.tz_name})
}

/// A stored event: single, master or exception.
pub(super) fn event(
    cx: &Context<'_>,
    account: &Account,
    calendar: &Calendar,
    event: &Event,
) -> Value {
    let series = event
        .series
        .as_ref()
        .map(|link| (link.master.as_str(), &link.original));
    let kind = match (&series, event.is_master()) {
        (Some(_), _) => "exception",
        (None, true) => "seriesMaster",
        (None, false) => "singleInstance",
    };
    let times = (&event.start, &event.end);
    resource(cx, account, calendar, event, &event.id, kind, times, series)
}

/// An occurrence of a series, in full.
pub(super) fn instance(
    cx: &Context<'_>,
    account: &Account,
    calendar: &Calendar,
    slot: &Instance<'_>,
) -> Value {
    if let Some(exception) = slot.exception {
        return event(cx, account, calendar, exception);
    }
    let id = occurrence_id(slot);
    let series = Some((slot.master.id.as_str(), &slot.original));
    let times = (&slot.start, &slot.end);
    resource(
        cx,
        account,
        calendar,
        slot.master,
        &id,
        "occurrence",
        times,
        series,
    )
}

/// The id of an occurrence.
pub(super) fn occurrence_id(slot: &Instance<'_>) -> String {
    ids::graph_occurrence(&slot.master.id, slot.original.local().date())
}

/// An occurrence as delta sends it: these properties and no others
/// (microsoft-graph-docs#7632).
pub(super) fn sparse(cx: &Context<'_>, slot: &Instance<'_>) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.event",
        "@odata.etag": etag(slot.master.version),
        "id": cx.id(&occurrence_id(slot)),
        "seriesMasterId": cx.id(&slot.master.id),
        "type": "occurrence",
        "start": moment(cx, &slot.start),
        "end": moment(cx, &slot.end),
    })
}

#[expect(
    clippy::too_many_arguments,
    reason = "the parts of one resource, used in two places"
)]
fn resource(
    cx: &Context<'_>,
    account: &Account,
    calendar: &Calendar,
    source: &Event,
    id: &str,
    kind: &str,
    times: (&Moment, &Moment),
    series: Option<(&str, &Moment)>,
) -> Value {
    let mut out: Map<String, Value> = source
        .properties
        .iter()
        .filter(|(name, _)| !NAVIGATIONS.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    navigations(cx, account, calendar, source, &mut out);
    let public = cx.id(id);
    out.extend(object(json!({
        "@odata.etag": etag(source.version),
        "id": public,
        "createdDateTime": graph_instant(source.created),
        "lastModifiedDateTime": graph_instant(source.updated),
        "changeKey": change_key(source.version),
        "type": kind,
        "isAllDay": times.0.is_date(),
        "start": moment(cx, times.0),
        "end": moment(cx, times.1),
        "seriesMasterId": series.map(|(master, _)| cx.id(master)),
        "isOrganizer": is_organizer(account, calendar, source),
        "webLink": format!(
            "https://{}/owa/?itemid={}&exvsurl=1&path=/calendar/item",
            account.cloud.outlook(),
            cx.quoted(id)
        ),
        "onlineMeetingUrl": null,
    })));
    if kind != "seriesMaster" {
        out.insert("recurrence".into(), Value::Null);
    }
    if let Some((_, original)) = series {
        let at = original.instant(Tz::UTC);
        out.insert(
            "originalStart".into(),
            at.format("%Y-%m-%dT%H:%M:%SZ").to_string().into(),
        );
        // Unlike RFC 5545, every occurrence has a UID of its own: the GlobalObjectId with its
        // date bytes set (MS-OXOCAL 2.2.1.27).
        if let Some(uid) = source.text("iCalUId") {
            out.insert("iCalUId".into(), dated_uid(uid, original).into());
        }
    }
    let html = source
        .properties
        .get("body")
        .and_then(|body| text(body, "/content"));
    let plain = plain(html.unwrap_or_default());
    out.insert(
        "bodyPreview".into(),
        plain.chars().take(255).collect::<String>().into(),
    );
    if cx.text_body {
        out.insert(
            "body".into(),
            json!({"contentType": "text", "content": plain}),
        );
    }
    Value::Object(out)
}

/// Adds what the request expands, or filters by.
fn navigations(
    cx: &Context<'_>,
    account: &Account,
    home: &Calendar,
    source: &Event,
    out: &mut Map<String, Value>,
) {
    let filter = cx.call.param("$filter").unwrap_or_default();
    for name in NAVIGATIONS {
        let expand = cx.expands(name);
        if expand.is_none() && !filter.contains(name) {
            continue;
        }
        let stored = source.properties.get(name).and_then(Value::as_array);
        let mut list = stored.cloned().unwrap_or_default();
        let condition = expand.and_then(|expand| expand.filter.as_deref());
        if let Some(condition) = condition.and_then(|text| filter::parse(text).ok()) {
            list.retain(|one| condition.holds(one));
        }
        if let Some(select) = expand.and_then(|expand| expand.select.as_ref()) {
            for one in list.iter_mut().filter_map(Value::as_object_mut) {
                one.retain(|key, _| key.contains('@') || key == "id" || select.contains(key));
            }
        }
        // Extended properties that an event does not have are left out altogether.
        if !list.is_empty() || !name.ends_with("ExtendedProperties") {
            out.insert(name.to_owned(), list.into());
        }
    }
    if cx.expands("calendar").is_some() {
        out.insert("calendar".into(), calendar(cx, account, home));
    }
}

/// Whether the signed-in user organises the event.
pub(super) fn is_organizer(account: &Account, calendar: &Calendar, event: &Event) -> bool {
    let organizer = event.properties.get("organizer");
    let address = organizer.and_then(|who| text(who, "/emailAddress/address"));
    address.is_none_or(|address| {
        address.eq_ignore_ascii_case(&account.email)
            && calendar.owner_address.eq_ignore_ascii_case(&account.email)
    })
}

fn dated_uid(uid: &str, original: &Moment) -> String {
    let date = original.local().date();
    let bytes = format!("{:04X}{:02X}{:02X}", date.year(), date.month(), date.day());
    match (uid.get(..32), uid.get(40..)) {
        (Some(head), Some(tail)) => format!("{head}{bytes}{tail}"),
        _ => uid.to_owned(),
    }
}

/// HTML as plain text, roughly as the service converts it.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let lower = after.get(..5).unwrap_or(after).to_ascii_lowercase();
        if lower.starts_with("br") || lower.starts_with("/div") || lower.starts_with("/p") {
            out.push('\n');
        }
        rest = after.split_once('>').map_or("", |(_, tail)| tail);
    }
    out.push_str(rest);
    let decoded = out
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#43;", "+")
        .replace("&amp;", "&");
    let lines: Vec<&str> = decoded
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\r\n")
}

/// A UTC window bound, as the query gives it.
pub(super) fn bound(cx: &Context<'_>, name: &str) -> Option<chrono::DateTime<chrono::Utc>> {
    let (_, value) = cx
        .call
        .query
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    // A plus sign that was not encoded arrives as a space.
    time::parse_instant(&value.replace(' ', "+"))
}
