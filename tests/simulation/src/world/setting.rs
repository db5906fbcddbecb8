//! The world itself.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use dayline_engine::view::{AgendaItem, AgendaQuery};
use dayline_engine::{
    AccountId, Config, Endpoints, Engine, Error, ProviderKind, SignInAs, SyncReport, SyncRequest,
    WayBack,
};
use dayline_host::testing::{MemoryKeyring, RecordingOpener, SeededRng, TestClock};
use dayline_host::{Clock as _, Host, Http, TokioSpawn};
use dayline_simulator::{GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, MICROSOFT_CLIENT_ID, Scenario};
use http::Request;
use serde_json::Value;
use tempfile::TempDir;
use url::Url;

use super::network::{Network, ORIGIN, Sent, request};

pub const MICROSOFT: ProviderKind = ProviderKind::Microsoft;
pub const GOOGLE: ProviderKind = ProviderKind::Google;

/// A Friday in the middle of the sample month.
pub const NOW: &str = "2026-11-20T09:38:00Z";

/// Somebody at a provider: one account, or the first one that the provider has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who<'a> {
    pub provider: ProviderKind,
    pub email: Option<&'a str>,
}

impl From<ProviderKind> for Who<'_> {
    fn from(provider: ProviderKind) -> Self {
        Self {
            provider,
            email: None,
        }
    }
}

pub struct World {
    pub clock: Arc<TestClock>,
    pub keyring: Arc<MemoryKeyring>,
    pub opener: Arc<RecordingOpener>,
    pub network: Arc<Network>,
    pub folder: TempDir,
    pub serve_others: bool,
    host: Host,
    origin: String,
}

impl World {
    /// The sample month of both accounts.
    pub fn sample() -> Self {
        Self::new(Scenario::Sample, 7)
    }

    /// Both accounts with an empty calendar each.
    pub fn empty() -> Self {
        Self::new(Scenario::Empty, 7)
    }

    pub fn new(scenario: Scenario, seed: u64) -> Self {
        let now: DateTime<Utc> = NOW.parse().unwrap();
        let clock = Arc::new(TestClock::at(now));
        let network = Arc::new(Network::new(scenario, seed, now, clock.clone()));
        Self::around_network(network, clock, seed)
    }

    /// A computer with this clock on this network.
    pub fn around_network(network: Arc<Network>, clock: Arc<TestClock>, seed: u64) -> Self {
        let keyring = Arc::new(MemoryKeyring::default());
        let opener = Arc::new(RecordingOpener::default());
        let host = Host {
            clock: clock.clone(),
            rng: Arc::new(SeededRng::new(seed)),
            http: network.clone(),
            keyring: keyring.clone(),
            opener: opener.clone(),
            spawn: Arc::new(TokioSpawn),
        };
        Self {
            clock,
            keyring,
            opener,
            network,
            folder: TempDir::new().unwrap(),
            serve_others: false,
            host,
            origin: ORIGIN.to_owned(),
        }
    }

    /// Lets requests go another way from now on.
    pub fn set_http(&mut self, http: Arc<dyn Http>) {
        self.host.http = http;
    }

    pub fn host(&self) -> Host {
        self.host.clone()
    }

    /// Lets the providers live under another name from now on.
    pub fn rename_providers(&mut self, origin: &str) {
        origin.clone_into(&mut self.origin);
    }

    pub fn config(&self) -> Config {
        let origin = Url::parse(&self.origin).unwrap();
        Config {
            folder: self.folder.path().to_owned(),
            endpoints: Endpoints::simulated(&origin).unwrap(),
            zone: "Europe/Berlin".to_owned(),
            first_day_of_week: 1,
            sample: false,
            serve_others: self.serve_others,
        }
    }

    /// A process over the data folder.
    pub fn open(&self) -> Engine {
        Engine::open(self.host(), self.config()).unwrap()
    }

    /// A process that knows its client ids and is signed in to both accounts.
    pub async fn signed_in(&self) -> Engine {
        let engine = self.open();
        self.set_clients(&engine).await;
        for provider in ProviderKind::ALL {
            self.sign_in(&engine, provider).await.unwrap();
        }
        engine
    }

    pub async fn set_clients(&self, engine: &Engine) {
        engine
            .set_client(MICROSOFT, MICROSOFT_CLIENT_ID, None)
            .await
            .unwrap();
        let secret = Some(GOOGLE_CLIENT_SECRET.into());
        engine
            .set_client(GOOGLE, GOOGLE_CLIENT_ID, secret)
            .await
            .unwrap();
    }

    /// Signs in by deep link, as a person would who says yes.
    pub async fn sign_in(
        &self,
        engine: &Engine,
        who: impl Into<Who<'_>>,
    ) -> Result<AccountId, Error> {
        let who = who.into();
        let started = engine
            .start_sign_in(who.provider, WayBack::DeepLink)
            .await?;
        let answer = self.answer_page(who, &started.authorize_url, "allow");
        engine.open_deep_link(&answer).await
    }

    /// What the browser is sent to after the person decided on the sign-in page.
    pub fn answer_page<'a>(&self, who: impl Into<Who<'a>>, page: &Url, decision: &str) -> String {
        let form = format!("email={}&decision={decision}", self.email(who));
        self.answer_form(page, &form)
    }

    /// Signs somebody in as a form says that they answer the sign-in page.
    pub async fn sign_in_with(
        &self,
        engine: &Engine,
        who: impl Into<SignInAs>,
        form: &str,
    ) -> Result<AccountId, Error> {
        let started = engine.start_sign_in(who, WayBack::DeepLink).await?;
        let answer = self.answer_form(&started.authorize_url, form);
        engine.open_deep_link(&answer).await
    }

    /// What the browser is sent to after a form was posted to a page.
    #[track_caller]
    pub fn answer_form(&self, page: &Url, form: &str) -> String {
        let request = Request::post(page.as_str())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Bytes::from(form.to_owned()))
            .unwrap();
        let response = self.network.ask(&request);
        assert_eq!(response.status(), 302, "{:?}", response.body());
        response
            .headers()
            .get("location")
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    }

    pub fn email<'a>(&self, who: impl Into<Who<'a>>) -> String {
        self.credentials(who.into()).0
    }

    fn credentials(&self, who: Who<'_>) -> (String, String) {
        let account = self
            .network
            .accounts()
            .into_iter()
            .find(|account| {
                account.provider == who.provider.as_str()
                    && who.email.is_none_or(|email| account.email == email)
            })
            .unwrap();
        (account.email, account.access_token)
    }

    /// Asks a provider with the long-lived token of its account.
    pub fn ask<'a>(
        &self,
        who: impl Into<Who<'a>>,
        method: &str,
        target: &str,
        body: &Value,
    ) -> (u16, Value) {
        let who = who.into();
        let base = match who.provider {
            ProviderKind::Microsoft => "/v1.0",
            ProviderKind::Google => "/calendar/v3",
        };
        let target = if target.starts_with('/') {
            format!("{base}{target}")
        } else {
            target.to_owned()
        };
        let (_, token) = self.credentials(who);
        let answer = self
            .network
            .ask(&request(method, &target, Some(&token), body));
        let value = serde_json::from_slice(answer.body()).unwrap_or(Value::Null);
        (answer.status().as_u16(), value)
    }

    /// Asks a provider for something that it has to grant.
    #[track_caller]
    pub fn asked<'a>(
        &self,
        who: impl Into<Who<'a>>,
        method: &str,
        target: &str,
        body: &Value,
    ) -> Value {
        let (status, value) = self.ask(who, method, target, body);
        assert!(
            (200..300).contains(&status),
            "{method} {target} {body}: {status} {value}"
        );
        value
    }

    /// Asks at the tests' own door.
    #[track_caller]
    pub fn admin(&self, method: &str, target: &str, body: &Value) -> Value {
        let answer = self
            .network
            .ask(&request(method, &format!("/_sim{target}"), None, body));
        assert_eq!(answer.status(), 200, "{:?}", answer.body());
        serde_json::from_slice(answer.body()).unwrap()
    }

    /// Forgets what the providers saw so far.
    pub fn forget_log(&self) {
        self.admin("DELETE", "/log", &Value::Null);
    }

    /// What the providers saw.
    pub fn log(&self) -> Vec<Sent> {
        serde_json::from_value(self.admin("GET", "/log", &Value::Null)).unwrap()
    }

    /// How many requests of a kind the providers saw.
    pub fn count(&self, kind: &str) -> usize {
        self.log().iter().filter(|sent| sent.kind == kind).count()
    }

    /// How many events calls began a full listing.
    pub fn full_listings(&self) -> usize {
        let begins = |query: &str| query.contains("timeMin=") || query.contains("startDateTime=");
        let goes_on = |query: &str| query.contains("pageToken") || query.contains("token=");
        self.log()
            .iter()
            .filter(|sent| {
                matches!(sent.kind.as_str(), "events_list" | "events_delta")
                    && begins(&sent.query)
                    && !goes_on(&sent.query)
            })
            .count()
    }

    pub fn today(&self) -> NaiveDate {
        self.clock.now().date_naive()
    }

    /// The day `days` from today.
    pub fn day(&self, days: i64) -> NaiveDate {
        self.today() + TimeDelta::days(days)
    }

    /// The process is killed: what it wrote is on disk, what it held is lost, and nothing of it
    /// runs on. A process that is opened afterwards finds the folder as it was at that moment.
    pub fn kill(&mut self) {
        self.kill_into(std::env::temp_dir());
    }

    /// As [`World::kill`]; the folder goes on below `place`.
    pub fn kill_into(&mut self, place: impl AsRef<Path>) {
        let copy = TempDir::new_in(place).unwrap();
        copy_folder(self.folder.path(), copy.path());
        self.folder = copy;
    }
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        // SQLite makes its shared memory anew from the log.
        if entry.file_type().unwrap().is_file()
            && !entry.file_name().to_string_lossy().ends_with("-shm")
        {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Days as the terminal lists them, in UTC.
pub fn agenda(engine: &Engine, from: NaiveDate, to: NaiveDate) -> Vec<AgendaItem> {
    engine
        .agenda(&AgendaQuery {
            from,
            to,
            zone: chrono_tz::UTC,
            filter: dayline_engine::Expr::default(),
        })
        .unwrap()
}

/// Syncs everything, with the list of calendars.
pub async fn sync(engine: &Engine) -> SyncReport {
    engine.sync(SyncRequest::on_demand()).await.unwrap()
}

/// Syncs everything and finds nothing wrong.
#[track_caller]
pub fn synced_well(report: &SyncReport) {
    assert!(report.is_ok(), "{report:#?}");
}
