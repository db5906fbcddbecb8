//! Colours of calendars and categories, as `#rrggbb`.
//!
//! Graph names colours instead of giving them; these are the values that Outlook shows for them.

/// For what has no colour of its own, such as a category of somebody else.
pub const UNKNOWN: &str = "#8a8886";

/// Outlook's category colours, preset0 to preset24.
static PRESETS: [&str; 25] = [
    "#e7a1a2", "#f9ba89", "#f7dd8f", "#fcfa90", "#78d168", "#9fdcc9", "#c6d2b0", "#9db7e8",
    "#b5a1e2", "#daaec2", "#dad9dc", "#6b7994", "#bfbfbf", "#6f6f6f", "#4f4f4f", "#c11a25",
    "#e2620d", "#c79930", "#b9b300", "#368f2b", "#329b7a", "#778b45", "#2858a5", "#5c3fa3",
    "#93446b",
];

/// The colour of a category colour such as `preset7`; [`UNKNOWN`] for `none` and for new names.
///
/// # Source
/// Graph `outlookCategory` names the colours; no RGB is documented there.
pub fn outlook_preset(name: &str) -> &'static str {
    name.strip_prefix("preset")
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|digits| digits.parse::<usize>().ok())
        .and_then(|index| PRESETS.get(index).copied())
        .unwrap_or(UNKNOWN)
}

/// The colour of a calendar's `color`, for calendars whose `hexColor` is empty.
///
/// # Source
/// Graph `calendarColor`; the values are those of GNOME Evolution.
pub fn outlook_calendar(color: &str) -> &'static str {
    match color {
        "auto" | "lightBlue" => "#0099bc",
        "lightGreen" => "#00cc6a",
        "lightOrange" => "#f7630c",
        "lightGray" => "#69797e",
        "lightYellow" => "#fde300",
        "lightTeal" => "#038387",
        "lightPink" => "#bf0077",
        "lightBrown" => "#8e562e",
        "lightRed" => "#a4262c",
        _ => UNKNOWN,
    }
}

/// `#rgb` or `#rrggbb` as lower-case `#rrggbb`; `None` for anything else.
pub fn normalise(hex: &str) -> Option<String> {
    let digits = hex.trim().strip_prefix('#')?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        6 => Some(format!("#{}", digits.to_ascii_lowercase())),
        3 => Some(
            std::iter::once('#')
                .chain(
                    digits
                        .to_ascii_lowercase()
                        .chars()
                        .flat_map(|digit| [digit, digit]),
                )
                .collect(),
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_has_a_colour_of_its_own() {
        let all: std::collections::BTreeSet<_> = (0..25)
            .map(|n| outlook_preset(&format!("preset{n}")))
            .collect();
        assert_eq!(all.len(), 25);
        assert!(
            all.iter()
                .all(|color| normalise(color).as_deref() == Some(*color))
        );
    }

    #[test]
    fn unknown_names_are_grey() {
        for name in [
            "none", "preset25", "preset", "preset-1", "preset+1", "", "Preset0",
        ] {
            assert_eq!(outlook_preset(name), UNKNOWN, "{name}");
        }
        assert_eq!(outlook_calendar("maxColor"), UNKNOWN);
        assert_eq!(outlook_calendar("lightRed"), "#a4262c");
    }

    #[test]
    fn hex_colours_are_written_one_way() {
        for (given, wanted) in [
            ("#FA0", Some("#ffaa00")),
            ("#A4262C", Some("#a4262c")),
            (" #a4262c ", Some("#a4262c")),
            ("", None),
            ("auto", None),
            ("#12", None),
            ("#12345", None),
            ("#1234567", None),
            ("#ggg", None),
            ("#ééé", None),
            ("red;background:url(x)", None),
        ] {
            assert_eq!(normalise(given).as_deref(), wanted, "{given}");
        }
    }
}
