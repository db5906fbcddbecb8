//! libFuzzer's log, as it comes.

use super::{corpus, end_of, executions};

const ENDED: &str = "\
INFO: Running with entropic power schedule (0xFF, 100).
#2\tINITED cov: 10 ft: 11 corp: 1/1b exec/s: 0 rss: 40Mb
#4096\tpulse  cov: 12 ft: 15 corp: 3/9b lim: 43 exec/s: 2048 rss: 41Mb
#9000\tDONE   cov: 12 ft: 16 corp: 4/12b lim: 80 exec/s: 3000 rss: 41Mb
Done 9000 runs in 3 second(s)
stat::number_of_executed_units: 9000
stat::average_exec_per_sec:     3000
";

#[test]
fn a_run_that_ended_tells_its_numbers() {
    assert_eq!((executions(ENDED), corpus(ENDED)), (9000, 4));
}

#[test]
fn a_run_that_crashed_tells_as_far_as_it_came() {
    let crashed = ENDED.split("#9000").next().unwrap();
    assert_eq!((executions(crashed), corpus(crashed)), (4096, 3));
}

#[test]
fn a_run_that_never_began_ran_nothing() {
    for log in ["", "error: could not compile", "#", "# corp: "] {
        assert_eq!((executions(log), corpus(log)), (0, 0), "{log}");
    }
}

#[test]
fn the_end_of_a_log_is_all_of_a_short_one() {
    assert_eq!(end_of("a\nb"), "a\nb");
    assert_eq!(end_of(&"x\n".repeat(1000)).lines().count(), 60);
}
