use std::future::pending;
use std::sync::Arc;

use tokio::sync::oneshot;

use super::Visits;

/// A visit that says when it began and when it was dropped, and never ends.
async fn endless(begun: oneshot::Sender<()>, _dropped: oneshot::Sender<()>) -> &'static str {
    begun.send(()).unwrap();
    pending().await
}

#[tokio::test]
async fn a_visit_that_nobody_disturbs_tells_how_it_ended() {
    assert_eq!(
        Visits::default().run(async { "fetched" }).await,
        Some("fetched")
    );
}

#[tokio::test]
async fn a_later_visit_drops_the_running_one_and_runs_itself() {
    let visits = Arc::new(Visits::default());
    let ((begun, begins), (dropped, drops)) = (oneshot::channel(), oneshot::channel());
    let first = tokio::spawn({
        let visits = visits.clone();
        async move { visits.run(endless(begun, dropped)).await }
    });
    begins.await.unwrap();
    assert_eq!(visits.run(async { "second" }).await, Some("second"));
    assert_eq!(first.await.unwrap(), None);
    assert!(drops.await.is_err(), "the first visit was dropped");
}

#[tokio::test]
async fn cancelling_ends_the_running_visit_and_no_later_one() {
    let visits = Arc::new(Visits::default());
    let ((begun, begins), (dropped, drops)) = (oneshot::channel(), oneshot::channel());
    let running = tokio::spawn({
        let visits = visits.clone();
        async move { visits.run(endless(begun, dropped)).await }
    });
    begins.await.unwrap();
    visits.cancel();
    assert_eq!(running.await.unwrap(), None);
    assert!(drops.await.is_err(), "the visit was dropped");
    assert_eq!(visits.run(async { "later" }).await, Some("later"));
}
