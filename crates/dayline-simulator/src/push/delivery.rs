//! What goes over the network, and what came of it.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, header};
use url::Url;

/// How long a webhook may take to echo a validation token
/// (Graph "Receive change notifications through webhooks", notificationUrl validation).
pub const VALIDATION_LIMIT: Duration = Duration::from_secs(10);

/// A POST that a webhook is to get now.
#[derive(Debug)]
pub struct Delivery {
    /// What [`crate::Simulator::delivered`] wants to know it by.
    pub id: u64,
    /// The whole request.
    pub request: Request<Bytes>,
}

/// What became of a [`Delivery`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The webhook answered.
    Answered {
        /// With this status.
        status: u16,
        /// After this time.
        took: Duration,
    },
    /// There was no answer.
    Unreachable {
        /// How long it was waited for.
        took: Duration,
    },
}

impl Outcome {
    /// The status, if there was an answer.
    pub(crate) fn status(self) -> Option<u16> {
        match self {
            Self::Answered { status, .. } => Some(status),
            Self::Unreachable { .. } => None,
        }
    }

    pub(crate) fn took(self) -> Duration {
        match self {
            Self::Answered { took, .. } | Self::Unreachable { took } => took,
        }
    }
}

/// A webhook that has to prove itself before Graph subscribes it.
#[derive(Debug)]
pub struct Validation {
    /// The address as the client gave it.
    pub url: String,
    /// The POST with the token in its query.
    pub request: Request<Bytes>,
    token: String,
}

/// What a webhook said to a [`Validation`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Echo {
    /// It answered.
    Answered {
        /// The status.
        status: u16,
        /// The `Content-Type`.
        content_type: Option<String>,
        /// The body.
        body: Bytes,
        /// How long it took.
        took: Duration,
    },
    /// There was no answer, or none in time.
    Unreachable,
}

/// A webhook after its validation.
#[derive(Debug, Clone)]
pub struct Validated {
    /// The address as the client gave it.
    pub(crate) url: String,
    pub(crate) problem: Option<Problem>,
}

impl Validated {
    /// Whether the webhook proved itself.
    pub fn passed(&self) -> bool {
        self.problem.is_none()
    }
}

/// Why a webhook did not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    TimedOut,
    Status(u16),
    Type,
    Token,
}

impl Validation {
    /// `None` if the address is none.
    pub(crate) fn new(address: &str, token: String) -> Option<Self> {
        let mut url = Url::parse(address).ok()?;
        // The service writes a space as a plus; both spellings are legal and a client has to
        // read either.
        let coded: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
        let coded = coded.replacen('+', "%20", 1);
        let query = match url.query() {
            Some(own) if !own.is_empty() => format!("{own}&validationToken={coded}"),
            _ => format!("validationToken={coded}"),
        };
        url.set_query(Some(&query));
        let request = Request::builder()
            .method(Method::POST)
            .uri(url.as_str())
            .header(header::CONTENT_TYPE, "text/plain; charset=utf-8")
            .header(header::CONTENT_LENGTH, "0")
            .body(Bytes::new())
            .ok()?;
        Some(Self {
            url: address.to_owned(),
            request,
            token,
        })
    }

    /// Whether the webhook echoed the decoded token and nothing else, as text, in time.
    pub fn judge(&self, echo: &Echo) -> Validated {
        Validated {
            url: self.url.clone(),
            problem: self.problem(echo),
        }
    }

    fn problem(&self, echo: &Echo) -> Option<Problem> {
        let Echo::Answered {
            status,
            content_type,
            body,
            took,
        } = echo
        else {
            return Some(Problem::TimedOut);
        };
        if *took > VALIDATION_LIMIT {
            return Some(Problem::TimedOut);
        }
        if *status != 200 {
            return Some(Problem::Status(*status));
        }
        let kind = content_type.as_deref().unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("text/plain") {
            return Some(Problem::Type);
        }
        (body != self.token.as_bytes()).then_some(Problem::Token)
    }
}

impl Problem {
    /// In the service's words (splunk/azure-functions-splunk#26,
    /// pnp/Microsoft365-Analytics-Insights#273, nodejs-webhooks-sample#350); for the type and
    /// the text no report shows them, and they are ours.
    pub(crate) fn message(self) -> String {
        match self {
            Self::TimedOut => "Subscription validation request timed out.".to_owned(),
            Self::Status(status) => {
                let name = http::StatusCode::from_u16(status).ok();
                let name = name.and_then(|status| status.canonical_reason());
                let name = name.map_or_else(|| status.to_string(), |name| name.replace(' ', ""));
                format!(
                    "Subscription validation request failed. HTTP status code is '{name}'. Notification endpoint must respond with 200 OK to validation request."
                )
            }
            Self::Type => {
                "Subscription validation request failed. Response must be of the type text/plain."
                    .to_owned()
            }
            Self::Token => "Subscription validation request failed. Response must exactly match validationToken query parameter.".to_owned(),
        }
    }
}
