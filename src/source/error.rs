use std::path::PathBuf;

use thiserror::Error;

/// How to get the program that reads and writes videos.
pub(super) const INSTALL_FFMPEG: &str = "`sudo apt install ffmpeg` (Debian, Ubuntu), `brew install ffmpeg` (macOS) or \
                                         `winget install ffmpeg` (Windows)";

/// Why there is no frame. Each message stands alone and says what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SourceError {
    /// The operating system refused the file or folder.
    #[error("cannot read {}: {reason}", path.display())]
    Unreadable {
        /// The file or folder asked for.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },

    /// A folder, device or pipe where a file was expected.
    #[error("{} is {found}; a picture file was expected", path.display())]
    NotAFile {
        /// The path asked for.
        path: PathBuf,
        /// What it is.
        found: &'static str,
    },

    /// A file of no bytes.
    #[error("{name} is empty (0 bytes); a picture was expected")]
    Empty {
        /// The file.
        name: String,
    },

    /// Bytes that are no picture, or a picture in a format that is not read.
    #[error(
        "{name} is not a picture that can be opened: it looks like {found}; \
         JPEG, PNG, WebP, BMP, TIFF and GIF are read"
    )]
    NotAPicture {
        /// The file.
        name: String,
        /// What its first bytes look like.
        found: String,
    },

    /// A picture whose data ends too early.
    #[error(
        "{name} is cut off: its {format} data stops after {bytes} bytes, before the picture is complete; \
         copy or download it again"
    )]
    Truncated {
        /// The file.
        name: String,
        /// The format its first bytes announce.
        format: &'static str,
        /// How many bytes there are.
        bytes: usize,
    },

    /// A part of a picture file that claims more bytes than there are.
    #[error(
        "{name} is damaged: its {chunk} chunk claims {claimed} bytes, and the file has {found} left; copy or \
         download it again"
    )]
    ChunkBeyondEnd {
        /// The file.
        name: String,
        /// The chunk's name.
        chunk: &'static str,
        /// How many bytes it claims.
        claimed: u64,
        /// How many bytes there are from its beginning on.
        found: u64,
    },

    /// A picture inside an archive cannot be read.
    #[error("{name}: cannot read {length} bytes at {offset}: {reason}")]
    ArchivedPicture {
        /// The archive and the name inside it.
        name: String,
        /// How many bytes the picture has.
        length: u64,
        /// Where they begin in the archive.
        offset: u64,
        /// What the system said.
        reason: String,
    },

    /// A place for pictures that is neither a folder nor a sound archive.
    #[error("{}: expected a folder or a tar archive of pictures: {reason}", path.display())]
    Place {
        /// The place.
        path: PathBuf,
        /// What is wrong with it, and after which file where it is an archive.
        reason: String,
    },

    /// A picture whose data contradicts itself, or of a kind that is not decoded.
    #[error("{name} cannot be decoded as {format}: {reason}")]
    Undecodable {
        /// The file.
        name: String,
        /// The format its first bytes announce.
        format: &'static str,
        /// What the decoder said.
        reason: String,
    },

    /// A picture of a kind that is not decoded, in a format that is.
    #[error("{name} is {kind}, which is not read; save it again as an ordinary JPEG or PNG")]
    UnreadKind {
        /// The file.
        name: String,
        /// What is special about it.
        kind: &'static str,
    },

    /// More pixels than are read.
    #[error(
        "{name} is {width} × {height} pixels; at most 16,384 on a side and 120 megapixels are read: \
         make it smaller first"
    )]
    TooLarge {
        /// The file.
        name: String,
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },

    /// A picture for whose pixels there is no memory.
    #[error(
        "{name} is {width} × {height} pixels, and there is not enough memory for them; close other programs, or make \
         it smaller first"
    )]
    NoMemory {
        /// The file.
        name: String,
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },

    /// A file larger than any picture that is read.
    #[error("{name} is {megabytes} MB; picture files up to 512 MB are read")]
    TooManyBytes {
        /// The file.
        name: String,
        /// Its size in units of 2²⁰ bytes.
        megabytes: u64,
    },

    /// A picture without pixels.
    #[error("{name} is {width} × {height} pixels; at least 1 × 1 was expected")]
    NoPixels {
        /// The file.
        name: String,
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },

    /// Raw pixels whose number does not fit their size.
    #[error("{name} has {found} bytes of pixels; its size asks for {expected}")]
    WrongByteCount {
        /// The picture.
        name: String,
        /// Width × height × channels.
        expected: u64,
        /// How many bytes there were.
        found: u64,
    },

    /// A file where a folder was expected.
    #[error("{} is not a folder; a folder of pictures was expected", path.display())]
    NotAFolder {
        /// The path asked for.
        path: PathBuf,
    },

    /// A folder with nothing to show.
    #[error(
        "{} holds no pictures that are read; files ending in jpg, jpeg, png, webp, bmp, tif, tiff or gif were \
         expected{}",
        path.display(),
        found.as_ref().map(|found| format!(", found {found}")).unwrap_or_default()
    )]
    NoPictures {
        /// The folder.
        path: PathBuf,
        /// Pictures and videos of other kinds that it holds, in words.
        found: Option<String>,
    },

    /// A video, and no program that reads it.
    #[error(
        "{name} is a video, which the ffmpeg program reads, and that is not installed: {}, then open it again",
        INSTALL_FFMPEG
    )]
    NoFfmpeg {
        /// The file.
        name: String,
    },

    /// A video that cannot be read.
    #[error("{name} cannot be read as a video: {reason}")]
    Video {
        /// The file.
        name: String,
        /// What ffmpeg said, or what is missing.
        reason: String,
    },

    /// Paste without a picture on the clipboard.
    #[error(
        "there is no picture on the clipboard; copy a picture, not its file name or text, and paste again"
    )]
    ClipboardWithoutPicture,

    /// No camera is connected.
    #[error("no camera was found; plug one in, or switch it on, and try again")]
    NoCamera,

    /// There are cameras, but not this one.
    #[error("camera {index} is not there; the cameras found are: {found}")]
    CameraMissing {
        /// The number asked for.
        index: u32,
        /// Names and numbers of those there are.
        found: String,
    },

    /// The operating system forbids the camera.
    #[error(
        "{name} may not be used by this program; allow camera access in the system's privacy settings \
         (on Linux: join the group \"video\" and log in again)"
    )]
    CameraDenied {
        /// The camera.
        name: String,
    },

    /// Another program has the camera.
    #[error(
        "{name} is in use by another program; close that program (a call, a browser tab) and start the \
         camera again"
    )]
    CameraBusy {
        /// The camera.
        name: String,
    },

    /// This program has the camera already, or a stopped camera does not let go.
    #[error(
        "{name} has not been released since it was last used here; stop it, or unplug it and plug it in again, \
         and start it again"
    )]
    CameraUnreleased {
        /// The camera.
        name: String,
    },

    /// The camera was unplugged or switched off while it ran.
    #[error("{name} was disconnected; plug it in again and start the camera again")]
    CameraGone {
        /// The camera.
        name: String,
    },

    /// The camera is there but sends nothing.
    #[error(
        "{name} has sent no picture for {seconds} seconds; check its shutter or switch, plug it into another \
         socket, or choose a smaller size, and start the camera again"
    )]
    CameraSilent {
        /// The camera.
        name: String,
        /// How long was waited.
        seconds: u64,
    },

    /// Nothing the camera offers can be decoded.
    #[error(
        "{name} offers no pictures that can be decoded ({reason}); JPEG, RGB, grey, or packed or planar YUV were \
         expected: choose another camera"
    )]
    CameraWithoutMode {
        /// The camera.
        name: String,
        /// What the camera library said.
        reason: String,
    },

    /// The camera sends pictures that do not decode, again and again.
    #[error("the pictures of {name} cannot be decoded as {mode}: {reason}; choose another size or format")]
    CameraUndecodable {
        /// The camera.
        name: String,
        /// Size, rate and encoding in use.
        mode: String,
        /// What the decoder said last.
        reason: String,
    },

    /// Anything else that went wrong with a camera.
    #[error("{name} stopped working: {reason}; start the camera again, or unplug it and plug it in first")]
    CameraFailed {
        /// The camera.
        name: String,
        /// What the camera library said.
        reason: String,
    },
}
