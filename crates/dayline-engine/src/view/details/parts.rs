//! The parts of an event that details show beside its time: places, reminders, attachments and
//! people. Pure; nothing is opened here.

use chrono_tz::Tz;
use dayline_model::filter::fold;
use dayline_model::{
    Attachment, Attendee, AttendeeRole, EventType, ParticipationStatus, Place, Reminder,
    ReminderMethod, Reminders, Sensitivity, gate,
};
use dayline_store::EventRow;
use url::Url;

use super::person_view;
use crate::view::range::clock_in;
use crate::view::{
    AttachmentView, AttendeeView, EventKindView, PlaceView, ReminderMethodView, ReminderView,
    RemindersView, SensitivityView,
};

/// The places to show, with the checked link of each, if it has one.
///
/// Shape: the provider's places in their order, without doubles; the line that sums them up comes
/// first, but only if it says something that they do not.
pub(crate) fn shown_places(event: &EventRow) -> Vec<(PlaceView, Option<Url>)> {
    let mut shown: Vec<(PlaceView, Option<Url>)> = Vec::new();
    for place in &event.places {
        let link = place_link(place);
        let Some(view) = place_view(place, link.as_ref()) else {
            continue;
        };
        if !shown.iter().any(|(other, _)| *other == view) {
            shown.push((view, link));
        }
    }
    let line = event.location.as_deref().map_or("", str::trim);
    if !line.is_empty() && !says_no_more(line, &shown) {
        let place = Place {
            name: Some(line.to_owned()),
            ..Place::default()
        };
        let link = place_link(&place);
        if let Some(view) = place_view(&place, link.as_ref()) {
            shown.insert(0, (view, link));
        }
    }
    shown
}

/// Whether every part of the summing line is the name or the address of a place.
fn says_no_more(line: &str, shown: &[(PlaceView, Option<Url>)]) -> bool {
    let known: Vec<String> = shown
        .iter()
        .flat_map(|(place, _)| [Some(&place.name), place.address.as_ref()])
        .flatten()
        .map(|text| fold(text.trim()))
        .collect();
    let is_known = |text: &str| text.trim().is_empty() || known.contains(&fold(text.trim()));
    is_known(line) || line.split(';').all(is_known)
}

/// What a place leads to: its link, or a name that is one itself.
fn place_link(place: &Place) -> Option<Url> {
    [place.uri.as_deref(), place.name.as_deref()]
        .into_iter()
        .flatten()
        .find_map(|text| gate::check_web(text.trim()).ok())
}

fn place_view(place: &Place, link: Option<&Url>) -> Option<PlaceView> {
    let text = |field: &Option<String>| {
        let trimmed = field.as_deref().map(str::trim)?;
        (!trimmed.is_empty()).then(|| trimmed.to_owned())
    };
    let (name, address, email) = (text(&place.name), text(&place.address), text(&place.email));
    let shown = name
        .clone()
        .or_else(|| address.clone())
        .or_else(|| email.clone())
        .or_else(|| text(&place.uri))?;
    Some(PlaceView {
        address: address.filter(|address| *address != shown),
        email: email.filter(|email| *email != shown),
        host: link.and_then(|url| url.host_str()).map(str::to_owned),
        name: shown,
    })
}

/// [`shown_places`] without the links.
pub(super) fn place_views(event: &EventRow) -> Vec<PlaceView> {
    shown_places(event)
        .into_iter()
        .map(|(view, _)| view)
        .collect()
}

pub(super) fn reminders_view(reminders: &Reminders, defaults: &[Reminder]) -> RemindersView {
    let views = |list: &[Reminder]| list.iter().map(Into::into).collect();
    RemindersView {
        own: views(&reminders.own),
        from_calendar: reminders.use_default.then(|| views(defaults)),
    }
}

/// Where an attachment can be opened, checked.
pub(crate) fn attachment_link(attachment: &Attachment) -> Option<Url> {
    gate::check_web(attachment.url.as_deref()?.trim()).ok()
}

/// The organizer first, resources last, otherwise in the provider's order.
pub(super) fn attendee_views(event: &EventRow, zone: Tz) -> Vec<AttendeeView> {
    let organizer = event
        .organizer
        .as_ref()
        .and_then(|person| person.email.as_deref());
    let organizes = |attendee: &Attendee| {
        attendee.status == ParticipationStatus::Organizer
            || attendee.person.email.as_deref().is_some_and(|email| {
                organizer.is_some_and(|organizer| organizer.eq_ignore_ascii_case(email))
            })
    };
    let mut attendees: Vec<&Attendee> = event.attendees.iter().collect();
    attendees.sort_by_key(|attendee| {
        if organizes(attendee) {
            0
        } else if attendee.role == AttendeeRole::Resource {
            2
        } else {
            1
        }
    });
    attendees
        .into_iter()
        .filter_map(|attendee| {
            Some(AttendeeView {
                person: person_view(&attendee.person)?,
                response: attendee.status.into(),
                optional: attendee.role == AttendeeRole::Optional,
                resource: attendee.role == AttendeeRole::Resource,
                organizer: organizes(attendee),
                comment: attendee
                    .comment
                    .as_deref()
                    .map(str::trim)
                    .filter(|comment| !comment.is_empty())
                    .map(str::to_owned),
                additional_guests: i32::try_from(attendee.additional_guests).unwrap_or(i32::MAX),
                answered: attendee.answered_at.map(|at| clock_in(at, zone)),
            })
        })
        .collect()
}

impl From<&Attachment> for AttachmentView {
    fn from(attachment: &Attachment) -> Self {
        Self {
            name: attachment.name.clone(),
            media_type: attachment.media_type.clone(),
            size: attachment
                .size
                .filter(|size| *size >= 0)
                .map(|size| i32::try_from(size).unwrap_or(i32::MAX)),
            host: attachment_link(attachment).and_then(|url| url.host_str().map(str::to_owned)),
        }
    }
}

impl From<&Reminder> for ReminderView {
    fn from(reminder: &Reminder) -> Self {
        Self {
            method: match reminder.method {
                ReminderMethod::Popup => ReminderMethodView::Popup,
                ReminderMethod::Email => ReminderMethodView::Email,
            },
            minutes: reminder.minutes,
        }
    }
}

impl From<EventType> for EventKindView {
    fn from(event_type: EventType) -> Self {
        match event_type {
            EventType::Default => Self::Default,
            EventType::FocusTime => Self::FocusTime,
            EventType::OutOfOffice => Self::OutOfOffice,
            EventType::WorkingLocation => Self::WorkingLocation,
            EventType::Birthday => Self::Birthday,
            EventType::FromGmail => Self::FromGmail,
        }
    }
}

impl From<Sensitivity> for SensitivityView {
    fn from(sensitivity: Sensitivity) -> Self {
        match sensitivity {
            Sensitivity::Normal => Self::Normal,
            Sensitivity::Personal => Self::Personal,
            Sensitivity::Private => Self::Private,
            Sensitivity::Confidential => Self::Confidential,
        }
    }
}
