//! Pictures in a row, as ffmpeg writes them to a pipe: binary PPM, eight bits a channel.

use std::io::{self, BufRead, Read};

use image::RgbImage;

use crate::source::picture::{MAX_PIXELS, MAX_SIDE};

/// Bytes that a number of the head has at most, the sign behind it included.
const NUMBER_BYTES: u64 = 12;

/// The next picture of a stream; none where the stream ends before one begins.
///
/// # Errors
/// When the stream fails, ends inside a picture, is no PPM of eight bits, or a picture is larger than pictures that are
/// read ([`MAX_SIDE`], [`MAX_PIXELS`]); nothing is allocated for those.
pub(super) fn next(stream: &mut impl BufRead) -> io::Result<Option<RgbImage>> {
    if stream.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let (kind, width, height, most) = (word(stream)?, number(stream)?, number(stream)?, number(stream)?);
    if kind != b"P6" || most != 255 || width == 0 || height == 0 {
        return Err(invalid("no PPM of eight bits".into()));
    }
    if width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(invalid(format!("a frame has {width} × {height} pixels")));
    }
    let bytes = width as usize * height as usize * 3;
    let mut pixels = Vec::new();
    pixels.try_reserve_exact(bytes).map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
    pixels.resize(bytes, 0);
    stream.read_exact(&mut pixels)?;
    Ok(RgbImage::from_raw(width, height, pixels))
}

fn number(stream: &mut impl BufRead) -> io::Result<u32> {
    let word = word(stream)?;
    let number = std::str::from_utf8(&word).ok().and_then(|text| text.parse().ok());
    number.ok_or_else(|| invalid("a number was expected in the head of a PPM".into()))
}

/// What stands before the next space or end of a line, which is passed over.
fn word(stream: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut word = Vec::new();
    for byte in stream.by_ref().take(NUMBER_BYTES).bytes() {
        match byte? {
            b' ' | b'\n' => return Ok(word),
            byte => word.push(byte),
        }
    }
    Err(invalid("the head of a PPM does not end".into()))
}

fn invalid(reason: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::next;

    #[test]
    fn pictures_follow_each_other_in_sizes_of_their_own() {
        let mut stream: &[u8] = b"P6\n1 1\n255\nabcP6\n2 1\n255\ndefghi";
        let first = next(&mut stream).unwrap().unwrap();
        assert_eq!((first.dimensions(), first.as_raw().as_slice()), ((1, 1), b"abc".as_slice()));
        let second = next(&mut stream).unwrap().unwrap();
        assert_eq!((second.dimensions(), second.as_raw().as_slice()), ((2, 1), b"defghi".as_slice()));
        assert!(next(&mut stream).unwrap().is_none());
    }

    #[test]
    fn what_is_no_whole_picture_is_an_error() {
        let kind = |mut bytes: &[u8]| next(&mut bytes).unwrap_err().kind();
        assert_eq!(kind(b"P6\n2 1\n255\nabc"), ErrorKind::UnexpectedEof);
        for wrong in
            ["P5\n1 1\n255\na", "P6\n1 1\n65535\nabcdef", "P6\n0 1\n255\n", "P6 x", "P6\n4000000000 9\n255\n"]
        {
            assert_eq!(kind(wrong.as_bytes()), ErrorKind::InvalidData, "{wrong}");
        }
        assert_eq!(kind(&[b'P'; 40]), ErrorKind::InvalidData);
    }
}
