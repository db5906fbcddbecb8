//! Microsoft Graph, Google Calendar and both sign-in servers, simulated from the vendors'
//! documents.
//!
//! [`Simulator::handle`] takes one HTTP request and gives one answer. Time and randomness are
//! arguments, so that the same requests give the same answers; nothing here opens a socket,
//! reads a clock or sleeps. The program `dayline-simulator` puts it behind a listener on
//! 127.0.0.1 (see [`server`]).
//!
//! It knows no client crate: a wrong field name in a client must fail against it, and the
//! vendors' own SDKs work with it. It is not a mail server: attendees of simulated meetings
//! get no post, and nobody but the signed-in user ever writes.
//!
//! # Paths
//!
//! All services share one origin; the path decides.
//!
//! | path | service |
//! |---|---|
//! | `/v1.0/…` | Microsoft Graph |
//! | `/{tenant}/oauth2/v2.0/{authorize,token}` | Microsoft identity platform |
//! | `/us-gov-high/…`, `/us-gov-dod/…`, `/china/…` | the same two of a national cloud |
//! | `/calendar/v3/…` | Google Calendar |
//! | `/o/oauth2/v2/auth`, `/token`, `/revoke` | Google sign-in |
//! | `/_sim/…` | the tests' own door, see below |
//!
//! # Push
//!
//! Graph's subscriptions and Google's watch channels send real POSTs, which the program does and
//! the simulator only decides: see [`Simulator::validations`], [`Simulator::due`] and
//! [`Simulator::delivered`]. Webhooks have to be HTTPS, as the vendors want it; plain HTTP is
//! taken to a loopback address and nowhere else.
//!
//! # The `/_sim` door
//!
//! | request | effect |
//! |---|---|
//! | `GET /_sim/log?after=SEQ` | requests to the services so far: `seq, time, method, path, query, status, provider, kind` |
//! | `DELETE /_sim/log` | forgets them |
//! | `POST /_sim/faults` | `{match: {method?, path_contains?, provider?, kind?}, times, after, fault}`, see [`faults`] |
//! | `DELETE /_sim/faults` | removes every fault |
//! | `POST /_sim/tokens/expire` | `{provider?, email?, test_tokens?}`: access tokens end now |
//! | `POST /_sim/tokens/revoke` | `{provider?, email?}`: refresh tokens become `invalid_grant` |
//! | `POST`, `DELETE /_sim/claims` | `{provider?, email?, claims?, form?}`: tokens need claims |
//! | `GET`, `POST /_sim/accounts` | `{provider?, email?, consent?, approved?, withdrawn?}` |
//! | `GET`, `POST`, `DELETE /_sim/shares` | `{email, owner, calendar?, role, listed?, delegated?, old_style?}` |
//! | `POST /_sim/sync/expire` | `{provider?, email?}`: delta and sync tokens become 410 |
//! | `POST /_sim/clock` | `{advance_secs}` or `{now}` |
//! | `POST /_sim/quirks` | changes the given fields of [`Quirks`], answers all |
//! | `POST /_sim/inject` | `{provider, email?, calendar?, item \| raw \| raw_base64, fill?}`: an item served as it is |
//! | `DELETE /_sim/inject` | `{provider?, email?}`: forgets such items |
//! | `GET`, `POST /_sim/push` | changes the given quirks of push, answers all: `notifications_per_change`, `duplicates`, `delay_ms`, `lose`, `silent`, `batch`, `mixed_batches`, `number_gaps`, `sync_first`, `mailbox_only`, `hostile_validation_token`, `subscription_needs_fresh_token`, `not_a_calendar_user` |
//! | `POST /_sim/lifecycle` | `{email?, subscription?, event}`: Graph says `reauthorizationRequired`, `missed` or `subscriptionRemoved`, which also ends the subscription |
//! | `GET /_sim/subscriptions` | subscriptions and channels: `provider, email, id, calendar, notificationUrl, expires, …` and counts of `sent, accepted, failed, dropped, pending` |
//! | `GET /_sim/state` | the whole world, series expanded |

#![warn(missing_docs)]

mod admin;
mod call;
mod cloud;
mod expand;
pub mod faults;
mod google;
mod graph;
mod ids;
mod inject;
mod log;
mod oauth;
mod push;
mod router;
mod scenario;
pub mod server;
mod shares;
mod time;
mod world;

use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use http::{Request, Response};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

pub use crate::oauth::{GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, MICROSOFT_CLIENT_ID};
pub use crate::push::delivery::{Delivery, Echo, Outcome, VALIDATION_LIMIT, Validated, Validation};
pub use crate::scenario::{Error, Scenario};
pub use crate::world::{Quirks, Vendor};

/// What a simulator starts with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The accounts and events of the beginning.
    pub scenario: Scenario,
    /// Seed of the ids and links in the scenario.
    pub seed: u64,
    /// The time around which the sample lies.
    pub now: DateTime<Utc>,
}

/// How a client signs in as one of the scenario's accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountCredentials {
    /// `microsoft` or `google`.
    pub provider: String,
    /// The account's address.
    pub email: String,
    /// Microsoft's cloud: `global`, `us-gov-high`, `us-gov-dod` or `china`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud: Option<String>,
    /// A test token that does not run out.
    pub access_token: String,
    /// A refresh token that the provider's token endpoint accepts.
    #[serde(skip)]
    pub refresh_token: String,
    /// The registered client.
    pub client_id: String,
    /// The client's secret; empty for Microsoft's public client.
    pub client_secret: String,
}

/// The simulated services and everything they hold.
#[derive(Debug)]
pub struct Simulator {
    accounts: Vec<world::Account>,
    grants: oauth::Grants,
    quirks: Quirks,
    faults: faults::Faults,
    log: log::Log,
    push: push::Push,
    /// What `/_sim/clock` added to the caller's time.
    clock_offset: Duration,
}

impl Simulator {
    /// Builds the services with a scenario.
    ///
    /// # Errors
    /// [`Error`] if a scenario file cannot be read or an event in it is refused.
    pub fn new(config: &Config) -> Result<Self, Error> {
        let mut rng = ChaCha8Rng::seed_from_u64(config.seed);
        let accounts = scenario::accounts(&config.scenario, config.now, &mut rng)?;
        let mut grants = oauth::Grants::default();
        for (index, account) in accounts.iter().enumerate() {
            grants.add_test_tokens(index, account);
        }
        let push = push::Push::new(&accounts);
        Ok(Self {
            accounts,
            grants,
            quirks: Quirks::default(),
            faults: faults::Faults::default(),
            log: log::Log::default(),
            push,
            clock_offset: Duration::zero(),
        })
    }

    /// One request in, one answer out.
    ///
    /// Shape: the request's URI is absolute or its `Host` header names the authority; links in
    /// the answer use it. Paths that no service has are 404.
    pub fn handle(
        &mut self,
        request: &Request<Bytes>,
        now: DateTime<Utc>,
        rng: &mut dyn RngCore,
    ) -> Response<Bytes> {
        let call = call::Call::new(request, now + self.clock_offset);
        let reply = if call.segments.first().is_some_and(|first| first == "_sim") {
            let reply = admin::handle(self, &call, now, rng);
            push::notice(self, call.now, rng);
            reply
        } else {
            router::serve(self, &call, rng)
        };
        reply.into_response()
    }

    /// The mailbox that a request of Graph's is for, if the service counts how many run at once.
    pub(crate) fn counted(&self, request: &Request<Bytes>, now: DateTime<Utc>) -> Option<usize> {
        if !self.quirks.mailbox_concurrency {
            return None;
        }
        let call = call::Call::new(request, now + self.clock_offset);
        let graph = call.segments.first().is_some_and(|first| first == "v1.0");
        let access = self.grants.access(call.bearer()?, call.now)?;
        graph.then_some(access.account)
    }

    /// The answer to a request of a mailbox that has too many already.
    pub(crate) fn refuse_concurrency(
        &mut self,
        request: &Request<Bytes>,
        now: DateTime<Utc>,
    ) -> Response<Bytes> {
        let call = call::Call::new(request, now + self.clock_offset);
        router::refuse_concurrency(self, &call).into_response()
    }

    /// Where the national clouds are below an origin: `graph` and `microsoft_authority` by name.
    pub fn clouds(origin: &str) -> serde_json::Value {
        let clouds = cloud::Cloud::NATIONAL.into_iter().map(|cloud| {
            let base = format!("{origin}{}", cloud.prefix());
            let services = serde_json::json!({
                "graph": format!("{base}/v1.0"),
                "microsoft_authority": base,
            });
            (cloud.as_str().to_owned(), services)
        });
        serde_json::Value::Object(clouds.collect())
    }

    /// The credentials of every account, in the scenario's order.
    pub fn accounts(&self) -> Vec<AccountCredentials> {
        self.accounts
            .iter()
            .map(|account| {
                let (client_id, client_secret) = match account.vendor {
                    Vendor::Microsoft => (MICROSOFT_CLIENT_ID, ""),
                    Vendor::Google => (GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET),
                };
                AccountCredentials {
                    provider: account.vendor.as_str().to_owned(),
                    email: account.email.clone(),
                    cloud: (account.vendor == Vendor::Microsoft)
                        .then(|| account.cloud.as_str().to_owned()),
                    access_token: account.access_token.clone(),
                    refresh_token: account.refresh_token.clone(),
                    client_id: client_id.to_owned(),
                    client_secret: client_secret.to_owned(),
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod testing;
