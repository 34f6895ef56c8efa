//! The safetensors format: a JSON header with names, types, shapes and offsets, then the values.

use safetensors::{Dtype, SafeTensors};

use super::contents::Contents;
use super::element::Element;
use super::error::Fault;
use super::host_tensor::HostTensor;
use crate::counted::counted;

/// Reads a safetensors file.
///
/// # Errors
/// [`Fault::Malformed`] for a header that is damaged or does not cover the file exactly, and for a tensor in a
/// format below 16 bits or of complex numbers.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Fault> {
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(|error| bad_header(bytes, &error))?;
    let file = SafeTensors::deserialize(bytes).map_err(|error| bad_header(bytes, &error))?;
    let mut contents = Contents::default();
    contents.metadata.extend(header.metadata().clone().unwrap_or_default());
    for (name, view) in file.iter() {
        let element = element_of(name, view.dtype())?;
        if !element.is_weight() {
            contents.skipped.push(name.to_owned());
            continue;
        }
        let tensor = HostTensor { shape: view.shape().to_vec(), values: element.decode(view.data()) };
        contents.tensors.insert(name.to_owned(), tensor);
    }
    Ok(contents)
}

fn bad_header(bytes: &[u8], error: &safetensors::SafeTensorError) -> Fault {
    let expected = "a header whose tensors fill the file exactly (the file may be damaged or cut short)";
    Fault::malformed(
        "safetensors header",
        expected,
        format!("{} in all and {error}", counted(bytes.len(), "byte", "bytes")),
    )
}

/// The element type; unsigned integers wider than a byte stand for their signed twins, as neither is converted.
fn element_of(name: &str, dtype: Dtype) -> Result<Element, Fault> {
    Ok(match dtype {
        Dtype::F64 => Element::Double,
        Dtype::F32 => Element::Float,
        Dtype::F16 => Element::Half,
        Dtype::BF16 => Element::BFloat16,
        Dtype::I64 | Dtype::U64 => Element::Long,
        Dtype::I32 | Dtype::U32 => Element::Int,
        Dtype::I16 | Dtype::U16 => Element::Short,
        Dtype::I8 => Element::Char,
        Dtype::U8 => Element::Byte,
        Dtype::BOOL => Element::Bool,
        other => {
            let place = format!("tensor `{name}`");
            return Err(Fault::malformed(place, "F64, F32, F16, BF16 or integers", format!("{other:?}")));
        }
    })
}
