//! What counts as installed.

use super::{Need, installed_packages, parse_version};

#[test]
fn only_installed_packages_count() {
    let listing = "installed xvfb\nconfig-files dbus\nnot-installed chromium\ninstalled dbus-x11\n";
    let installed: Vec<_> = installed_packages(listing).into_iter().collect();
    assert_eq!(installed, ["dbus-x11", "xvfb"]);
}

#[test]
fn versions_compare_by_number() {
    assert_eq!(parse_version("v20.19.1\n"), Some((20, 19)));
    assert!(parse_version("v9.30.0") < Some(super::NODE));
    assert!(parse_version("v22.0.0") > Some(super::NODE));
    assert_eq!(parse_version("20"), None);
}

#[test]
fn a_larger_need_holds_the_smaller_ones() {
    let window = Need::Window.packages();
    let headless = Need::Headless.packages();
    let tests = Need::Tests.packages();
    assert!(window.iter().all(|package| headless.contains(package)));
    assert!(headless.iter().all(|package| tests.contains(package)));
    assert!(window.len() < headless.len() && headless.len() < tests.len());
}

#[test]
fn peers_are_installed_for_benchmarks_alone() {
    let peers = Need::Peers.packages();
    let tests = Need::Tests.packages();
    assert!(peers.iter().all(|package| !tests.contains(package)));
    assert!(!Need::Peers.node() && Need::Tests.node());
}
