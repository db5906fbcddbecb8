//! A picture of the virtual display, taken once it stands still.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::headless::Session;
use crate::process;

/// An empty display has one or two colours, a week with smoothed text has hundreds.
const FEWEST_COLOURS: u32 = 64;

/// How long the display may go on changing after the app said that it has painted.
const SETTLING: Duration = Duration::from_secs(10);

/// What ImageMagick says of a picture: a digest of its pixels and the number of colours.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    digest: String,
    colours: u32,
}

/// Writes the display to `file` as PNG: the first picture that equals the one before it.
///
/// # Errors
/// The picture is blank.
pub fn take(session: &Session, file: &Path, deadline: Instant) -> Result<()> {
    let settled_by = deadline.min(Instant::now() + SETTLING);
    let mut before = shoot(session, file)?;
    loop {
        std::thread::sleep(Duration::from_millis(200));
        let now = shoot(session, file)?;
        let still = now == before && now.colours >= FEWEST_COLOURS;
        if still || Instant::now() > settled_by {
            let colours = now.colours;
            ensure!(
                colours >= FEWEST_COLOURS,
                "the window stayed blank: the picture has {colours} colours"
            );
            return Ok(());
        }
        before = now;
    }
}

fn shoot(session: &Session, file: &Path) -> Result<Look> {
    let mut import = Command::new("import");
    import.args(["-silent", "-window", "root"]).arg(png(file));
    session.enter(&mut import);
    process::output("import", &mut import)?;
    let mut identify = Command::new("identify");
    identify.args(["-format", "%# %k"]).arg(png(file));
    parse(&process::output("identify", &mut identify)?)
}

/// Names the format, whatever the file is called.
fn png(file: &Path) -> std::ffi::OsString {
    let mut name = std::ffi::OsString::from("png:");
    name.push(file);
    name
}

fn parse(text: &str) -> Result<Look> {
    let (digest, colours) = text
        .split_once(' ')
        .with_context(|| format!("identify says {text:?}"))?;
    let colours = colours
        .trim()
        .parse()
        .with_context(|| format!("identify says {text:?}"))?;
    Ok(Look {
        digest: digest.to_owned(),
        colours,
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn digest_and_colours_are_told_apart() {
        let look = parse("d1f2 1234").unwrap();
        assert_eq!((look.digest.as_str(), look.colours), ("d1f2", 1234));
        assert!(parse("d1f2").is_err());
        assert!(parse("d1f2 many").is_err());
    }
}
