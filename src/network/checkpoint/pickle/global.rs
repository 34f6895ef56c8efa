//! The names a pickle may mention.

use super::super::element::Element;
use super::error::PickleFault;

/// A class or function of Python that describes tensors. A plain token: there is nothing behind it to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Global {
    /// `collections.OrderedDict`, the type of a state dict.
    OrderedDict,
    /// `torch._utils._rebuild_tensor_v2`: a view of a storage.
    RebuildTensor,
    /// `torch._utils._rebuild_parameter`: a tensor that is trained.
    RebuildParameter,
    /// `torch.Size`: a tuple of extents.
    Size,
    /// A storage class such as `torch.FloatStorage`.
    StorageClass(Element),
}

impl Global {
    /// The token for `module.name`.
    ///
    /// # Errors
    /// [`PickleFault::Global`] for every name that is not in the list.
    pub(super) fn resolve(module: &str, name: &str) -> Result<Self, PickleFault> {
        let found = match (module, name) {
            ("collections", "OrderedDict") => Some(Self::OrderedDict),
            ("torch._utils", "_rebuild_tensor_v2") => Some(Self::RebuildTensor),
            ("torch._utils", "_rebuild_parameter") => Some(Self::RebuildParameter),
            ("torch", "Size") => Some(Self::Size),
            // PyTorch gives a tensor over an untyped storage the type uint8.
            ("torch.storage", "UntypedStorage") => Some(Self::StorageClass(Element::Byte)),
            ("torch", class) => Element::from_storage_class(class).map(Self::StorageClass),
            _ => None,
        };
        found.ok_or_else(|| PickleFault::Global { name: format!("{module}.{name}") })
    }
}

#[cfg(test)]
mod tests {
    use super::{Element, Global};

    #[test]
    fn names_outside_the_list_are_refused_by_name() {
        for (module, name) in
            [("os", "system"), ("torch", "load"), ("torch.storage", "_load_from_bytes"), ("builtins", "eval")]
        {
            let message = Global::resolve(module, name).unwrap_err().to_string();
            assert_eq!(message, format!("refuses `{module}.{name}`: only tensors are read"));
        }
        assert_eq!(Global::resolve("torch", "HalfStorage"), Ok(Global::StorageClass(Element::Half)));
    }
}
