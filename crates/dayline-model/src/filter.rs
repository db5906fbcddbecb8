//! Which events a view shows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::event::Importance;

/// What a view asks for. Empty sets ask for nothing, so the default matches every event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// One of these; any if empty.
    pub importance: BTreeSet<Importance>,
    /// At least one of these, by name; any if empty.
    pub categories: Vec<String>,
    /// Teams meetings alone.
    pub teams_only: bool,
}

impl Filter {
    /// Whether an event is among what is asked for. Category names compare by [`fold`].
    pub fn matches(&self, importance: Importance, categories: &[String], teams: bool) -> bool {
        (self.importance.is_empty() || self.importance.contains(&importance))
            && (!self.teams_only || teams)
            && (self.categories.is_empty() || {
                let wanted: BTreeSet<String> =
                    self.categories.iter().map(|name| fold(name)).collect();
                categories.iter().any(|name| wanted.contains(&fold(name)))
            })
    }
}

/// A text without what people leave out when they search: case, accents and outer spaces.
///
/// Two texts match if their folds are equal.
pub fn fold(text: &str) -> String {
    let plain = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    // Lower-casing may decompose once more (İ becomes i and a dot).
    let plain: String = plain.filter(|c| !is_combining_mark(*c)).collect();
    plain.trim().replace('ß', "ss")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn the_default_matches_everything() {
        for importance in [Importance::Low, Importance::Normal, Importance::High] {
            assert!(Filter::default().matches(importance, &[], false));
            assert!(Filter::default().matches(importance, &names(&["x"]), true));
        }
    }

    #[test]
    fn each_part_narrows() {
        let filter = Filter {
            importance: [Importance::High].into(),
            categories: names(&["Client A", "Büro"]),
            teams_only: true,
        };
        let case = |importance, categories: &[&str], teams| {
            filter.matches(importance, &names(categories), teams)
        };
        assert!(case(Importance::High, &["client a"], true));
        assert!(case(Importance::High, &["other", "BURO"], true));
        assert!(!case(Importance::Normal, &["client a"], true));
        assert!(!case(Importance::High, &["client a"], false));
        assert!(!case(Importance::High, &["client"], true));
        assert!(!case(Importance::High, &[], true));
    }

    #[test]
    fn fold_leaves_out_case_and_accents() {
        for (given, wanted) in [
            ("Éclair", "eclair"),
            ("E\u{301}CLAIR", "eclair"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("İstanbul", "istanbul"),
            ("ﬁn", "fin"),
            (" Ω ", "ω"),
            ("日本", "日本"),
        ] {
            assert_eq!(fold(given), wanted);
        }
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
