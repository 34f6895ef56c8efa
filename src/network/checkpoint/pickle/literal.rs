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
        Opcode::BinFloat => {
            input.take(8)?;
            Value::Float
        }
        Opcode::ShortBinUnicode => Value::Text(input.text::<1>()?),
        Opcode::BinUnicode => Value::Text(input.text::<4>()?),
        Opcode::BinUnicode8 => Value::Text(input.text::<8>()?),
        Opcode::ShortBinBytes | Opcode::BinBytes => {
            let short = opcode == Opcode::ShortBinBytes;
            let length = if short { input.length::<1>()? } else { input.length::<4>()? };
            input.take(length)?;
            Value::Bytes
        }
        Opcode::EmptyTuple => Value::Tuple(Vec::new()),
        Opcode::EmptyList => Value::List(Vec::new()),
        Opcode::EmptyDict => Value::Dict(Vec::new()),
        Opcode::None => Value::None,
        other => return Err(PickleFault::operand("a literal", format!("{other:?}"))),
    })
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
