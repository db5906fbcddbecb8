//! Keeping the database in good order.

use std::io::Read as _;

use chrono::TimeDelta;
use dayline_engine::{Engine, MaintenanceReport};
use dayline_store::Store;
use flate2::read::MultiGzDecoder;

use crate::support::{World, sync, synced_well};

async fn maintained(engine: &Engine) -> MaintenanceReport {
    engine.maintain().await.unwrap()
}

fn step(report: &MaintenanceReport, name: &str) -> (u32, Option<String>) {
    let step = report.steps.iter().find(|step| step.step == name).unwrap();
    (step.count, step.problem.clone())
}

fn files(world: &World, folder: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(world.folder.path().join(folder))
        .map(|all| {
            all.map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect()
        })
        .unwrap_or_default();
    names.sort();
    names
}

#[tokio::test(start_paused = true)]
async fn old_audit_rows_move_to_files_and_old_rounds_go() {
    let world = World::empty();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    let old = engine.audit(None, 100).unwrap();
    world.clock.jump(TimeDelta::days(91));
    synced_well(&sync(&engine).await);
    let kept = engine.audit(None, 100).unwrap().len() - old.len();
    let report = maintained(&engine).await;
    assert!(report.is_ok(), "{report:#?}");
    assert_eq!(step(&report, "audit_export").0 as usize, old.len());
    assert_eq!(step(&report, "old_rounds").0, 2);
    // Its own two rows are new.
    assert_eq!(engine.audit(None, 100).unwrap().len(), kept + 2);
    assert_eq!(files(&world, "audit"), ["audit-2026-11.jsonl.gz"]);
    let file = world.folder.path().join("audit/audit-2026-11.jsonl.gz");
    let mut text = String::new();
    MultiGzDecoder::new(&*std::fs::read(file).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text.lines().count(), old.len());
    assert!(text.contains("sign_in"), "{text}");
    // A year after its month it goes.
    world.clock.jump(TimeDelta::days(300));
    let report = maintained(&engine).await;
    assert_eq!(step(&report, "audit_files").0, 1, "{report:#?}");
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method of `Read<'_>` is for one lifetime, `Store::read` wants any"
)]
#[tokio::test(start_paused = true)]
async fn a_copy_a_day_is_kept_for_a_week_and_opens() {
    let world = World::sample();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    for _ in 0..9 {
        assert!(maintained(&engine).await.is_ok());
        // Twice on a day is one copy.
        assert!(maintained(&engine).await.is_ok());
        world.clock.jump(TimeDelta::days(1));
    }
    let copies = files(&world, "backups");
    assert_eq!(copies.len(), 7, "{copies:?}");
    assert_eq!(copies[6], "dayline-2026-11-28.sqlite3");
    let path = world.folder.path().join("backups").join(&copies[6]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(&path, folder.path().join(dayline_engine::FILE_NAME)).unwrap();
    let report = dayline_engine::verify(folder.path()).unwrap();
    assert!(report.problems.is_empty(), "{report:?}");
    let copy = Store::open_existing(folder.path()).unwrap();
    assert_eq!(
        copy.read(|read| read.count_events()).unwrap(),
        engine.count_events().unwrap()
    );
}

#[tokio::test(start_paused = true)]
async fn a_database_that_is_larger_than_the_limit_is_not_copied_and_that_is_told() {
    let world = World::empty();
    let engine = world.signed_in().await;
    let store = Store::open_existing(world.folder.path()).unwrap();
    store
        .write(|write| write.put_setting("backup.max_bytes", "1000"))
        .unwrap();
    let report = maintained(&engine).await;
    let problem = step(&report, "backup").1.unwrap();
    assert!(problem.contains("MB"), "{problem}");
    // The others were done all the same.
    let failed = report.steps.iter().filter(|step| step.problem.is_some());
    assert_eq!(failed.count(), 1);
    let rows = engine.audit(None, 3).unwrap();
    assert!(
        rows.iter()
            .any(|row| row.action == "backup" && row.outcome == "too_large")
    );
    assert!(files(&world, "backups").is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_step_that_fails_does_not_stop_the_others() {
    let world = World::empty();
    let engine = world.signed_in().await;
    // Where a folder should be there is a file.
    std::fs::write(world.folder.path().join("backups"), "in the way").unwrap();
    let report = maintained(&engine).await;
    assert!(step(&report, "backup").1.is_some());
    assert_eq!(step(&report, "checkpoint"), (1, None));
    let last = engine.audit(None, 1).unwrap().remove(0);
    assert_eq!(last.outcome, "incomplete");
}
