//! Microsoft's national clouds, each below a path of its own.
//!
//! Graph "National cloud deployments" and Entra "authentication-national-cloud": separate
//! registrations, accounts and tokens. What a cloud lacks is what its CSDL does not name
//! (msgraph-metadata f54f11b6, `v1.0-Fairfax` and `v1.0-Mooncake`).

use serde::{Deserialize, Serialize};

/// Which of Microsoft's clouds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Cloud {
    /// The one that everybody means, at the root.
    #[default]
    Global,
    /// US Government L4: GCC High.
    UsGovHigh,
    /// US Government L5: the Department of Defense.
    UsGovDod,
    /// China, operated by 21Vianet.
    China,
}

impl Cloud {
    /// Every cloud that has a path.
    pub(crate) const NATIONAL: [Self; 3] = [Self::UsGovHigh, Self::UsGovDod, Self::China];

    /// The name in scenarios and paths.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::UsGovHigh => "us-gov-high",
            Self::UsGovDod => "us-gov-dod",
            Self::China => "china",
        }
    }

    /// The cloud whose path begins with this segment.
    pub(crate) fn of_segment(segment: &str) -> Option<Self> {
        Self::NATIONAL
            .into_iter()
            .find(|cloud| cloud.as_str() == segment)
    }

    /// What stands before every path of the cloud.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Global => "",
            Self::UsGovHigh => "/us-gov-high",
            Self::UsGovDod => "/us-gov-dod",
            Self::China => "/china",
        }
    }

    /// The host of Teams' join links.
    pub(crate) fn teams(self) -> &'static str {
        match self {
            Self::Global => "teams.microsoft.com",
            Self::UsGovHigh => "gov.teams.microsoft.us",
            Self::UsGovDod => "dod.teams.microsoft.us",
            Self::China => "teams.microsoftonline.cn",
        }
    }

    /// The host of Outlook on the web.
    pub(crate) fn outlook(self) -> &'static str {
        match self {
            Self::Global => "outlook.office365.com",
            Self::UsGovHigh => "outlook.office365.us",
            Self::UsGovDod => "outlook-dod.office365.us",
            Self::China => "partner.outlook.cn",
        }
    }

    /// Whether the cloud's schema has the resource at this path below the user.
    pub(crate) fn has(self, parts: &[&str]) -> bool {
        match (self, parts) {
            (Self::China, ["outlook", "masterCategories", ..])
            | (
                Self::UsGovHigh | Self::UsGovDod,
                [.., "permanentDelete"] | [.., "events", _, "forward"],
            ) => false,
            _ => self == Self::Global || !parts.contains(&"exceptionOccurrences"),
        }
    }

    /// Whether the cloud's schema has a property or parameter of this name.
    pub(crate) fn knows(self, name: &str) -> bool {
        let young = ["cancelledOccurrences", "exceptionOccurrences"];
        self == Self::Global
            || !(young.contains(&name) || name.eq_ignore_ascii_case("proposedNewTime"))
    }
}

#[cfg(test)]
mod tests;
