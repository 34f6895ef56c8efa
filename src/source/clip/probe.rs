//! What is in a video, as ffprobe tells it.

use std::path::Path;

use serde::Deserialize;

use super::program::{self, FFPROBE};
use super::timeline::Timeline;
use crate::source::SourceError;

/// Frames a second that are taken of a video at most; of one that says more, every other is.
const MOST_PER_SECOND: f64 = 120.0;
/// Frames a second that a video has at least; one that says fewer does not say it.
const LEAST_PER_SECOND: f64 = 0.01;
/// Frames of a video at most: a day at 60 a second.
const MOST_FRAMES: f64 = 24.0 * 3600.0 * 60.0;

#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    streams: Vec<Stream>,
    format: Option<Length>,
}

#[derive(Deserialize)]
struct Stream {
    avg_frame_rate: Option<String>,
    r_frame_rate: Option<String>,
    duration: Option<String>,
    nb_frames: Option<String>,
}

#[derive(Deserialize)]
struct Length {
    duration: Option<String>,
}

/// When the frames of a video's first stream of pictures are shown.
///
/// # Errors
/// When ffprobe is missing or cannot read the file, or there are no moving pictures in it.
pub(super) fn timeline_of(path: &Path) -> Result<Timeline, SourceError> {
    let name = path.display().to_string();
    let entries = "stream=avg_frame_rate,r_frame_rate,duration,nb_frames:format=duration";
    let options = ["-select_streams", "v:0", "-show_entries", entries, "-of", "json"];
    let output = program::about(FFPROBE, &options, path)
        .output()
        .map_err(|error| program::not_started(&name, &error))?;
    let failed = |reason: String| SourceError::Video { name: name.clone(), reason };
    if !output.status.success() {
        let reason = program::first_line(&output.stderr, path);
        return Err(failed(reason.unwrap_or_else(|| format!("ffprobe ended with {}", output.status))));
    }
    let told: Told =
        serde_json::from_slice(&output.stdout).map_err(|error| failed(format!("ffprobe: {error}")))?;
    let stream = told.streams.first().ok_or_else(|| failed("there are no pictures in it".into()))?;
    let length = told.format.as_ref().and_then(|format| format.duration.as_deref());
    timeline(stream, length)
        .ok_or_else(|| failed("it does not say how long it is, or how many frames a second it has".into()))
}

fn timeline(stream: &Stream, length: Option<&str>) -> Option<Timeline> {
    let rates = [&stream.avg_frame_rate, &stream.r_frame_rate];
    let mut rates = rates.into_iter().flatten().filter_map(|rate| quotient(rate));
    let mut per_second = rates.find(|rate| rate.is_finite() && *rate >= LEAST_PER_SECOND)?;
    let (known, mut halved) = (per_second, 1.0);
    while per_second > MOST_PER_SECOND {
        (per_second, halved) = (per_second / 2.0, halved * 2.0);
    }
    let seconds = [stream.duration.as_deref(), length].into_iter().flatten().find_map(positive);
    let counted = stream.nb_frames.as_deref().and_then(positive).map(|count| (count / halved).ceil());
    let count = counted.or_else(|| Some((seconds? * known / halved).round()))?;
    Some(Timeline::Even { per_second, count: count.clamp(1.0, MOST_FRAMES) as u64 })
}

/// A rate that is written as a fraction.
fn quotient(text: &str) -> Option<f64> {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    Some(above.parse::<f64>().ok()? / below.parse::<f64>().ok()?)
}

fn positive(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}

#[cfg(test)]
mod tests {
    use super::{Stream, Timeline, timeline};

    fn stream(average: &str, usual: &str, duration: Option<&str>, count: Option<&str>) -> Stream {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let (avg_frame_rate, r_frame_rate) = (owned(Some(average)), owned(Some(usual)));
        Stream { avg_frame_rate, r_frame_rate, duration: owned(duration), nb_frames: owned(count) }
    }

    #[test]
    fn rate_and_length_come_from_whichever_place_knows_them() {
        let even = |per_second, count| Some(Timeline::Even { per_second, count });
        assert_eq!(timeline(&stream("25/1", "25/1", Some("2.0"), Some("50")), None), even(25.0, 50));
        // Matroska counts no frames, and tells its length for all streams together.
        assert_eq!(
            timeline(&stream("30000/1001", "30/1", None, None), Some("10.01")),
            even(30000.0 / 1001.0, 300)
        );
        // An unknown average.
        assert_eq!(timeline(&stream("0/0", "24/1", Some("N/A"), None), Some("0.5")), even(24.0, 12));
        assert_eq!(timeline(&stream("240/1", "240/1", None, Some("241")), None), even(120.0, 121));
        assert_eq!(timeline(&stream("0/0", "0/0", Some("1"), Some("25")), None), None);
        assert_eq!(timeline(&stream("25/1", "25/1", None, None), Some("-3")), None);
    }
}
