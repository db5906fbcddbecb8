//! A disk that is really full.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::stage::Stage;
use crate::dayline::Dayline;
use crate::run::{in_words, limited, words};

/// A file system of `$2` KiB in memory with the files of `$1`, on which the rest of the arguments is
/// run; what it leaves is copied to `$3`. `$4` is where it is mounted.
///
/// In name spaces of its own, so that nobody has to be root and nothing is left mounted. The
/// program itself is the same user as outside, since the session bus asks who comes.
const SCRIPT: &str = r#"
export FROM="$1" SIZE="$2" BACK="$3" MOUNT="$4" OWNER="$(id -u)" GROUP="$(id -g)"
shift 4
exec unshare --user --map-root-user --mount sh -c '
  mount -t tmpfs -o "size=${SIZE}k" tmpfs "$MOUNT" || exit 90
  cp -a "$FROM/." "$MOUNT" || exit 91
  unshare --user --map-user="$OWNER" --map-group="$GROUP" "$@"
  code=$?
  cp -a "$MOUNT/." "$BACK" || exit 92
  exit $code
' sh "$@"
"#;

/// Syncs on a disk with so much room beside what lies there already, then where there is room
/// again, after which all has to be whole. Tells whether the first sync succeeded.
///
/// # Errors
/// The disk cannot be made: the kernel allows no user name spaces. Or something is lost.
pub async fn sync_on_a_small_disk(stage: &Stage, spare_kib: usize) -> Result<bool> {
    let from = stage.copy_of("tidied")?;
    let root = from.parent().context("no folder around it")?;
    let (mount, back) = (root.join("mount"), root.join("back"));
    for folder in [&mount, &back] {
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        std::fs::create_dir(folder)?;
    }
    let size = (kib(&from)? + spare_kib).to_string();
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let (from, to, place) = (path(&from), path(&back), path(&mount));
    let small = Dayline::new(&mount, &stage.simulator)?;
    let arguments = ["-c", SCRIPT, "sh", &from, &size, &to, &place];
    let output = limited(small.under("sh", &arguments)?.arg("sync")).await?;
    ensure!(
        output.status.code().is_some_and(|code| code < 2),
        "no disk of {size} KiB could be made and used: {}",
        words(&output)
    );
    in_words(&output)?;
    let dayline = Dayline::new(&back, &stage.simulator)?;
    stage.whole_after(&dayline, &["sync"]).await?;
    Ok(output.status.success())
}

/// How many KiB the files of a folder take, in whole pages.
fn kib(folder: &Path) -> Result<usize> {
    let mut total = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        total += if entry.file_type()?.is_dir() {
            kib(&entry.path())?
        } else {
            usize::try_from(entry.metadata()?.len())?.div_ceil(4096) * 4
        };
    }
    Ok(total)
}
