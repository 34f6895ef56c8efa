//! The frames of an overlay video, drawn and written on the thread that asked for the file's name.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::Receiver;
use egui::Context;

use crate::app::export::view_picture::ViewPicture;
use crate::source::Clip;
use crate::source::clip::{Encoder, Timeline};

/// Frames a second of what is made of a picture that moves, whose frames are shown for times of their own.
const PER_SECOND: f64 = 50.0;

/// A frame that is to be written.
pub struct Shot {
    /// What stands in it.
    pub view: ViewPicture,
    /// For how many frames of the video it stands.
    pub times: u32,
}

/// Writes frames of a clip until there is nobody any more who sends any; one that stands for long is cut short once this
/// is to `hurry`. `ctx` is asked for a repaint as soon as there is room for the next one.
///
/// # Errors
/// When none came, one cannot be written, or the path is that of the clip: a sentence for the user.
pub fn write(
    path: &Path,
    clip: &Clip,
    shots: &Receiver<Shot>,
    hurry: &AtomicBool,
    ctx: &Context,
) -> Result<(), String> {
    if is_same(path, clip.path()) {
        return Err("it is the very file that is shown; give another name".to_owned());
    }
    let mut encoder = None;
    for Shot { view, times } in shots {
        ctx.request_repaint();
        let picture = view.image();
        let started = match encoder.take() {
            Some(encoder) => Ok(encoder),
            None => Encoder::start(path, picture.dimensions(), per_second(clip.timeline())),
        };
        let mut started = started.map_err(|error| error.to_string())?;
        for _ in 0..times {
            started.add(&picture).map_err(|error| error.to_string())?;
            if hurry.load(Ordering::Relaxed) {
                break;
            }
        }
        encoder = Some(started);
    }
    let encoder = encoder.ok_or("it was ended before its first frame")?;
    encoder.finish().map_err(|error| error.to_string())
}

/// Whether two paths lead to one file.
fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// Frames a second of the video that is made of a clip.
fn per_second(timeline: &Timeline) -> f64 {
    match timeline {
        Timeline::Even { per_second, .. } => *per_second,
        Timeline::Listed(_) => PER_SECOND,
    }
}

/// For how many frames of the video a frame of the clip stands; for none where others are shown in the same 50th of a
/// second.
pub fn times(timeline: &Timeline, frame: u64) -> u32 {
    match timeline {
        Timeline::Even { .. } => 1,
        Timeline::Listed(_) => {
            let [start, end] =
                [frame, frame + 1].map(|frame| (timeline.start_of(frame) * PER_SECOND).round());
            (end - start) as u32
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_a_moving_picture_stand_as_long_as_they_are_shown() {
        let timeline = Timeline::Listed([0.1, 0.15, 0.155, 1.0].into());
        let frames: Vec<u32> = (0..4).map(|frame| times(&timeline, frame)).collect();
        assert_eq!(frames, [5, 3, 0, 42]);
        let ends: Vec<f64> = (1..=60).map(|frame| f64::from(frame) / 60.0).collect();
        let fast = Timeline::Listed(ends.into());
        assert_eq!((0..60).map(|frame| times(&fast, frame)).sum::<u32>(), 50, "as long as it is");
        let video = Timeline::Even { per_second: 30000.0 / 1001.0, count: 500 };
        assert!((0..500).all(|frame| times(&video, frame) == 1));
    }
}
