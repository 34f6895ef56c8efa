//! The names a pickle may mention.

use super::super::element::Element;

/// A class or function of Python that describes tensors. A plain token: there is nothing behind it to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Global {
    /// `collections.OrderedDict`, the type of a state dict.
    OrderedDict,
    /// `torch._utils._rebuild_tensor_v2`: a view of a storage.
    RebuildTensor,
    /// `torch._utils._rebuild_parameter`: a tensor that is trained.
    RebuildParameter,
    /// `torch._utils._rebuild_parameter_with_state`: the same, with attributes of its own.
    RebuildParameterWithState,
    /// `torch._tensor._rebuild_from_type_v2`: a tensor of a type or with attributes of its own, such as a buffer.
    RebuildFromType,
    /// `torch.Size`: a tuple of extents.
    Size,
    /// A storage class such as `torch.FloatStorage`.
    StorageClass(Element),
}

impl Global {
    /// The token for `module.name`; none for a name that is not about tensors, or about tensors that are not read.
    pub(super) fn resolve(module: &str, name: &str) -> Option<Self> {
        match (module, name) {
            ("collections", "OrderedDict") => Some(Self::OrderedDict),
            ("torch._utils", "_rebuild_tensor_v2") => Some(Self::RebuildTensor),
            ("torch._utils", "_rebuild_parameter") => Some(Self::RebuildParameter),
            ("torch._utils", "_rebuild_parameter_with_state") => Some(Self::RebuildParameterWithState),
            ("torch._tensor", "_rebuild_from_type_v2") => Some(Self::RebuildFromType),
            ("torch", "Size") => Some(Self::Size),
            // PyTorch gives a tensor over an untyped storage the type uint8.
            ("torch.storage", "UntypedStorage") => Some(Self::StorageClass(Element::Byte)),
            ("torch", class) => Element::from_storage_class(class).map(Self::StorageClass),
            _ => None,
        }
    }
}

/// What kind of tensor a function of PyTorch rebuilds, or a storage class holds, that is not read; worded to follow
/// "found". None for names that are not about tensors.
pub(in super::super) fn unread_tensor(module: &str, name: &str) -> Option<&'static str> {
    Some(match (module, name) {
        ("torch._utils", "_rebuild_tensor_v2") => "a tensor to be negated or conjugated",
        ("torch._utils", "_rebuild_tensor_v3") => {
            "a tensor of a type that is not read, such as 8-bit numbers"
        }
        ("torch._utils", "_rebuild_qtensor") => "a quantised tensor",
        ("torch._utils", "_rebuild_sparse_tensor" | "_rebuild_sparse_csr_tensor") => "a sparse tensor",
        ("torch._utils", "_rebuild_nested_tensor") => "a nested tensor",
        ("torch._utils", "_rebuild_meta_tensor_no_storage") => "a tensor without values",
        ("torch", class) if class.ends_with("Storage") => "a tensor of a type that is not read",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Element, Global};

    #[test]
    fn names_outside_the_list_mean_nothing() {
        for (module, name) in
            [("os", "system"), ("torch", "load"), ("torch.storage", "_load_from_bytes"), ("builtins", "eval")]
        {
            assert_eq!(Global::resolve(module, name), None);
        }
        assert_eq!(Global::resolve("torch", "HalfStorage"), Some(Global::StorageClass(Element::Half)));
        assert_eq!(Global::resolve("torch", "QUInt2x4Storage"), None);
    }
}
