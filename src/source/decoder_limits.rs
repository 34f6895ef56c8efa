//! What decoders may hold.

use image::{ImageFormat, Limits};

use super::picture::MAX_PIXELS;

/// The largest picture at 8 bytes a pixel (RGBA of sixteen bits), and room to work.
const MAX_DECODER_BYTES: u64 = MAX_PIXELS * 8 + (256 << 20);
/// What the decoder of PNG may hold besides the pixels: rows, texts, and a colour profile, which is compressed and may
/// grow to a thousand times its size in the file. The limit that the decoder has by itself.
const MAX_PNG_EXTRA_BYTES: u64 = 64 << 20;

/// What the decoder of a format may hold.
pub(super) fn limits_of(format: ImageFormat) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(match format {
        ImageFormat::Png => MAX_PNG_EXTRA_BYTES,
        _ => MAX_DECODER_BYTES,
    });
    limits
}

/// Whether the system gives so many bytes at once. Decoders do not ask: they end the program where it does not.
pub(super) fn is_room_for(bytes: u64) -> bool {
    usize::try_from(bytes).is_ok_and(|bytes| Vec::<u8>::new().try_reserve_exact(bytes).is_ok())
}

#[cfg(test)]
mod tests {
    use super::is_room_for;

    #[test]
    fn room_is_asked_for_before_it_is_taken() {
        assert!(is_room_for(0) && is_room_for(1 << 20));
        assert!(!is_room_for(u64::MAX) && !is_room_for(1 << 62));
    }
}
