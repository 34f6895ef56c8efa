//! The values of a strided tensor, gathered from its storage.

use super::error::Fault;
use super::host_tensor::HostTensor;
use super::pickle::TensorView;

/// Values a file may always unfold into, however small it is; they take 1 MiB.
const BASE_VALUES: usize = 1 << 18;

/// Values a file may unfold into for each of its bytes. Half precision gives one for two bytes, and tensors that
/// share a storage, tied weights for one, give more than it has; this leaves room for four times over.
const VALUES_PER_BYTE: usize = 2;

/// How many values may still be made. Views can claim any number of values from a storage of one, by a stride of
/// zero or by lying on top of each other, so their sum is bounded by the file's size.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    /// For a file of `file_bytes` bytes.
    pub(super) fn for_file(file_bytes: usize) -> Self {
        Self { left: file_bytes.saturating_mul(VALUES_PER_BYTE).saturating_add(BASE_VALUES) }
    }

    fn spend(&mut self, name: &str, numel: usize) -> Result<(), Fault> {
        let left = self.left.checked_sub(numel).ok_or_else(|| {
            let expected = format!("at most {} more values in a file of this size", self.left);
            Fault::malformed(place(name), expected, numel.to_string())
        })?;
        self.left = left;
        Ok(())
    }
}

/// Copies the values of `view` out of `storage`, the bytes of its whole storage, in row-major order.
///
/// # Errors
/// [`Fault::Malformed`] names the tensor: a view that reaches beyond its storage, or more values than `budget` allows.
pub(super) fn gather(
    name: &str,
    view: &TensorView<'_>,
    storage: &[u8],
    budget: &mut Budget,
) -> Result<HostTensor, Fault> {
    let element = view.storage.element;
    let numel = numel(&view.shape).ok_or_else(|| {
        Fault::malformed(place(name), "a size that fits memory", format!("{:?}", view.shape))
    })?;
    budget.spend(name, numel)?;
    if numel == 0 {
        return Ok(HostTensor { shape: view.shape.clone(), values: Vec::new() });
    }
    let available = storage.len() / element.size();
    let last = last_index(view).filter(|last| *last < available).ok_or_else(|| {
        let expected = format!("a view inside its storage of {available} elements");
        let TensorView { offset, shape, strides, .. } = view;
        Fault::malformed(
            place(name),
            expected,
            format!("offset {offset}, size {shape:?}, stride {strides:?}"),
        )
    })?;
    let values = if is_contiguous(view) {
        let range = view.offset * element.size()..(last + 1) * element.size();
        element.decode(storage.get(range).unwrap_or_default())
    } else {
        element.decode(&rearranged(view, numel, storage))
    };
    Ok(HostTensor { shape: view.shape.clone(), values })
}

fn place(name: &str) -> String {
    format!("tensor `{name}`")
}

/// The number of elements of a tensor of this shape, or none when it does not fit `usize`.
fn numel(shape: &[usize]) -> Option<usize> {
    if shape.contains(&0) {
        return Some(0);
    }
    shape.iter().try_fold(1_usize, |product, extent| product.checked_mul(*extent))
}

/// The largest index into the storage that a non-empty view uses.
fn last_index(view: &TensorView<'_>) -> Option<usize> {
    view.shape.iter().zip(&view.strides).try_fold(view.offset, |index, (extent, stride)| {
        index.checked_add((extent - 1).checked_mul(*stride)?)
    })
}

/// Whether the elements lie in row-major order without gaps; strides along axes of extent 1 do not matter.
fn is_contiguous(view: &TensorView<'_>) -> bool {
    let mut dense = 1;
    view.shape.iter().zip(&view.strides).rev().all(|(extent, stride)| {
        let fits = *extent == 1 || *stride == dense;
        dense *= extent;
        fits
    })
}

/// The encoded elements in row-major order. Every index lies inside `storage`.
fn rearranged(view: &TensorView<'_>, numel: usize, storage: &[u8]) -> Vec<u8> {
    let size = view.storage.element.size();
    let mut bytes = Vec::with_capacity(numel * size);
    for flat in 0..numel {
        let mut rest = flat;
        let mut index = view.offset;
        for (extent, stride) in view.shape.iter().zip(&view.strides).rev() {
            index += rest % extent * stride;
            rest /= extent;
        }
        bytes.extend_from_slice(storage.get(index * size..(index + 1) * size).unwrap_or_default());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::super::element::Element;
    use super::super::pickle::{Storage, TensorView};
    use super::{Budget, HostTensor, gather};

    fn view(offset: usize, shape: &[usize], strides: &[usize]) -> TensorView<'static> {
        let storage = Storage { key: "0", element: Element::Float, numel: 6 };
        TensorView { storage, offset, shape: shape.to_vec(), strides: strides.to_vec() }
    }

    fn read(view: &TensorView<'_>) -> Result<HostTensor, String> {
        let storage: Vec<u8> = (0..6).flat_map(|value| (value as f32).to_le_bytes()).collect();
        gather("w", view, &storage, &mut Budget::for_file(100)).map_err(|fault| fault.to_string())
    }

    #[test]
    fn strides_choose_the_order() {
        for (offset, shape, strides, expected) in [
            (0, vec![2, 3], vec![3, 1], vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
            (0, vec![3, 2], vec![1, 3], vec![0.0, 3.0, 1.0, 4.0, 2.0, 5.0]),
            (1, vec![2, 1, 2], vec![2, 99, 1], vec![1.0, 2.0, 3.0, 4.0]),
            (5, vec![], vec![], vec![5.0]),
            (2, vec![3], vec![0], vec![2.0, 2.0, 2.0]),
        ] {
            let tensor = read(&view(offset, &shape, &strides)).unwrap();
            assert_eq!(tensor, HostTensor { shape, values: expected });
        }
        let empty = read(&view(99, &[0, 1 << 40, 1 << 40], &[9, 9, 9])).unwrap();
        assert!(empty.values.is_empty());
    }

    #[test]
    fn a_view_beyond_its_storage_is_an_error() {
        for (offset, shape, strides) in [
            (6, vec![], vec![]),
            (0, vec![7], vec![1]),
            (0, vec![2, 2], vec![5, 1]),
            (usize::MAX, vec![2], vec![1]),
            (0, vec![2, 2], vec![usize::MAX, usize::MAX]),
        ] {
            let message = read(&view(offset, &shape, &strides)).unwrap_err();
            assert!(message.starts_with("tensor `w`: expected a view inside its storage of 6"), "{message}");
        }
        let message = read(&view(0, &[usize::MAX, 2], &[0, 0])).unwrap_err();
        assert!(message.contains("a size that fits memory"), "{message}");
    }

    #[test]
    fn repetition_is_bounded_by_the_size_of_the_file() {
        assert_eq!(read(&view(0, &[512, 512], &[0, 0])).unwrap().values.len(), 1 << 18);
        let message = read(&view(0, &[1 << 20, 1 << 20], &[0, 0])).unwrap_err();
        assert!(message.contains("at most 262344 more values"), "{message}");
    }
}
