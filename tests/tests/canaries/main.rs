//! Tokens, keys and what stands in calendars, looked for wherever a program leaves something: its
//! logs, its answers, its files, the arguments of what it starts.

mod relay;
mod scene;

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use dayline_e2e::canaries::Canaries;
use dayline_e2e::dayline::Dayline;
use dayline_e2e::run::DATABASE;
use dayline_e2e::wait;
use serde_json::{Value, json};

use scene::{Scene, TITLE, file};

/// Longer ago than audit rows stay in the database.
const HUNDRED_DAYS_MS: i64 = 100 * 24 * 3600 * 1000;

/// Does once what people do with the program, and what goes wrong for them.
async fn live(scene: &mut Scene) -> Result<()> {
    scene.plant().await?;
    for provider in ["microsoft", "google"] {
        scene.sign_in(provider).await?;
    }
    scene.remember_key().await?;
    ensure!(scene.run("sync", &["sync"]).await?, "no sync");
    for (name, arguments) in [
        ("agenda", &["agenda"][..]),
        ("agenda-json", &["agenda", "--json"]),
        ("search", &["search", "zephyrstone"]),
        ("thread", &["thread", "zephyrstone"]),
        ("filter", &["agenda", "--filter", "with:greta"]),
        ("doctor", &["doctor"]),
        ("stats", &["stats", "--json"]),
        ("changes", &["changes"]),
    ] {
        ensure!(scene.run(name, arguments).await?, "{name} fails");
    }
    scene.simulator.expire_tokens().await?;
    ensure!(scene.run("refresh", &["sync", "--full"]).await?, "no sync");
    for (name, kind) in [("fault", "500"), ("html", "html"), ("garbage", "garbage")] {
        for list in ["events_delta", "events_list"] {
            let matching = json!({ "kind": list });
            scene
                .simulator
                .fault(matching, 9, json!({ "kind": kind }))
                .await?;
        }
        ensure!(!scene.run(name, &["sync"]).await?, "{name} is no success");
        scene.simulator.forget_faults().await?;
    }
    watch(scene).await?;
    scene.simulator.expire_tokens().await?;
    let matching = json!({ "kind": "token" });
    let refusal = json!({ "kind": "invalid_grant" });
    scene.simulator.fault(matching, 9, refusal).await?;
    ensure!(!scene.run("refused", &["sync"]).await?, "it is refused");
    scene.run("doctor-refused", &["doctor"]).await?;
    scene.simulator.forget_faults().await?;
    ensure!(scene.run("again", &["sync"]).await?, "no sync");

    ensure!(scene.run("rotate", &["keys", "rotate"]).await?, "no key");
    scene.remember_key().await?;
    rusqlite::Connection::open(scene.folder("data").join(DATABASE))?.execute(
        "INSERT INTO audit_logs (at_ms, action, account_id, calendar_connection_id, outcome, details)
         SELECT at_ms - ?1, action, account_id, calendar_connection_id, outcome, details
         FROM audit_logs",
        [HUNDRED_DAYS_MS],
    )?;
    ensure!(scene.run("maintain", &["db", "maintain"]).await?, "untidy");
    ensure!(scene.run("audit", &["audit"]).await?, "no audit");
    export(scene, "export").await?;
    ensure!(scene.run("rollback", &["db", "rollback"]).await?, "stays");
    // Of a database that waits for its migration less is known, and it is told all the same.
    export(scene, "export-older").await?;
    ensure!(scene.run("forward", &["sync"]).await?, "no sync");
    Ok(())
}

/// Writes the file that people hand on when something is wrong.
async fn export(scene: &Scene, name: &str) -> Result<()> {
    let folder = scene.folder("exports");
    let folder = folder.to_str().context("a path")?;
    let written = scene.run(name, &["doctor", "--export", folder]).await?;
    ensure!(written, "{name} fails");
    Ok(())
}

/// Watches until something was synced. While it runs its command line is what was asked for.
async fn watch(scene: &Scene) -> Result<()> {
    let data = scene.folder("data");
    let dayline = Dayline::against(&data, scene.proxy.environment(&scene.simulator)?);
    let answers = scene.folder("answers").join("watch");
    let mut child = dayline
        .command(&["watch"])?
        .env("DAYLINE_LOG", "trace")
        .stdout(file(&answers)?)
        .stderr(file(&scene.folder("logs").join("watch"))?)
        .spawn()?;
    wait::until("a sync that is watched", async || {
        let told = std::fs::read_to_string(&answers)?;
        Ok(told.contains("\"sync").then_some(()))
    })
    .await?;
    let id = child.id().context("it ended")?;
    let line = command_line(id).await?;
    std::fs::write(scene.folder("arguments").join("watch"), line)?;
    let mut kill = tokio::process::Command::new("kill");
    kill.args(["-TERM", &id.to_string()]);
    ensure!(kill.status().await?.success(), "it cannot be asked to end");
    ensure!(child.wait().await?.success(), "it ends well");
    Ok(())
}

/// What everybody on this computer sees of a running program.
async fn command_line(id: u32) -> Result<Vec<u8>> {
    // Empty for a moment while it starts.
    wait::until("the command line", async || {
        let line = std::fs::read(format!("/proc/{id}/cmdline"))?;
        Ok((!line.is_empty()).then_some(line))
    })
    .await
}

#[tokio::test]
async fn no_secret_and_no_appointment_is_left_where_it_does_not_belong() -> Result<()> {
    let mut scene = Scene::new().await?;
    live(&mut scene).await?;
    let (secrets, all) = (scene.secrets(), scene.secrets_and_contents()?);
    let data = scene.folder("data");

    // Secrets are nowhere: not in the database, its backups, answers, arguments or logs.
    assert_eq!(secrets.find_in(scene.root.path())?, [] as [String; 0]);
    // Contents are in the database and in answers alone.
    for place in ["logs", "arguments", "temporary", "data/audit", "exports"] {
        let found = all.find_in(&scene.folder(place))?;
        ensure!(found.is_empty(), "{found:#?}");
    }
    // What was looked through is what it is taken for.
    ensure!(
        std::fs::read_dir(data.join("audit"))?.count() > 0,
        "no audit file"
    );
    let exports = std::fs::read_dir(scene.folder("exports"))?.count();
    ensure!(exports == 2, "{exports} files were written to hand on");
    let has = |place: &Path, name: &str| -> Result<bool> {
        let found = all.find(&std::fs::read(place)?)?;
        Ok(found.contains(name))
    };
    ensure!(has(&data.join(DATABASE), "title")?, "an empty database");
    ensure!(
        has(&scene.folder("answers").join("agenda"), "title")?,
        "no agenda"
    );
    let log = std::fs::read_to_string(scene.folder("logs").join("sync"))?;
    ensure!(
        log.contains("TRACE") && log.contains("DEBUG"),
        "nothing is logged"
    );
    let kinds = ["access_token", "refresh_token", "code", "code_verifier"];
    for kind in kinds {
        let known = scene.proxy.secrets();
        ensure!(
            known.iter().any(|(name, _)| name == kind),
            "no {kind} is known"
        );
    }
    controls(&scene, &all).await
}

/// The same search finds a secret that is put into each kind of place on purpose.
async fn controls(scene: &Scene, all: &Canaries) -> Result<()> {
    let secrets = scene.proxy.secrets();
    let (_, token) = secrets
        .iter()
        .find(|(name, _)| name == "refresh_token")
        .context("no token")?;
    let found = |place: &Path, name: &str| -> Result<()> {
        let found = all.find_in(place)?;
        ensure!(
            found
                .iter()
                .any(|line| line.ends_with(&format!(": {name}"))),
            "a {name} in {} is not found",
            place.display()
        );
        Ok(())
    };
    let place = |name: &str| -> Result<PathBuf> {
        let place = scene.root.path().join("controls").join(name);
        std::fs::create_dir_all(&place)?;
        Ok(place)
    };

    let logs = place("logs")?;
    std::fs::write(logs.join("sync"), format!("DEBUG request token={token}\n"))?;
    found(&logs, "refresh_token")?;
    let bytes = place("bytes")?;
    std::fs::write(bytes.join("sync"), format!("{:?}", scene.keys.first()))?;
    found(&bytes, "sealing key")?;

    let database = place("database")?;
    std::fs::copy(scene.folder("data").join(DATABASE), database.join(DATABASE))?;
    let open = rusqlite::Connection::open(database.join(DATABASE))?;
    open.pragma_update(None, "journal_mode", "WAL")?;
    open.execute("INSERT INTO settings VALUES ('canary', ?1)", [token])?;
    found(&database, "refresh_token")?;

    let audit = place("audit")?;
    let packed = std::fs::File::create(audit.join("audit.jsonl.gz"))?;
    let mut packed = flate2::write::GzEncoder::new(packed, flate2::Compression::default());
    std::io::Write::write_all(&mut packed, TITLE.as_bytes())?;
    packed.finish()?;
    found(&audit, "title")?;

    let arguments = place("arguments")?;
    let mut traced = tokio::process::Command::new("strace");
    traced.args([
        "-f",
        "-qq",
        "--seccomp-bpf",
        "-v",
        "-s",
        "65536",
        "-e",
        "trace=execve",
        "-o",
    ]);
    traced
        .arg(arguments.join("trace"))
        .args(["sh", "-c", "true \"$0\"; env true \"$0\"", token]);
    ensure!(traced.status().await?.success(), "nothing is traced");
    found(&arguments, "refresh_token")?;
    let asleep = tokio::process::Command::new("cat")
        .arg("-")
        .arg(token)
        .stdin(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let id = asleep.id().context("it ended")?;
    let running = place("running")?;
    std::fs::write(running.join("line"), command_line(id).await?)?;
    found(&running, "refresh_token")
}

/// What the search itself knows of spellings.
#[test]
fn a_secret_is_found_in_every_spelling() -> Result<()> {
    let mut canaries = Canaries::default();
    let secret = "a secret that is long enough/to be found+in part";
    canaries.add("it", secret.as_bytes());
    let json: Value =
        json!({ "utf16": secret.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>() });
    let utf16 = json["utf16"].as_array().context("bytes")?;
    let utf16: Vec<u8> = utf16
        .iter()
        .filter_map(|byte| u8::try_from(byte.as_u64()?).ok())
        .collect();
    for text in [
        secret.as_bytes(),
        b"(ough/to be found+in part)",
        b"YSBzZWNyZXQgdGhhdCBpcyBsb25nIGVub3VnaC90byBiZSBmb3VuZCtpbiBwYXJ0",
        b"a%20secret%20that%20is%20long%20enough%2Fto%20be%20found%2Bin%20part",
        &utf16,
    ] {
        ensure!(
            !canaries.find(text)?.is_empty(),
            "{}",
            String::from_utf8_lossy(text)
        );
    }
    ensure!(canaries.find(b"a secret")?.is_empty());
    ensure!(Canaries::default().find(b"x").is_err());
    Ok(())
}
