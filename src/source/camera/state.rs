/// What a camera is doing.
#[derive(Clone, Debug, PartialEq)]
pub enum CameraState {
    /// Being opened; the system may be asking the user for permission.
    Opening,
    /// Frames arrive.
    Streaming {
        /// Size, rate and encoding in use, for display.
        format: String,
        /// Frames that have arrived since the start.
        frames: u64,
        /// Of those, the ones nobody saw: a newer one came before they were taken, or they were damaged.
        dropped: u64,
        /// Frames that arrived per second, over the last seconds.
        frames_per_second: f32,
    },
    /// Frames arrive and are passed over until the camera is unfrozen.
    Frozen {
        /// Size, rate and encoding in use, for display.
        format: String,
        /// Frames that have arrived since the start, those passed over included.
        frames: u64,
        /// Of those, the ones nobody saw, those passed over while frozen not included.
        dropped: u64,
        /// Frames that arrived per second, over the last seconds.
        frames_per_second: f32,
    },
    /// Stopped by the user.
    Stopped,
    /// Ended by an error: what happened and what to do about it. The camera can be started anew.
    Failed(String),
}
