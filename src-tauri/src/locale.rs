//! What the system says about the user's place: the first day of the week.

/// First day of the user's week, 0 = Sunday.
pub fn first_day_of_week() -> i32 {
    // The order in which the C library looks for the conventions of time.
    ["LC_ALL", "LC_TIME", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .map_or(MONDAY, |locale| first_day_in(&locale))
}

const SUNDAY: i32 = 0;
const MONDAY: i32 = 1;
const FRIDAY: i32 = 5;
const SATURDAY: i32 = 6;

/// Territories whose week starts on a Sunday.
///
/// # Source
/// Unicode CLDR 44, supplemental data, `weekData`. So are the others; all that is not listed
/// starts on a Monday.
const SUNDAY_FIRST: &str = "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE \
     KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA \
     ZW";
/// Territories whose week starts on a Saturday.
const SATURDAY_FIRST: &str = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY";
/// Territories whose week starts on a Friday.
const FRIDAY_FIRST: &str = "MV";

/// First day of the week for a POSIX locale such as `en_US.UTF-8`.
fn first_day_in(locale: &str) -> i32 {
    let Some(territory) = territory(locale) else {
        return MONDAY;
    };
    let among = |list: &str| {
        list.split_whitespace()
            .any(|one| one.eq_ignore_ascii_case(territory))
    };
    if among(SUNDAY_FIRST) {
        SUNDAY
    } else if among(SATURDAY_FIRST) {
        SATURDAY
    } else if among(FRIDAY_FIRST) {
        FRIDAY
    } else {
        MONDAY
    }
}

/// The territory of `language[-Script][_TERRITORY][.codeset][@modifier]`.
fn territory(locale: &str) -> Option<&str> {
    let plain = locale.split(['.', '@']).next()?;
    plain
        .split(['_', '-'])
        .skip(1)
        .find(|part| part.len() == 2 && part.chars().all(|letter| letter.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_starts_where_people_say_it_starts() {
        for (locale, expected) in [
            ("en_US.UTF-8", SUNDAY),
            ("en_GB.UTF-8", MONDAY),
            ("de_DE@euro", MONDAY),
            ("pt_BR", SUNDAY),
            ("ja_JP.eucJP", SUNDAY),
            ("ar_EG.UTF-8", SATURDAY),
            ("dv_MV", FRIDAY),
            ("zh-Hant-TW", SUNDAY),
            ("sr_RS@latin", MONDAY),
            ("de", MONDAY),
            ("C.UTF-8", MONDAY),
            ("POSIX", MONDAY),
            ("", MONDAY),
        ] {
            assert_eq!(first_day_in(locale), expected, "{locale}");
        }
    }

    #[test]
    fn no_territory_is_listed_twice() {
        let mut all: Vec<&str> = [SUNDAY_FIRST, SATURDAY_FIRST, FRIDAY_FIRST]
            .iter()
            .flat_map(|list| list.split_whitespace())
            .collect();
        let listed = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), listed);
    }
}
