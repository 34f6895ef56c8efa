//! Element types of tensors and their little-endian encodings.

use half::{bf16, f16};

/// The type of a tensor's elements, by PyTorch's storage names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// IEEE float64.
    Double,
    /// IEEE float32.
    Float,
    /// IEEE float16.
    Half,
    /// The upper half of a float32.
    BFloat16,
    /// int64.
    Long,
    /// int32.
    Int,
    /// int16.
    Short,
    /// int8.
    Char,
    /// uint8.
    Byte,
    /// One byte, zero or one.
    Bool,
    /// Complex numbers of two float64, which are not read.
    ComplexDouble,
    /// Complex numbers of two float32, which are not read.
    ComplexFloat,
    /// Quantised numbers in a byte, which are not read.
    QuantisedByte,
    /// Quantised numbers in four bytes, which are not read.
    QuantisedInt,
}

impl Element {
    /// The type behind a storage class of the module `torch`, such as `FloatStorage`.
    pub(super) fn from_storage_class(name: &str) -> Option<Self> {
        Some(match name {
            "DoubleStorage" => Self::Double,
            "FloatStorage" => Self::Float,
            "HalfStorage" => Self::Half,
            "BFloat16Storage" => Self::BFloat16,
            "LongStorage" => Self::Long,
            "IntStorage" => Self::Int,
            "ShortStorage" => Self::Short,
            "CharStorage" => Self::Char,
            "ByteStorage" => Self::Byte,
            "BoolStorage" => Self::Bool,
            "ComplexDoubleStorage" => Self::ComplexDouble,
            "ComplexFloatStorage" => Self::ComplexFloat,
            "QInt8Storage" | "QUInt8Storage" => Self::QuantisedByte,
            "QInt32Storage" => Self::QuantisedInt,
            _ => return None,
        })
    }

    /// Bytes of one element.
    pub(super) fn size(self) -> usize {
        match self {
            Self::ComplexDouble => 16,
            Self::Double | Self::Long | Self::ComplexFloat => 8,
            Self::Float | Self::Int | Self::QuantisedInt => 4,
            Self::Half | Self::BFloat16 | Self::Short => 2,
            Self::Char | Self::Byte | Self::Bool | Self::QuantisedByte => 1,
        }
    }

    /// Whether tensors of this type are weights rather than counters and tables.
    pub(super) fn is_weight(self) -> bool {
        matches!(self, Self::Double | Self::Float | Self::Half | Self::BFloat16)
    }

    /// What the numbers are, worded to follow "found", where they are neither floating-point numbers nor integers.
    pub(super) fn unread_kind(self) -> Option<&'static str> {
        match self {
            Self::ComplexDouble | Self::ComplexFloat => Some("complex numbers"),
            Self::QuantisedByte | Self::QuantisedInt => Some("quantised numbers"),
            _ => None,
        }
    }

    /// All elements in `bytes` as float32. float64 is rounded to nearest, and becomes infinite beyond float32's
    /// range; the narrower floats are exact. Other types decode to nothing, since they are not weights.
    pub(super) fn decode(self, bytes: &[u8]) -> Vec<f32> {
        match self {
            Self::Double => decode(bytes, |raw| f64::from_le_bytes(raw) as f32),
            Self::Float => decode(bytes, f32::from_le_bytes),
            Self::Half => decode(bytes, |raw| f16::from_le_bytes(raw).to_f32()),
            Self::BFloat16 => decode(bytes, |raw| bf16::from_le_bytes(raw).to_f32()),
            _ => Vec::new(),
        }
    }
}

fn decode<const SIZE: usize>(bytes: &[u8], one: impl Fn([u8; SIZE]) -> f32) -> Vec<f32> {
    let (elements, _) = bytes.as_chunks::<SIZE>();
    elements.iter().map(|raw| one(*raw)).collect()
}
