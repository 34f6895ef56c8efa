//! Values as other programs spell them: numbers in quotes, flags as words, ids of any kind.

use std::fmt;

use serde_json::Value;

/// How many characters of a text of a file a message shows.
const MOST_SHOWN: usize = 100;
/// What no place, length or area in a picture reaches, in pixels.
const MOST_PIXELS: f64 = 1e12;

/// An id: a whole number, however it is spelled, or a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Id {
    Number(i128),
    Text(String),
}

impl Id {
    /// The number that is kept: none for texts and for numbers below 0.
    pub(super) fn kept(&self) -> Option<u64> {
        match self {
            Self::Number(number) => u64::try_from(*number).ok(),
            Self::Text(_) => None,
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Text(text) => formatter.write_str(&quoted(text)),
        }
    }
}

/// A text of a file in quotes, for messages: without control characters, and not longer than anybody reads.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{:?}", format!("{}…", text.get(..end).unwrap_or_default())),
        None => format!("{text:?}"),
    }
}

/// The id: 1, 1.0 and "1" are the same; none for a fraction or for anything but numbers and texts.
pub(super) fn id(value: &Value) -> Option<Id> {
    match value {
        Value::Number(number) => number
            .as_i64()
            .map(i128::from)
            .or_else(|| number.as_u64().map(i128::from))
            .or_else(|| number.as_f64().and_then(whole))
            .map(Id::Number),
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => {
            let text = text.trim();
            Some(number_in(text).map_or_else(|| Id::Text(text.to_owned()), Id::Number))
        }
        _ => None,
    }
}

/// The whole number that a text spells in digits; "1e5" is a word.
fn number_in(text: &str) -> Option<i128> {
    let spelled = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.');
    let float = || text.chars().all(spelled).then(|| text.parse::<f64>().ok().and_then(whole)).flatten();
    text.parse().ok().or_else(float)
}

fn whole(number: f64) -> Option<i128> {
    (number.fract() == 0.0 && number.abs() < 2_f64.powi(120)).then_some(number as i128)
}

/// The number, in quotes or not; none for what is no number, not finite, or of no picture.
pub(super) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number| number.abs() <= MOST_PIXELS)
}

/// Whether a flag is set: true, a number but 0, either of them in quotes.
pub(super) fn flag(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        Value::String(text) if text.trim().eq_ignore_ascii_case("true") => true,
        other => number(other).is_some_and(|number| number != 0.0),
    }
}

/// The text; none for anything else.
pub(super) fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A side of a picture in pixels; 0 where it is unknown: no number, or below 1.
pub(super) fn side(value: &Value) -> u32 {
    // A cast of numbers beyond the range gives its ends.
    number(value).map_or(0, |side| side.round() as u32)
}

/// The numbers of a list, and of the lists in it; one that is none for what is no list. The parser bounds the depth.
pub(super) fn numbers(value: &Value) -> Vec<Option<f64>> {
    fn add(value: &Value, numbers: &mut Vec<Option<f64>>) {
        match value {
            Value::Array(entries) => entries.iter().for_each(|entry| add(entry, numbers)),
            single => numbers.push(number(single)),
        }
    }
    let mut all = Vec::new();
    add(value, &mut all);
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_are_numbers_in_any_spelling_or_texts() {
        for same in [json!(1), json!(1.0), json!("1"), json!(" 1.0 "), json!("001")] {
            assert_eq!(id(&same), Some(Id::Number(1)), "{same}");
        }
        assert_eq!(id(&json!(-7)), Some(Id::Number(-7)));
        assert_eq!(id(&json!(u64::MAX)).and_then(|id| id.kept()), Some(u64::MAX));
        assert_eq!(id(&json!("1e5")), Some(Id::Text("1e5".to_owned())));
        assert_eq!(id(&json!(2_f64.powi(70))), Some(Id::Number(1 << 70)));
        assert_eq!(id(&json!(2_f64.powi(64))), id(&json!("18446744073709551616")));
        for none in [json!(1.5), json!(null), json!([1]), json!("")] {
            assert_eq!(id(&none), None, "{none}");
        }
    }

    #[test]
    fn flags_numbers_and_sides_come_in_many_spellings() {
        for set in [json!(true), json!(1), json!("1"), json!("True")] {
            assert!(flag(&set), "{set}");
        }
        for unset in [json!(false), json!(null), json!("0"), json!(0.0), json!("false"), json!("")] {
            assert!(!flag(&unset), "{unset}");
        }
        assert_eq!(
            (number(&json!("18.5")), number(&json!("nan")), number(&json!(null))),
            (Some(18.5), None, None)
        );
        assert_eq!(
            (side(&json!(120.0)), side(&json!(-1)), side(&json!(null)), side(&json!("160"))),
            (120, 0, 0, 160)
        );
        assert_eq!(numbers(&json!([[1, [2]], ["3"], null])), [Some(1.0), Some(2.0), Some(3.0), None]);
        assert_eq!((numbers(&json!({})), number(&json!(1e300))), (vec![None], None));
    }

    #[test]
    fn texts_in_messages_are_short_and_harmless() {
        assert_eq!(quoted("a\u{1b}[31m"), "\"a\\u{1b}[31m\"");
        assert_eq!(quoted(&"ü".repeat(MOST_SHOWN)).chars().count(), MOST_SHOWN + 2);
        assert_eq!(Id::Text("x".repeat(9000)).to_string().chars().count(), MOST_SHOWN + 3);
    }
}
