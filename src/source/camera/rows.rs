use super::packing::Packing;
use crate::counted::counted;

/// The bytes of a picture without what drivers put between its rows, plane after plane.
///
/// `stride` is how far apart the rows of the first plane begin, 0 where the driver does not tell; those of the others
/// are further apart or nearer as their rows are longer or shorter, as Video4Linux has it. A buffer that has room for
/// the pixels alone has no gaps: drivers tell rows of all planes together as the stride of the first.
///
/// # Errors
/// A reason when there are fewer bytes than that.
pub(super) fn close_up(
    buffer: &[u8],
    packing: Packing,
    (width, height): (usize, usize),
    stride: usize,
) -> Result<Vec<u8>, String> {
    let planes = packing.planes(width, height);
    let first = planes.first().map_or(0, |&(row, _)| row);
    let used = planes.iter().map(|(row, rows)| row * rows).sum();
    let stride = if buffer.len() == used { first } else { stride.max(first) };
    let mut pixels = Vec::with_capacity(used);
    let mut start = 0;
    for (row, rows) in planes {
        let stride = (stride * row).checked_div(first).unwrap_or(row).max(row);
        for y in 0..rows {
            let from = start + y * stride;
            let bytes = buffer.get(from..from + row).ok_or_else(|| {
                let found = counted(buffer.len(), "byte", "bytes");
                format!("the buffer has {found}, at least {} were expected", from + row)
            })?;
            pixels.extend_from_slice(bytes);
        }
        start += rows * stride;
    }
    Ok(pixels)
}

#[cfg(test)]
mod tests {
    use super::close_up;
    use crate::source::camera::Encoding;

    #[test]
    fn gaps_between_rows_are_closed_in_every_plane() {
        let grey = close_up(&[1, 2, 0, 3, 4], Encoding::Grey.packing(), (2, 2), 3);
        assert_eq!(grey, Ok(vec![1, 2, 3, 4]), "none is needed behind the last row");
        let planes = [1, 2, 3, 4, 0, 0, 0, 0, 5, 6, 7, 8, 0, 0, 0, 0, 20, 21, 0, 0, 30, 31, 0, 0];
        let i420 = close_up(&planes, Encoding::I420.packing(), (4, 2), 8);
        assert_eq!(i420, Ok(vec![1, 2, 3, 4, 5, 6, 7, 8, 20, 21, 30, 31]));
        let nv12 = close_up(&planes, Encoding::Nv12.packing(), (4, 2), 8);
        assert_eq!(nv12, Ok(vec![1, 2, 3, 4, 5, 6, 7, 8, 20, 21, 0, 0]));
    }

    #[test]
    fn a_stride_that_is_not_told_or_too_small_is_that_of_the_row() {
        for stride in [0, 1, 2] {
            let grey = close_up(&[1, 2, 3, 4, 9], Encoding::Grey.packing(), (2, 2), stride);
            assert_eq!(grey, Ok(vec![1, 2, 3, 4]));
        }
    }

    #[test]
    fn a_buffer_of_the_pixels_alone_has_no_gaps() {
        let samples: Vec<u8> = (0..12).collect();
        assert_eq!(close_up(&samples, Encoding::I420.packing(), (4, 2), 6), Ok(samples.clone()));
        assert!(close_up(&samples[..11], Encoding::I420.packing(), (4, 2), 6).is_err());
    }
}
