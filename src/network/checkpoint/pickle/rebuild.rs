//! The few calls a pickle of tensors makes, turned into plain descriptions.

use super::error::PickleFault;
use super::global::Global;
use super::heap::{Heap, Storage, TensorView, Value, ValueId};
use super::limits::MAX_RANK;

/// What the pickle's call of `callee` with the tuple `arguments` gives.
///
/// # Errors
/// Arguments other than those `torch.save` writes, and a callee that is no function.
pub(super) fn apply<'a>(
    heap: &mut Heap<'a>,
    callee: ValueId,
    arguments: ValueId,
) -> Result<ValueId, PickleFault> {
    let Value::Tuple(given) = heap.get(arguments) else {
        return Err(PickleFault::operand("a tuple of arguments", heap.get(arguments).kind()));
    };
    let value = match heap.get(callee) {
        Value::Global(Global::OrderedDict) => match given.as_slice() {
            [] => Value::Dict(Vec::new()),
            _ => return Err(wrong_arguments("no arguments of OrderedDict", given)),
        },
        Value::Global(Global::RebuildTensor) => Value::Tensor(Box::new(tensor(heap, given)?)),
        Value::Global(Global::RebuildParameter) => match given.as_slice() {
            [data, _requires_grad, _hooks] if matches!(heap.get(*data), Value::Tensor(_)) => {
                return Ok(*data);
            }
            _ => return Err(wrong_arguments("a tensor and two flags of a parameter", given)),
        },
        Value::Global(Global::RebuildParameterWithState) => match given.as_slice() {
            [data, _requires_grad, _hooks, _state] if matches!(heap.get(*data), Value::Tensor(_)) => {
                return Ok(*data);
            }
            _ => return Err(wrong_arguments("a tensor, two flags and the attributes of a parameter", given)),
        },
        Value::Global(Global::RebuildFromType) => match given.as_slice() {
            [function, _type, inner, _state] => match (heap.get(*function), heap.get(*inner)) {
                (Value::Global(Global::RebuildTensor), Value::Tuple(inner)) => {
                    Value::Tensor(Box::new(tensor(heap, inner)?))
                }
                (Value::Opaque { module, name }, _) => Value::Opaque { module, name },
                _ => return Err(PickleFault::operand("a function that rebuilds a tensor", "another object")),
            },
            _ => return Err(wrong_arguments("four arguments of a tensor with attributes", given)),
        },
        Value::Opaque { module, name } => Value::Opaque { module, name },
        Value::Global(Global::Size) => match given.as_slice() {
            [extents] if matches!(heap.get(*extents), Value::Tuple(_)) => return Ok(*extents),
            _ => return Err(wrong_arguments("a tuple of extents of torch.Size", given)),
        },
        other => {
            return Err(PickleFault::operand("a function that rebuilds a tensor", other.kind()));
        }
    };
    Ok(heap.add(value))
}

/// The storage a persistent id refers to: `("storage", class, key, device, numel)`, in the older format with a sixth
/// item for views, which newer versions of PyTorch leave empty.
pub(super) fn storage<'a>(heap: &Heap<'a>, id: ValueId) -> Result<Storage<'a>, PickleFault> {
    const EXPECTED: &str = "a storage with class, key, device and length";
    let Value::Tuple(items) = heap.get(id) else {
        return Err(PickleFault::operand(EXPECTED, heap.get(id).kind()));
    };
    let (tag, class, key, numel, view) = match items.as_slice() {
        [tag, class, key, _device, numel] => (tag, class, key, numel, &Value::None),
        [tag, class, key, _device, numel, view] => (tag, class, key, numel, heap.get(*view)),
        _ => return Err(wrong_arguments(EXPECTED, items)),
    };
    if heap.get(*tag).as_text() != Some("storage") {
        return Err(PickleFault::operand(
            "a storage",
            heap.get(*tag).as_text().unwrap_or("an unnamed object"),
        ));
    }
    if !matches!(view, Value::None) {
        return Err(PickleFault::operand("a whole storage", "a view of another storage"));
    }
    let Value::Global(Global::StorageClass(element)) = heap.get(*class) else {
        return Err(PickleFault::operand("a storage class", heap.get(*class).kind()));
    };
    let key = heap.get(*key).as_text();
    let key = key.ok_or_else(|| PickleFault::operand("the key of a storage", "another object"))?;
    Ok(Storage { key, element: *element, numel: index(heap, *numel, "the length of a storage")? })
}

/// `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks[, metadata])`.
fn tensor<'a>(heap: &Heap<'a>, given: &[ValueId]) -> Result<TensorView<'a>, PickleFault> {
    let [storage, offset, size, stride, _requires_grad, _hooks, rest @ ..] = given else {
        return Err(wrong_arguments("six or seven arguments of a tensor", given));
    };
    let Value::Storage(storage) = heap.get(*storage) else {
        return Err(PickleFault::operand("the storage of a tensor", heap.get(*storage).kind()));
    };
    // The seventh argument marks tensors whose values are to be negated or conjugated.
    match rest {
        [] => {}
        [metadata] if is_empty(heap.get(*metadata)) => {}
        _ => {
            return Err(PickleFault::operand("a tensor as it is stored", "one to be negated or conjugated"));
        }
    }
    let shape = extents(heap, *size, "the size of a tensor")?;
    let strides = extents(heap, *stride, "the strides of a tensor")?;
    if strides.len() != shape.len() {
        let found = format!("{} strides and {} axes", strides.len(), shape.len());
        return Err(PickleFault::operand("a stride for each axis", found));
    }
    Ok(TensorView {
        storage: *storage,
        offset: index(heap, *offset, "the offset of a tensor")?,
        shape,
        strides,
    })
}

fn is_empty(value: &Value<'_>) -> bool {
    match value {
        Value::None => true,
        Value::Dict(entries) => entries.is_empty(),
        _ => false,
    }
}

fn extents(heap: &Heap<'_>, id: ValueId, what: &'static str) -> Result<Vec<usize>, PickleFault> {
    let Value::Tuple(items) = heap.get(id) else {
        return Err(PickleFault::operand(what, heap.get(id).kind()));
    };
    if items.len() > MAX_RANK {
        return Err(PickleFault::Limit { what: "axes of a tensor", limit: MAX_RANK });
    }
    items.iter().map(|item| index(heap, *item, what)).collect()
}

fn index(heap: &Heap<'_>, id: ValueId, what: &'static str) -> Result<usize, PickleFault> {
    let value = heap.get(id);
    value.as_index().ok_or_else(|| match value {
        Value::Integer(number) => PickleFault::operand(what, number.to_string()),
        other => PickleFault::operand(what, other.kind()),
    })
}

fn wrong_arguments(expected: &'static str, given: &[ValueId]) -> PickleFault {
    PickleFault::operand(expected, format!("{} arguments", given.len()))
}
