//! The opcodes of the pickle language.

use super::error::PickleFault;

/// An opcode that `torch.save` uses, with protocols 2 to 5, to describe tensors, plain containers, and the objects of
/// other programs, which are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opcode {
    Proto,
    Frame,
    Stop,
    Mark,
    None,
    NewTrue,
    NewFalse,
    BinInt,
    BinInt1,
    BinInt2,
    Long1,
    BinFloat,
    ShortBinUnicode,
    BinUnicode,
    BinUnicode8,
    ShortBinBytes,
    BinBytes,
    EmptyTuple,
    Tuple1,
    Tuple2,
    Tuple3,
    Tuple,
    EmptyList,
    Append,
    Appends,
    EmptyDict,
    SetItem,
    SetItems,
    Global,
    StackGlobal,
    Reduce,
    NewObj,
    Build,
    BinPersId,
    BinGet,
    LongBinGet,
    BinPut,
    LongBinPut,
    Memoize,
}

impl Opcode {
    /// The opcode written as `code`.
    ///
    /// # Errors
    /// [`PickleFault::Opcode`] names an opcode that is not read.
    pub(super) fn from_code(code: u8) -> Result<Self, PickleFault> {
        Ok(match code {
            0x80 => Self::Proto,
            0x95 => Self::Frame,
            b'.' => Self::Stop,
            b'(' => Self::Mark,
            b'N' => Self::None,
            0x88 => Self::NewTrue,
            0x89 => Self::NewFalse,
            b'J' => Self::BinInt,
            b'K' => Self::BinInt1,
            b'M' => Self::BinInt2,
            0x8a => Self::Long1,
            b'G' => Self::BinFloat,
            0x8c => Self::ShortBinUnicode,
            b'X' => Self::BinUnicode,
            0x8d => Self::BinUnicode8,
            b'C' => Self::ShortBinBytes,
            b'B' => Self::BinBytes,
            b')' => Self::EmptyTuple,
            0x85 => Self::Tuple1,
            0x86 => Self::Tuple2,
            0x87 => Self::Tuple3,
            b't' => Self::Tuple,
            b']' => Self::EmptyList,
            b'a' => Self::Append,
            b'e' => Self::Appends,
            b'}' => Self::EmptyDict,
            b's' => Self::SetItem,
            b'u' => Self::SetItems,
            b'c' => Self::Global,
            0x93 => Self::StackGlobal,
            b'R' => Self::Reduce,
            0x81 => Self::NewObj,
            b'b' => Self::Build,
            b'Q' => Self::BinPersId,
            b'h' => Self::BinGet,
            b'j' => Self::LongBinGet,
            b'q' => Self::BinPut,
            b'r' => Self::LongBinPut,
            0x94 => Self::Memoize,
            _ => {
                return Err(PickleFault::Opcode { code, name: refused_name(code) });
            }
        })
    }
}

/// What Python calls an opcode that is not read.
fn refused_name(code: u8) -> &'static str {
    match code {
        b'i' => "INST",
        b'o' => "OBJ",
        0x92 => "NEWOBJ_EX",
        0x82 => "EXT1",
        0x83 => "EXT2",
        0x84 => "EXT4",
        b'P' => "PERSID",
        b'0' => "POP",
        b'1' => "POP_MARK",
        b'2' => "DUP",
        b'I' => "INT",
        b'L' => "LONG",
        b'F' => "FLOAT",
        b'S' => "STRING",
        b'T' => "BINSTRING",
        b'U' => "SHORT_BINSTRING",
        b'V' => "UNICODE",
        b'd' => "DICT",
        b'l' => "LIST",
        b'g' => "GET",
        b'p' => "PUT",
        0x8b => "LONG4",
        0x8e => "BINBYTES8",
        0x8f => "EMPTY_SET",
        0x90 => "ADDITEMS",
        0x91 => "FROZENSET",
        0x96 => "BYTEARRAY8",
        0x97 => "NEXT_BUFFER",
        0x98 => "READONLY_BUFFER",
        _ => "unknown",
    }
}
