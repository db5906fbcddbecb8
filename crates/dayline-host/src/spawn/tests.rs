use tokio::sync::oneshot;

use super::*;

#[tokio::test]
async fn a_task_runs_beside_its_caller_and_says_when_it_is_done() {
    let (done, wait) = oneshot::channel();
    let task = TokioSpawn.spawn(
        "answer",
        Box::pin(async move {
            let _ = done.send(42);
        }),
    );
    assert_eq!(task.name(), "answer");
    assert_eq!(wait.await, Ok(42));
    while !task.is_finished() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn dropping_a_task_ends_it() {
    let (held, ended) = oneshot::channel::<()>();
    let task = TokioSpawn.spawn(
        "endless",
        Box::pin(async move {
            let _held = held;
            std::future::pending::<()>().await;
        }),
    );
    assert!(!task.is_finished());
    drop(task);
    assert!(ended.await.is_err(), "what it held is gone with it");
}

#[tokio::test]
async fn stopping_a_task_waits_until_what_it_held_is_gone() {
    let held = std::sync::Arc::new(());
    let inside = held.clone();
    let task = TokioSpawn.spawn(
        "endless",
        Box::pin(async move {
            std::future::pending::<()>().await;
            drop(inside);
        }),
    );
    assert_eq!(std::sync::Arc::strong_count(&held), 2);
    task.stop().await;
    assert_eq!(std::sync::Arc::strong_count(&held), 1);
}
