//! Sample data: the simulated providers inside of this process, behind the network's trait.
//!
//! No socket is opened and nobody signs in by hand, yet everything else is real: the accounts
//! come through the sign-in that people use, and what is sealed is sealed with a key in the
//! system's keyring. The data lives in a temporary folder that goes with it.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use dayline_engine::{Config, Endpoints, Engine, Error, ProviderKind, WayBack};
use dayline_host::{Clock, Host, Http, HttpError};
use dayline_simulator::{AccountCredentials, Scenario, Simulator};
use http::{Request, Response, header};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use secrecy::SecretString;
use tempfile::TempDir;
use url::Url;

/// Where the simulated providers pretend to be. The name can never exist (RFC 2606).
const ORIGIN: &str = "https://sample.dayline.invalid";

/// An engine on sample data, and the folder that it works in.
pub struct Sample {
    /// The engine.
    pub engine: Engine,
    folder: TempDir,
}

impl Sample {
    /// Opens a fresh sample with its accounts signed in.
    ///
    /// # Errors
    /// A keyring that is missing or locked, in its own words; or no room for temporary files.
    pub async fn open(host: &Host, own: &Config) -> Result<Self, Error> {
        let folder = tempfile::Builder::new()
            .prefix("dayline-sample-")
            .tempdir()
            .map_err(|error| internal("a temporary folder", &error))?;
        let providers = Arc::new(SimulatorHttp::new(host)?);
        let host = Host {
            http: providers.clone(),
            ..host.clone()
        };
        let config = Config {
            folder: folder.path().to_owned(),
            endpoints: endpoints()?,
            sample: true,
            serve_others: false,
            ..own.clone()
        };
        let sample = Self {
            engine: Engine::open(host, config)?,
            folder,
        };
        for account in providers.accounts() {
            if let Err(error) = sample.sign_in(&providers, &account).await {
                sample.end().await;
                return Err(error);
            }
        }
        Ok(sample)
    }

    /// Signs an account in as its owner would: through the provider's page and the link back.
    async fn sign_in(
        &self,
        browser: &SimulatorHttp,
        account: &AccountCredentials,
    ) -> Result<(), Error> {
        let provider = ProviderKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == account.provider)
            .ok_or_else(|| Error::Internal(format!("no provider {}", account.provider)))?;
        let secret = Some(account.client_secret.as_str()).filter(|secret| !secret.is_empty());
        self.engine
            .set_client(provider, &account.client_id, secret.map(SecretString::from))
            .await?;
        let started = self
            .engine
            .start_sign_in(provider, WayBack::DeepLink)
            .await?;
        let link = browser
            .consent(&started.authorize_url, &account.email)
            .await?;
        self.engine.open_deep_link(&link).await?;
        Ok(())
    }

    /// Removes everything: the key from the keyring and the folder from the disk.
    pub async fn end(self) {
        if let Err(error) = self.engine.forget_keys().await {
            tracing::warn!(code = ?error.code(), "the sample's key stays in the keyring");
        }
        drop(self.engine);
        if let Err(error) = self.folder.close() {
            tracing::warn!(%error, "the sample's folder stays");
        }
    }
}

/// The simulator's addresses under one origin.
fn endpoints() -> Result<Endpoints, Error> {
    let origin = Url::parse(ORIGIN).map_err(|error| internal("an address", &error))?;
    Endpoints::simulated(&origin).ok_or_else(|| internal("an address", &origin))
}

fn internal(what: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Internal(format!("{what} for the sample data: {error}"))
}

/// The simulated providers as the whole network.
struct SimulatorHttp {
    clock: Arc<dyn Clock>,
    world: Mutex<(Simulator, StdRng)>,
}

impl SimulatorHttp {
    fn new(host: &Host) -> Result<Self, Error> {
        let mut seed = <StdRng as rand::SeedableRng>::Seed::default();
        host.rng.fill(&mut seed);
        let simulator = Simulator::new(&dayline_simulator::Config {
            scenario: Scenario::Sample,
            seed: host.rng.below(u64::MAX),
            now: host.clock.now(),
        })
        .map_err(|error| internal("the providers", &error))?;
        Ok(Self {
            clock: host.clock.clone(),
            world: Mutex::new((simulator, StdRng::from_seed(seed))),
        })
    }

    fn accounts(&self) -> Vec<AccountCredentials> {
        let world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.0.accounts()
    }

    /// Fills the provider's sign-in form in, and gives the link that a browser would follow.
    async fn consent(&self, page: &Url, email: &str) -> Result<String, Error> {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("email", email)
            .append_pair("decision", "allow")
            .finish();
        let request = Request::post(page.as_str())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from(form))
            .map_err(|error| internal("the sign-in", &error))?;
        let answer = self
            .send(request)
            .await
            .map_err(|error| internal("the sign-in", &error))?;
        answer
            .headers()
            .get(header::LOCATION)
            .and_then(|link| link.to_str().ok())
            .map(str::to_owned)
            .ok_or_else(|| internal("the sign-in", &answer.status()))
    }
}

#[async_trait]
impl Http for SimulatorHttp {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let now = self.clock.now();
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let (simulator, rng) = &mut *world;
        Ok(simulator.handle(&request, now, rng))
    }
}

#[cfg(test)]
mod tests;
