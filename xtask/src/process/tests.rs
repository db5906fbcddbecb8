//! Programs end when they should.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{Service, watch};

fn shell(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command
}

#[test]
fn every_line_is_handed_over_and_the_status_returned() {
    let mut lines = Vec::new();
    let limit = Duration::from_secs(20);
    let status = watch("sh", &shell("echo one; echo two; exit 3"), limit, |line| {
        lines.push(line.to_owned());
    })
    .unwrap();
    assert_eq!(lines, ["one", "two"]);
    assert_eq!(status.code(), Some(3));
}

#[test]
fn what_runs_too_long_is_stopped_and_says_so() {
    let started = Instant::now();
    let error = watch("sleep", &shell("exec sleep 60"), Duration::ZERO, |_| ()).unwrap_err();
    assert!(
        error.to_string().contains("was stopped after 0 s"),
        "{error}"
    );
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[test]
fn dropping_a_service_ends_what_it_started_as_well() {
    let script = "sleep 60 & echo $!; wait";
    let mut service =
        Service::spawn("sh", &shell(script), Stdio::null(), Stdio::inherit()).unwrap();
    let grandchild = service.lines().unwrap().recv().unwrap();
    let stat = format!("/proc/{grandchild}/stat");
    let alive = || std::fs::read_to_string(&stat).is_ok_and(|text| !text.contains(") Z "));
    assert!(alive());
    drop(service);
    let patience = Instant::now() + Duration::from_secs(10);
    while alive() && Instant::now() < patience {
        std::thread::yield_now();
    }
    assert!(!alive(), "process {grandchild} outlived its service");
}
