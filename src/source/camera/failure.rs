//! What went wrong with a camera, told from the messages of the camera library.

use nokhwa::NokhwaError;

use crate::source::SourceError;

/// The kinds of failure that have their own remedy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The operating system forbids it.
    Denied,
    /// Someone else has it.
    Busy,
    /// It is not there, or no longer.
    Absent,
    /// Nothing it offers can be decoded.
    NoMode,
    /// Anything else.
    Other,
}

/// Sorts an error by the operating system's code in its message, the only place where it survives.
pub(super) fn cause_of(error: &NokhwaError) -> Cause {
    let message = error.to_string();
    match system_code(&message) {
        Some(1 | 13) => Cause::Denied,     // EPERM, EACCES
        Some(16) => Cause::Busy,           // EBUSY
        Some(2 | 6 | 19) => Cause::Absent, // ENOENT, ENXIO, ENODEV
        _ => match error {
            NokhwaError::GetPropertyError { property, .. } if property.ends_with("Format") => Cause::NoMode,
            _ => Cause::Other,
        },
    }
}

/// The error for a camera that was streaming.
pub(super) fn while_streaming(name: &str, error: &NokhwaError) -> SourceError {
    match cause_of(error) {
        Cause::Absent => SourceError::CameraGone { name: name.to_owned() },
        _ => SourceError::CameraFailed { name: name.to_owned(), reason: error.to_string() },
    }
}

/// The number in the last `(os error N)` of a message.
fn system_code(message: &str) -> Option<i32> {
    let (_, tail) = message.rsplit_once("(os error ")?;
    tail.split_once(')')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use nokhwa::NokhwaError;

    use super::{Cause, cause_of, system_code, while_streaming};

    #[test]
    fn finds_the_system_code() {
        assert_eq!(system_code("Could not open: Device or resource busy (os error 16)"), Some(16));
        assert_eq!(system_code("(os error 2) then (os error 19)."), Some(19));
        assert_eq!(system_code("os error 2"), None);
        assert_eq!(system_code("(os error "), None);
    }

    #[test]
    fn sorts_errors() {
        let open = |reason: &str| NokhwaError::OpenDeviceError("0".to_owned(), reason.to_owned());
        assert_eq!(cause_of(&open("V4L2 Error: Permission denied (os error 13)")), Cause::Denied);
        assert_eq!(cause_of(&open("V4L2 Error: No such file (os error 2)")), Cause::Absent);
        assert_eq!(cause_of(&open("whatever")), Cause::Other);
        let format =
            NokhwaError::GetPropertyError { property: "CameraFormat".to_owned(), error: "Failed".to_owned() };
        assert_eq!(cause_of(&format), Cause::NoMode);
        let gone = NokhwaError::ReadFrameError("No such device (os error 19)".to_owned());
        assert!(
            while_streaming("Desk camera", &gone).to_string().starts_with("Desk camera was disconnected")
        );
    }
}
