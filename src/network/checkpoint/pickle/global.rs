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
    /// The token for `module.name`; none for a name that is not about tensors.
    ///
    /// # Errors
    /// [`PickleFault::Global`] for a storage of a type that is not read.
    pub(super) fn resolve(module: &str, name: &str) -> Result<Option<Self>, PickleFault> {
        Ok(match (module, name) {
            ("collections", "OrderedDict") => Some(Self::OrderedDict),
            ("torch._utils", "_rebuild_tensor_v2") => Some(Self::RebuildTensor),
            ("torch._utils", "_rebuild_parameter") => Some(Self::RebuildParameter),
            ("torch._utils", "_rebuild_parameter_with_state") => Some(Self::RebuildParameterWithState),
            ("torch._tensor", "_rebuild_from_type_v2") => Some(Self::RebuildFromType),
            ("torch", "Size") => Some(Self::Size),
            // PyTorch gives a tensor over an untyped storage the type uint8.
            ("torch.storage", "UntypedStorage") => Some(Self::StorageClass(Element::Byte)),
            ("torch", class) => match Element::from_storage_class(class) {
                None if class.ends_with("Storage") => {
                    return Err(PickleFault::Global { name: format!("{module}.{class}") });
                }
                element => element.map(Self::StorageClass),
            },
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Element, Global};

    #[test]
    fn names_outside_the_list_mean_nothing() {
        for (module, name) in
            [("os", "system"), ("torch", "load"), ("torch.storage", "_load_from_bytes"), ("builtins", "eval")]
        {
            assert_eq!(Global::resolve(module, name), Ok(None));
        }
        assert_eq!(Global::resolve("torch", "HalfStorage"), Ok(Some(Global::StorageClass(Element::Half))));
        let message = Global::resolve("torch", "ComplexFloatStorage").unwrap_err().to_string();
        assert_eq!(message, "refuses `torch.ComplexFloatStorage`: only tensors are read");
    }
}
