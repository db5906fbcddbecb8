//! The engine as the app has it, with a clock that stands and a keyring in memory.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use dayline_engine::{AccountId, Config, Endpoints, Engine, ProviderKind, WayBack};
use dayline_host::testing::{MemoryKeyring, RecordingOpener, TestClock};
use dayline_host::{Host, ReqwestHttp, SystemRng, TokioSpawn};
use tokio::runtime::Runtime;
use url::Url;

use crate::graph::CLIENT;
use crate::seed::now;

/// The world outside, and what runs tasks in it.
pub struct World {
    runtime: Runtime,
    host: Host,
    endpoints: Endpoints,
}

impl World {
    /// With nobody at the other end of the network.
    pub fn new() -> Result<Self> {
        // A port that nobody may listen on.
        Self::with_providers_at(&Url::parse("http://127.0.0.1:9/")?)
    }

    /// With both providers at one address.
    pub fn with_providers_at(origin: &Url) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?;
        let host = Host {
            clock: Arc::new(TestClock::at(now())),
            rng: Arc::new(SystemRng),
            http: Arc::new(ReqwestHttp::new()?),
            keyring: Arc::new(MemoryKeyring::default()),
            opener: Arc::new(RecordingOpener::default()),
            spawn: Arc::new(TokioSpawn),
        };
        let endpoints = Endpoints::simulated(origin).context("an origin to make addresses from")?;
        Ok(Self {
            runtime,
            host,
            endpoints,
        })
    }

    /// A process over the data folder.
    pub fn open(&self, folder: &Path) -> Result<Engine> {
        let config = Config {
            folder: folder.to_owned(),
            endpoints: self.endpoints.clone(),
            zone: "Europe/Berlin".to_owned(),
            first_day_of_week: 1,
            sample: false,
            serve_others: false,
        };
        Ok(Engine::open(self.host.clone(), config)?)
    }

    /// Signs in to Microsoft, as a person would who says yes.
    pub async fn sign_in(&self, engine: &Engine) -> Result<AccountId> {
        engine
            .set_client(ProviderKind::Microsoft, CLIENT, None)
            .await?;
        let started = engine
            .start_sign_in(ProviderKind::Microsoft, WayBack::DeepLink)
            .await?;
        let mut parameters = started.authorize_url.query_pairs();
        let state = parameters.find(|(name, _)| name == "state");
        let (_, state) = state.context("the sign-in has no state")?;
        let answer = Url::parse_with_params(
            "dayline://oauth/microsoft",
            [("code", "code"), ("state", &state)],
        )?;
        Ok(engine.open_deep_link(answer.as_str()).await?)
    }

    /// The world outside.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// Runs a future to its end.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }
}
