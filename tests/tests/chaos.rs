//! The real `dayline` behind a network that breaks answers: each sync ends in words, what is shown
//! stays, no token goes elsewhere, and once the network is honest the providers' calendars are back.

use anyhow::{Context as _, Result, ensure};
use chrono::{Days, Utc};
use dayline_e2e::chaos::{Aim, Certificates, Damage, Elsewhere, Proxy};
use dayline_e2e::dayline::Dayline;
use dayline_e2e::provider::{self, Shown};
use dayline_e2e::run::{agenda, difference, in_words, limited, sound, words};
use dayline_e2e::simulator::Simulator;
use http::Method;
use serde_json::json;
use tempfile::TempDir;

/// As often as a client might try again.
const ALWAYS: usize = 1000;
/// The most of an answer that may leave the proxy: what the client reads (32 MiB), and what lies in
/// the buffers between the two.
const MOST_READ: usize = 48 * 1024 * 1024;

/// Two signed-in accounts behind a proxy.
struct Scene {
    simulator: Simulator,
    proxy: Proxy,
    folder: TempDir,
    authority: Option<String>,
    changes: u32,
}

impl Scene {
    async fn new(is_secure: bool) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let simulator = Simulator::start("sample").await?;
        let dayline = Dayline::new(folder.path(), &simulator)?;
        for provider in ["microsoft", "google"] {
            let email = simulator.email(provider)?;
            dayline.sign_in(provider, email).await?;
        }
        let authority = folder.path().join("authority.pem");
        let certificates = if is_secure {
            Some(Certificates::new(&authority)?)
        } else {
            None
        };
        let proxy = Proxy::start(&simulator, certificates).await?;
        let authority = is_secure.then(|| authority.to_string_lossy().into_owned());
        let scene = Self {
            simulator,
            proxy,
            folder,
            authority,
            changes: 0,
        };
        scene.recovers().await?;
        Ok(scene)
    }

    fn dayline(&self) -> Result<Dayline<'_>> {
        let mut environment = self.proxy.environment(&self.simulator)?;
        if let Some(authority) = &self.authority {
            environment.push(("SSL_CERT_FILE", authority.clone()));
        }
        Ok(Dayline::against(self.folder.path(), environment))
    }

    async fn shown(&self) -> Result<Vec<Shown>> {
        let today = Utc::now().date_naive();
        let (from, to) = (today - Days::new(40), today + Days::new(60));
        let agenda = agenda(&self.dayline()?, &from.to_string(), &to.to_string()).await?;
        provider::of_agenda(&agenda)
    }

    /// Something that the next sync would bring.
    async fn change(&mut self) -> Result<()> {
        self.changes += 1;
        let date = Utc::now().date_naive() + Days::new(2);
        let time =
            |minute| json!({ "dateTime": format!("{date}T09:{minute}:00"), "timeZone": "UTC" });
        let google = format!("calendars/{}/events", self.simulator.email("google")?);
        for (provider, path, title) in [
            ("microsoft", "me/events", "subject"),
            ("google", google.as_str(), "summary"),
        ] {
            let event = json!({
                title: format!("Change {}", self.changes),
                "start": time("10"), "end": time("40"),
            });
            self.simulator
                .api(provider, Method::POST, path, event)
                .await?;
        }
        Ok(())
    }

    /// Syncs while answers are damaged. Gives what was said, and the bytes of the longest answer.
    async fn meet(
        &mut self,
        damage: Damage,
        (aim, times): (Aim, usize),
        arguments: &[&str],
    ) -> Result<(bool, String, usize)> {
        self.change().await?;
        let before = self.shown().await?;
        self.proxy.damage(damage.clone(), aim, times);
        let output = limited(&mut self.dayline()?.command(arguments)?).await?;
        let (met, longest) = self.proxy.be_honest();
        in_words(&output)?;
        ensure!(met > 0, "nothing met {damage:?}");
        let after = self.shown().await?;
        if !output.status.success() {
            let lost = difference(&before, &after);
            ensure!(lost.is_none(), "something is shown otherwise: {lost:?}");
        }
        sound(&self.dayline()?).await?;
        Ok((output.status.success(), words(&output), longest))
    }

    /// One or two syncs over an honest network bring what the providers have.
    async fn recovers(&self) -> Result<()> {
        let today = Utc::now().date_naive();
        let (from, until) = (today - Days::new(40), today + Days::new(61));
        let expected =
            provider::calendars(&self.simulator, &from.to_string(), &until.to_string()).await?;
        let mut said = String::new();
        for _ in 0..2 {
            said = words(&limited(&mut self.dayline()?.command(&["sync"])?).await?);
            if self.shown().await? == expected {
                return Ok(());
            }
        }
        let found = self.shown().await?;
        anyhow::bail!("{said}{:?}", difference(&expected, &found))
    }

    /// A delta sync and a full one meet the damage, fail with these words, and recover. The full one
    /// gets as far as the events.
    async fn fails(&mut self, damage: Damage, expected: &str) -> Result<()> {
        for (arguments, aim) in [
            (&["sync"][..], Aim::Everything),
            (&["sync", "--full"], Aim::Events),
        ] {
            let (succeeded, said, _) = self
                .meet(damage.clone(), (aim, ALWAYS), arguments)
                .await
                .with_context(|| format!("{damage:?} {arguments:?}"))?;
            ensure!(!succeeded, "{damage:?} {arguments:?} is no success: {said}");
            ensure!(said.contains(expected), "{damage:?} {arguments:?}: {said}");
            self.recovers()
                .await
                .with_context(|| format!("after {damage:?}"))?;
        }
        Ok(())
    }
}

#[tokio::test]
async fn answers_that_break_off_are_told_in_words_and_cost_nothing() -> Result<()> {
    let mut scene = Scene::new(false).await?;
    for damage in [
        Damage::Reset,
        Damage::HalfClose,
        Damage::LengthTooLong,
        Damage::CutChunks,
    ] {
        scene.fails(damage, "broke off").await?;
    }
    Ok(())
}

#[tokio::test]
async fn answers_that_no_client_can_read_are_told_in_words_and_cost_nothing() -> Result<()> {
    let mut scene = Scene::new(false).await?;
    for (damage, words) in [
        (Damage::BrokenGzip, "broke off"),
        (Damage::GarbageStatus, "broke off"),
        (Damage::EndlessHeaders, "broke off"),
        (Damage::LengthTooShort, "makes no sense"),
        (Damage::PackedBomb, "too large to be read"),
    ] {
        scene.fails(damage, words).await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_endless_answer_is_read_no_further_than_the_clients_bound() -> Result<()> {
    let mut scene = Scene::new(false).await?;
    let always = (Aim::Everything, ALWAYS);
    let (succeeded, said, longest) = scene.meet(Damage::EndlessBody, always, &["sync"]).await?;
    ensure!(
        !succeeded && said.contains("too large to be read"),
        "{said}"
    );
    ensure!(longest > 1024 * 1024, "it never began: {longest}");
    ensure!(longest < MOST_READ, "{longest} bytes were read");
    scene.recovers().await
}

#[tokio::test]
async fn no_redirect_takes_a_token_elsewhere() -> Result<()> {
    let mut scene = Scene::new(false).await?;
    let elsewhere = Elsewhere::start().await?;
    let redirect = Damage::Redirect(elsewhere.url.clone());
    scene.fails(redirect.clone(), "sign in to it first").await?;
    // The request that brings the refresh token.
    scene.simulator.expire_tokens().await?;
    let always = (Aim::SignInToo, ALWAYS);
    let (succeeded, said, _) = scene.meet(redirect, always, &["sync"]).await?;
    ensure!(!succeeded, "{said}");
    ensure!(elsewhere.heard().is_empty(), "{}", elsewhere.heard());
    scene.recovers().await?;

    // A client that goes there is heard: this one is told that Graph is there.
    let mut environment = scene.proxy.environment(&scene.simulator)?;
    for (name, address) in &mut environment {
        if *name == "DAYLINE_GRAPH_URL" {
            address.clone_from(&elsewhere.url);
        }
    }
    let stray = Dayline::against(scene.folder.path(), environment);
    let mut stray = stray.command(&["sync", "--full"])?.spawn()?;
    dayline_e2e::wait::until("the token elsewhere", async || {
        let heard = elsewhere.heard().to_ascii_lowercase();
        Ok(heard.contains("authorization: bearer ").then_some(()))
    })
    .await?;
    Ok(stray.kill().await?)
}

#[tokio::test]
async fn a_server_with_the_certificate_of_another_gets_no_token() -> Result<()> {
    // Syncs over TLS go well as long as the name is right.
    let mut scene = Scene::new(true).await?;
    let always = (Aim::Everything, ALWAYS);
    let (succeeded, said, _) = scene.meet(Damage::WrongName, always, &["sync"]).await?;
    ensure!(!succeeded, "{said}");
    ensure!(said.contains("sign in to it first"), "{said}");
    scene.recovers().await
}

/// The client waits half a minute for the next piece, and this test with it: one answer stalls, the
/// one to the second try comes.
#[tokio::test]
async fn a_stalled_answer_is_given_up_and_asked_for_again() -> Result<()> {
    let mut scene = Scene::new(false).await?;
    let once = (Aim::Events, 1);
    let (succeeded, said, _) = scene.meet(Damage::Stall, once, &["sync"]).await?;
    ensure!(succeeded, "{said}");
    scene.recovers().await
}

/// Two minutes are the most that the client waits for an answer that drips. That is not waited for
/// here: these headers come within seconds, longer than most networks take and no mistake.
#[tokio::test]
async fn headers_that_drip_are_waited_for() -> Result<()> {
    let mut scene = Scene::new(false).await?;
    let twice = (Aim::Events, 2);
    let (succeeded, said, _) = scene.meet(Damage::SlowHeaders, twice, &["sync"]).await?;
    ensure!(succeeded, "{said}");
    scene.recovers().await
}
