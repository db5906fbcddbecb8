//! The real `dayline` killed, failed and damaged in the middle of its work: what the next run makes
//! of it has to be what the providers' own interfaces list.
//!
//! Here chosen points are met, evenly spread over each kind of call; `cargo xtask crash --all` meets
//! every one.

use anyhow::{Context as _, Result, ensure};
use dayline_e2e::crash::{
    CALLS, DISK_CALLS, Damage, Fault, Harm, Hurt, Report, Situation, Stage, flips, hurt, hurt_log,
    spread, sync_on_a_small_disk,
};
use dayline_e2e::dayline::Dayline;
use dayline_e2e::run::DATABASE;

/// Lets `harm` befall each situation's work at up to `most` calls of each kind.
async fn disturb(
    situations: &[Situation],
    harm: Harm,
    calls: &[&'static str],
    most: usize,
) -> Result<Report> {
    let stage = Stage::prepare(situations).await?;
    let mut report = Report::default();
    for situation in situations {
        let counts = stage.count(*situation).await?;
        for call in calls {
            let count = counts.get(call).copied().unwrap_or_default();
            for nth in spread(count, most) {
                let fault = Fault { harm, call, nth };
                let outcome = stage.point(*situation, fault).await?;
                report.add(&format!("{situation}, {fault}"), &outcome);
            }
        }
    }
    ensure!(report.differences.is_empty(), "{:#?}", report.differences);
    eprintln!("{situations:?}, {harm:?}: {}", report.json(0));
    Ok(report)
}

/// Kills the work of `situations`; at least `least` of the points have to be met.
async fn kill(situations: &[Situation], most: usize, least: usize) -> Result<()> {
    let report = disturb(situations, Harm::Kill, CALLS, most).await?;
    ensure!(
        report.killed >= least,
        "only {} of {} were killed",
        report.killed,
        report.points
    );
    Ok(())
}

/// The same look finds what is missing, or none of the other tests would mean anything.
#[tokio::test]
async fn an_agenda_without_the_last_changes_is_a_difference() -> Result<()> {
    let stage = Stage::prepare(&[Situation::DeltaSync]).await?;
    let folder = stage.copy_of("tidied")?;
    let dayline = Dayline::new(&folder, &stage.simulator)?;
    let unsynced = stage.whole_after(&dayline, &["db", "verify"]).await;
    let told = format!("{:#}", unsynced.err().context("nothing is missing")?);
    ensure!(told.contains("Made elsewhere 5"), "{told}");
    stage.whole_after(&dayline, &["sync"]).await
}

#[tokio::test]
async fn a_first_start_killed_at_any_call_is_done_by_the_next_one() -> Result<()> {
    kill(&[Situation::FirstStart], 12, 12).await
}

#[tokio::test]
async fn a_full_sync_killed_at_any_call_is_finished_by_the_next_one() -> Result<()> {
    kill(&[Situation::FullSync], 20, 50).await
}

#[tokio::test]
async fn a_delta_sync_killed_at_any_call_is_finished_by_the_next_one() -> Result<()> {
    kill(&[Situation::DeltaSync], 20, 45).await
}

#[tokio::test]
async fn a_token_refresh_killed_at_any_call_leaves_tokens_that_open() -> Result<()> {
    kill(&[Situation::TokenRefresh], 12, 30).await
}

#[tokio::test]
async fn a_migration_killed_at_any_call_is_done_anew_with_every_row() -> Result<()> {
    let from = [1, 2, 3, 4].map(Situation::Migration);
    kill(&from, 12, 80).await
}

#[tokio::test]
async fn a_migration_of_a_saved_database_killed_at_any_call_is_done_anew() -> Result<()> {
    let from = [1, 2, 3, 4].map(Situation::Saved);
    kill(&from, 12, 50).await
}

#[tokio::test]
async fn a_rollback_killed_at_any_call_leaves_a_database_of_one_version_or_the_other() -> Result<()>
{
    kill(&[Situation::Rollback], 20, 40).await
}

#[tokio::test]
async fn a_maintenance_killed_at_any_call_is_done_by_the_next_one() -> Result<()> {
    kill(&[Situation::Maintenance], 16, 25).await
}

#[tokio::test]
async fn a_key_rotation_killed_at_any_call_leaves_every_token_readable() -> Result<()> {
    kill(&[Situation::KeyRotation], 40, 25).await
}

#[tokio::test]
async fn a_disk_that_is_full_is_told_in_words_and_costs_nothing() -> Result<()> {
    let report = disturb(Situation::ALL, Harm::NoSpace, DISK_CALLS, 2).await?;
    assert_eq!(report.killed, 0);
    Ok(())
}

/// The same as the one before with a real disk: what a program finds out by asking how much room
/// there is, and by memory that it shares with others, no tracer can let fail.
#[tokio::test]
async fn a_small_disk_of_whatever_size_is_told_in_words_and_costs_nothing() -> Result<()> {
    let stage = Stage::prepare(&[Situation::DeltaSync]).await?;
    let mut ends = std::collections::BTreeMap::<bool, usize>::new();
    for spare in spread(1_200, 24) {
        let succeeded = sync_on_a_small_disk(&stage, spare)
            .await
            .with_context(|| format!("with {spare} KiB to spare"))?;
        *ends.entry(succeeded).or_default() += 1;
    }
    eprintln!("{ends:?}");
    ensure!(ends.len() == 2, "the sizes are no test: {ends:?}");
    Ok(())
}

#[tokio::test]
async fn a_disk_that_fails_once_is_told_in_words_and_costs_nothing() -> Result<()> {
    let report = disturb(Situation::ALL, Harm::BadDisk, DISK_CALLS, 2).await?;
    assert_eq!(report.killed, 0);
    Ok(())
}

/// A stage with the folder `killed`, whose last sync stands in the log alone, and that log's length.
async fn with_a_log() -> Result<(Stage, usize)> {
    let stage = Stage::prepare(&[Situation::DeltaSync]).await?;
    let counts = stage.count(Situation::DeltaSync).await?;
    let writes = counts.get("pwrite64").context("it writes nothing")?;
    let fault = Fault {
        harm: Harm::Kill,
        call: "pwrite64",
        nth: writes - writes / 10,
    };
    let folder = stage
        .keep_killed(Situation::DeltaSync, fault, "killed")
        .await?;
    let log = std::fs::metadata(folder.join(format!("{DATABASE}-wal")))?;
    Ok((stage, usize::try_from(log.len())?))
}

#[tokio::test]
async fn a_log_that_ends_anywhere_loses_no_more_than_the_next_sync_brings() -> Result<()> {
    let (stage, length) = with_a_log().await?;
    ensure!(length > 100_000, "the log has only {length} bytes");
    for cut in spread(length, 40) {
        hurt_log(&stage, "killed", Damage::Cut(cut - 1))
            .await
            .with_context(|| format!("cut at {} of {length}", cut - 1))?;
    }
    Ok(())
}

#[tokio::test]
async fn a_bit_that_is_wrong_in_the_log_loses_no_more_than_the_next_sync_brings() -> Result<()> {
    let (stage, length) = with_a_log().await?;
    for flip in flips(7, length, 40) {
        hurt_log(&stage, "killed", flip)
            .await
            .with_context(|| format!("{flip:?} of {length}"))?;
    }
    Ok(())
}

#[tokio::test]
async fn a_bit_that_is_wrong_in_the_database_is_told_or_harms_nothing() -> Result<()> {
    let stage = Stage::prepare(&[Situation::DeltaSync]).await?;
    let synced = stage.copy_of("tidied")?;
    let length = std::fs::metadata(synced.join(DATABASE))?.len();
    let dayline = Dayline::new(&synced, &stage.simulator)?;
    let before = stage.shown(&dayline).await?;
    let mut found = std::collections::BTreeMap::<Hurt, usize>::new();
    let mut wrong = Vec::new();
    for flip in flips(11, usize::try_from(length)?, 200) {
        match hurt(&stage, &before, flip).await {
            Ok(hurt) => *found.entry(hurt).or_default() += 1,
            Err(error) => wrong.push(format!("{flip:?} of {length}: {error:#}")),
        }
    }
    eprintln!("{found:?}");
    ensure!(wrong.is_empty(), "{wrong:#?}");
    ensure!(found.contains_key(&Hurt::Told), "no damage was told");
    Ok(())
}
