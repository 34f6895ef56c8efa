//! The few calls a pickle of tensors makes, turned into plain descriptions.

use super::error::PickleFault;
use super::global::Global;
use super::heap::{Heap, Storage, TensorView, Value, ValueId};
use super::limits::{MAX_RANK, MAX_STORAGE_KEY};

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
            // As Python 2 writes it.
            [pairs] => Value::Dict(entries(heap, *pairs)?),
            _ => return Err(wrong_arguments("at most a list of pairs of OrderedDict", given)),
        },
        Value::Global(Global::RebuildTensor) => tensor(heap, given)?,
        Value::Global(Global::RebuildParameter) => match given.as_slice() {
            [data, _requires_grad, _hooks] if is_tensor(heap.get(*data)) => {
                return Ok(*data);
            }
            _ => return Err(wrong_arguments("a tensor and two flags of a parameter", given)),
        },
        Value::Global(Global::RebuildParameterWithState) => match given.as_slice() {
            [data, _requires_grad, _hooks, _state] if is_tensor(heap.get(*data)) => {
                return Ok(*data);
            }
            _ => return Err(wrong_arguments("a tensor, two flags and the attributes of a parameter", given)),
        },
        Value::Global(Global::RebuildFromType) => match given.as_slice() {
            [function, _type, inner, _state] => match (heap.get(*function), heap.get(*inner)) {
                (Value::Global(Global::RebuildTensor), Value::Tuple(inner)) => tensor(heap, inner)?,
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
    if let Value::Dict(copied) = &value {
        heap.count_copied(copied.len())?;
    }
    Ok(heap.add(value))
}

/// The storage a persistent id refers to: `("storage", class, key, device, numel)`, in the older format with a sixth
/// item for views, which newer versions of PyTorch leave empty.
///
/// # Errors
/// Anything else. A class of storages that is not known gives an object of its name.
pub(super) fn storage<'a>(heap: &Heap<'a>, id: ValueId) -> Result<Value<'a>, PickleFault> {
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
    let element = match heap.get(*class) {
        Value::Global(Global::StorageClass(element)) => *element,
        Value::Opaque { module, name } => return Ok(Value::Opaque { module, name }),
        other => return Err(PickleFault::operand("a storage class", other.kind())),
    };
    let key = heap.get(*key).as_text().filter(|key| key.len() <= MAX_STORAGE_KEY);
    let key = key.ok_or_else(|| PickleFault::operand("the key of a storage", "another object"))?;
    Ok(Value::Storage(Storage { key, element, numel: index(heap, *numel, "the length of a storage")? }))
}

/// `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks[, metadata])`.
/// One over a storage that is not known, or whose values are to be negated or conjugated, is an object of that name.
fn tensor<'a>(heap: &Heap<'a>, given: &[ValueId]) -> Result<Value<'a>, PickleFault> {
    let [storage, offset, size, stride, _requires_grad, _hooks, rest @ ..] = given else {
        return Err(wrong_arguments("six or seven arguments of a tensor", given));
    };
    let storage = match heap.get(*storage) {
        Value::Storage(storage) => storage,
        Value::Opaque { module, name } => return Ok(Value::Opaque { module, name }),
        other => return Err(PickleFault::operand("the storage of a tensor", other.kind())),
    };
    // The seventh argument marks tensors whose values are to be negated or conjugated.
    match rest {
        [] => {}
        [metadata] if is_empty(heap.get(*metadata)) => {}
        _ => return Ok(Value::Opaque { module: "torch._utils", name: "_rebuild_tensor_v2" }),
    }
    let shape = extents(heap, *size, "the size of a tensor")?;
    let strides = extents(heap, *stride, "the strides of a tensor")?;
    if strides.len() != shape.len() {
        let found = format!("{} strides and {} axes", strides.len(), shape.len());
        return Err(PickleFault::operand("a stride for each axis", found));
    }
    let offset = index(heap, *offset, "the offset of a tensor")?;
    Ok(Value::Tensor(Box::new(TensorView { storage: *storage, offset, shape, strides })))
}

/// The entries of a dict that is made from a list of pairs.
fn entries(heap: &Heap<'_>, pairs: ValueId) -> Result<Vec<(ValueId, ValueId)>, PickleFault> {
    const EXPECTED: &str = "a list of pairs of OrderedDict";
    let Value::List(pairs) = heap.get(pairs) else {
        return Err(PickleFault::operand(EXPECTED, heap.get(pairs).kind()));
    };
    let pair = |id: &ValueId| match heap.get(*id) {
        Value::List(pair) | Value::Tuple(pair) => match pair.as_slice() {
            [key, value] => Ok((*key, *value)),
            _ => Err(wrong_arguments(EXPECTED, pair)),
        },
        other => Err(PickleFault::operand(EXPECTED, other.kind())),
    };
    pairs.iter().map(pair).collect()
}

/// Whether it is a tensor, of whatever kind.
fn is_tensor(value: &Value<'_>) -> bool {
    matches!(value, Value::Tensor(_) | Value::Opaque { .. })
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
