//! How many threads a forward pass takes.

use tch::Tensor;

/// Up to this many input pixels a second thread gains nothing: the layers are done before it has woken up.
const PIXELS_FOR_ONE: i64 = 32 * 24;

/// While it lives, the calling thread runs libtorch with as many threads as its pictures need.
pub(super) struct FittingThreads {
    before: Option<i32>,
}

impl FittingThreads {
    /// For pictures `[B, 3, H, W]`.
    pub fn for_pictures(pictures: &Tensor) -> Self {
        let few = pictures.numel() as i64 / 3 <= PIXELS_FOR_ONE;
        let before = few.then(tch::get_num_threads);
        if few {
            tch::set_num_threads(1);
        }
        Self { before }
    }
}

impl Drop for FittingThreads {
    fn drop(&mut self) {
        if let Some(before) = self.before {
            tch::set_num_threads(before);
        }
    }
}
