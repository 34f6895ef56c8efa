//! Values that stand in the pickle itself: numbers, strings and empty containers.

use super::error::PickleFault;
use super::heap::Value;
use super::input::Input;
use super::opcode::Opcode;

/// The value that `opcode` stands for, whose bytes follow in `input`.
pub(super) fn read<'a>(opcode: Opcode, input: &mut Input<'a>) -> Result<Value<'a>, PickleFault> {
    Ok(match opcode {
        Opcode::NewTrue => Value::Bool(true),
        Opcode::NewFalse => Value::Bool(false),
        Opcode::BinInt => Value::Integer(i32::from_le_bytes(input.array()?).into()),
        Opcode::BinInt1 => Value::Integer(input.byte()?.into()),
        Opcode::BinInt2 => Value::Integer(u16::from_le_bytes(input.array()?).into()),
        Opcode::Long1 => {
            let length = input.length::<1>()?;
            integer(input.take(length)?)
        }
        Opcode::Long4 => {
            let length = input.length::<4>()?;
            integer(input.take(length)?)
        }
        Opcode::IntLine | Opcode::LongLine => spelled(input.line()?),
        Opcode::BinFloat => {
            input.take(8)?;
            Value::Float
        }
        Opcode::ShortBinUnicode | Opcode::ShortBinString => text(input.counted::<1>()?),
        Opcode::BinUnicode | Opcode::BinString => text(input.counted::<4>()?),
        Opcode::BinUnicode8 => text(input.counted::<8>()?),
        Opcode::ShortBinBytes => bytes(input.counted::<1>()?),
        Opcode::BinBytes => bytes(input.counted::<4>()?),
        Opcode::BinBytes8 | Opcode::ByteArray8 => bytes(input.counted::<8>()?),
        Opcode::EmptyTuple => Value::Tuple(Vec::new()),
        Opcode::EmptyList => Value::List(Vec::new()),
        Opcode::EmptyDict => Value::Dict(Vec::new()),
        Opcode::EmptySet => Value::Opaque { module: "builtins", name: "set" },
        Opcode::None => Value::None,
        other => return Err(PickleFault::operand("a literal", format!("{other:?}"))),
    })
}

/// A text; bytes where it is none: Python keeps names of files that are no UTF-8 with lone surrogates in them, and the
/// strings of Python 2 hold anything.
fn text(raw: &[u8]) -> Value<'_> {
    std::str::from_utf8(raw).map_or(Value::Bytes, Value::Text)
}

fn bytes(_: &[u8]) -> Value<'_> {
    Value::Bytes
}

/// An integer in digits, or a flag as two of them: as protocols 0 and 1 write them.
fn spelled(line: &str) -> Value<'_> {
    match line {
        "00" => Value::Bool(false),
        "01" => Value::Bool(true),
        // No extent or count is so large that it does not fit.
        digits => digits.strip_suffix('L').unwrap_or(digits).parse().map_or(Value::Bytes, Value::Integer),
    }
}

/// A two's complement integer, little-endian and of any length.
fn integer(raw: &[u8]) -> Value<'_> {
    if raw.len() > 8 {
        return Value::BigInteger(raw);
    }
    let negative = raw.last().is_some_and(|byte| *byte >= 0x80);
    let mut wide = [if negative { 0xff } else { 0 }; 8];
    wide.iter_mut().zip(raw).for_each(|(to, from)| *to = *from);
    Value::Integer(i64::from_le_bytes(wide))
}
