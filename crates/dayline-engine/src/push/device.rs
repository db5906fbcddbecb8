//! This computer at the relay: a secret that means nothing anywhere else, and addresses that
//! providers may send to.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use dayline_host::{HttpError, Rng};
use dayline_relay_protocol::{Channel, ChannelRequest, Device, Position, Vendor};
use dayline_store::{Read, StoreError, Write};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::clients::{hex, unhex};
use crate::{Engine, Error};

/// The device's secret, sealed, in hexadecimal digits.
const SECRET: &str = "relay.secret";
/// When it ends, in seconds since 1970.
const EXPIRES: &str = "relay.secret_expires";
/// Which enrolment this is: at which relay, and a random word. A new secret does not change it.
const DEVICE: &str = "relay.device";
/// The last position, as JSON.
const POSITION: &str = "relay.position";
/// A secret that ends within this time is exchanged.
const EARLY: TimeDelta = TimeDelta::days(15);
/// A line is opened anew, with another secret, before the one it was opened with ends.
const LAST_DAY: TimeDelta = TimeDelta::days(1);
/// How often it is looked at what another process may have changed.
pub(super) const LOOK: Duration = Duration::from_secs(15);
/// No answer of a relay is longer.
const LONGEST_ANSWER: usize = 4 * 1024;

/// Why the relay did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RelayProblem {
    /// The relay cannot be reached.
    #[error("the relay cannot be reached")]
    Unreachable,
    /// Something else answers at its address.
    #[error("what answers at the relay's address is not a relay")]
    NotARelay,
    /// The relay has no place now.
    #[error("the relay is busy")]
    Busy,
    /// The secret is no longer good.
    #[error("the relay does not know this computer any more")]
    Unknown,
    /// The relay lets in only those who bring a token.
    #[error(
        "this relay lets in only those who bring its admission token: dayline push enable --admission-token -"
    )]
    NotAdmitted,
    /// Another process took the place of this one.
    #[error("another Dayline with a copy of this data is connected")]
    Replaced,
}

impl From<HttpError> for RelayProblem {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::Untrusted | HttpError::TooLarge | HttpError::Invalid(_) => Self::NotARelay,
            _ => Self::Unreachable,
        }
    }
}

/// Forgets this computer at whatever relay it was, and all that providers were to send there.
pub(super) fn forget(write: &Write<'_>) -> Result<(), StoreError> {
    for key in [SECRET, EXPIRES, POSITION, DEVICE] {
        write.remove_setting(key)?;
    }
    write.end_all_push()
}

/// Whether this computer is still that device.
pub(super) fn is_device(read: &Read<'_>, device: &str) -> Result<bool, StoreError> {
    Ok(read.find_setting(DEVICE)?.as_deref() == Some(device))
}

/// The relay, as this computer may use it.
pub(super) struct Relay<'a> {
    engine: &'a Engine,
    /// Without a slash at its end.
    pub(super) base: String,
    /// Which enrolment this is.
    pub(super) device: String,
    secret: SecretString,
    expires: DateTime<Utc>,
}

impl Engine {
    /// Enrols at the relay with its admission token, for one that asks for it.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the relay's reason.
    pub async fn enrol_at_relay(&self, admission_token: &str) -> Result<(), Error> {
        let base = self.relay_url()?.ok_or_else(|| {
            Error::Invalid("set the relay first: dayline settings set relay.url URL".to_owned())
        })?;
        let _alone = self.push().enrolling.lock().await;
        self.enrol(&base, Some(admission_token))
            .await?
            .map_err(|error| Error::Invalid(error.to_string()))?;
        self.push().moved.notify_one();
        Ok(())
    }

    /// This computer at the relay; enrols, or exchanges the secret, where that is needed.
    ///
    /// # Errors
    /// The outer one is our own: a database or a keyring that fails.
    pub(super) async fn relay(&self, base: &str) -> Result<Result<Relay<'_>, RelayProblem>, Error> {
        let _alone = self.push().enrolling.lock().await;
        let (device, secret, expires) = match self.load_secret(base).await? {
            Some(known) => known,
            None => match self.enrol(base, None).await? {
                Ok(enrolled) => enrolled,
                Err(error) => return Ok(Err(error)),
            },
        };
        let mut relay = Relay {
            engine: self,
            base: base.to_owned(),
            device,
            secret,
            expires,
        };
        if expires - EARLY <= self.now() {
            match relay.post("/v1/devices/secret", Bytes::new()).await {
                Ok(fresh) => {
                    (relay.secret, relay.expires) = self.keep_secret(fresh, None).await?;
                }
                Err(RelayProblem::Unknown) => return Ok(Err(RelayProblem::Unknown)),
                // The old one is good for some time; the next line asks again.
                Err(error) => tracing::info!(%error, "the relay's secret stays for now"),
            }
        }
        Ok(Ok(relay))
    }

    async fn enrol(
        &self,
        base: &str,
        admission_token: Option<&str>,
    ) -> Result<Result<(String, SecretString, DateTime<Utc>), RelayProblem>, Error> {
        let token = admission_token.map(|token| SecretString::from(token.to_owned()));
        let enrolled = ask(self, base, "/v1/devices", token.as_ref(), Bytes::new()).await;
        let device: Device = match enrolled {
            Ok(device) => device,
            Err(RelayProblem::Unknown) => return Ok(Err(RelayProblem::NotAdmitted)),
            Err(error) => return Ok(Err(error)),
        };
        tracing::info!("enrolled at the relay");
        // What another device was to be told reaches nobody any more.
        self.store().write(forget)?;
        let mut word = [0; 8];
        self.host().rng.fill(&mut word);
        let name = format!("{base} {}", hex(&word));
        let (secret, expires) = self.keep_secret(device, Some(&name)).await?;
        Ok(Ok((name, secret, expires)))
    }

    /// Keeps a secret, and of which enrolment it is where that is new.
    async fn keep_secret(
        &self,
        device: Device,
        name: Option<&str>,
    ) -> Result<(SecretString, DateTime<Utc>), Error> {
        let secret = SecretString::from(device.secret);
        let expires = DateTime::from_timestamp(device.expires_at, 0).unwrap_or_default();
        let rng: &dyn Rng = self.host().rng.as_ref();
        self.write_sealed(None, |write, sealer| {
            let sealed = sealer
                .seal(rng, &secret, &format!("settings/{SECRET}"))
                .map_err(|_| StoreError::Value("a secret to be sealed"))?;
            write.put_setting(SECRET, &hex(&sealed))?;
            if let Some(name) = name {
                write.put_setting(DEVICE, name)?;
            }
            write.put_setting(EXPIRES, &expires.timestamp().to_string())
        })
        .await?;
        Ok((secret, expires))
    }

    /// The device and its secret, unless there is none that is of this relay, can be opened and is
    /// still good.
    async fn load_secret(
        &self,
        base: &str,
    ) -> Result<Option<(String, SecretString, DateTime<Utc>)>, Error> {
        let known = self.store().read(|read| read.find_setting(SECRET))?;
        if known.is_none() {
            return Ok(None);
        }
        let (key, (sealed, expires, device)) = self
            .read_sealed(|read| {
                Ok((
                    read.find_setting(SECRET)?,
                    read.find_setting(EXPIRES)?,
                    read.find_setting(DEVICE)?,
                ))
            })
            .await?;
        let device = device.filter(|device| {
            device
                .strip_prefix(base)
                .is_some_and(|word| word.starts_with(' '))
        });
        let opened = sealed
            .and_then(|sealed| unhex(&sealed))
            .and_then(|sealed| key.open(&sealed, &format!("settings/{SECRET}")).ok());
        let expires = expires
            .and_then(|seconds| seconds.parse().ok())
            .and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let known = opened.zip(expires).zip(device);
        Ok(known
            .map(|((secret, expires), device)| (device, secret, expires))
            .filter(|(_, _, expires)| self.now() < *expires))
    }

    /// Waits until this computer is another device, or its secret is about to end.
    pub(super) async fn until_other_device(&self, relay: &Relay<'_>) {
        loop {
            tokio::time::sleep(LOOK).await;
            let known = self.store().read(|read| is_device(read, &relay.device));
            let ends = relay.expires - LAST_DAY <= self.now();
            if ends || known.is_ok_and(|known| !known) {
                return;
            }
        }
    }

    /// Forgets this computer at the relay, which does not know it any more.
    pub(super) fn forget_device(&self) -> Result<(), Error> {
        Ok(self.store().write(forget)?)
    }

    /// The position that was taken in last.
    pub(super) fn last_position(&self) -> Result<Option<Position>, Error> {
        let text = self.store().read(|read| read.find_setting(POSITION))?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Keeps the position, once what it stands for is remembered.
    pub(super) fn keep_position(&self, position: &Position) -> Result<(), Error> {
        let text =
            serde_json::to_string(position).map_err(|error| Error::Internal(error.to_string()))?;
        Ok(self
            .store()
            .write(|write| write.put_setting(POSITION, &text))?)
    }
}

impl Relay<'_> {
    /// An address for a provider's notices.
    pub(super) async fn open_channel(
        &self,
        vendor: Vendor,
        client_state_sha256: String,
    ) -> Result<Channel, RelayProblem> {
        let request = ChannelRequest {
            vendor,
            client_state_sha256,
        };
        let body = serde_json::to_vec(&request).map_err(|_| RelayProblem::NotARelay)?;
        self.post("/v1/channels", body.into()).await
    }

    /// What the socket is opened with.
    pub(super) fn socket(&self) -> (String, HeaderMap) {
        let mut headers = HeaderMap::new();
        headers.extend(bearer(&self.secret).map(|bearer| (AUTHORIZATION, bearer)));
        (format!("{}/v1/connect", self.base), headers)
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: Bytes) -> Result<T, RelayProblem> {
        ask(self.engine, &self.base, path, Some(&self.secret), body).await
    }
}

async fn ask<T: DeserializeOwned>(
    engine: &Engine,
    base: &str,
    path: &str,
    token: Option<&SecretString>,
    body: Bytes,
) -> Result<T, RelayProblem> {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(format!("{base}{path}"))
        .header(CONTENT_TYPE, "application/json")
        .body(body)
        .map_err(|_| RelayProblem::NotARelay)?;
    let bearer = token.and_then(bearer).map(|bearer| (AUTHORIZATION, bearer));
    request.headers_mut().extend(bearer);
    let answer = engine.host().http.send(request).await?;
    match answer.status() {
        status if status.is_success() && answer.body().len() <= LONGEST_ANSWER => {
            serde_json::from_slice(answer.body()).map_err(|_| RelayProblem::NotARelay)
        }
        StatusCode::UNAUTHORIZED => Err(RelayProblem::Unknown),
        status if status.is_server_error() => Err(RelayProblem::Busy),
        _ => Err(RelayProblem::NotARelay),
    }
}

fn bearer(secret: &SecretString) -> Option<HeaderValue> {
    let mut value = HeaderValue::try_from(format!("Bearer {}", secret.expose_secret())).ok()?;
    value.set_sensitive(true);
    Some(value)
}
