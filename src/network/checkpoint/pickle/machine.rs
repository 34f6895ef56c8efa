//! The stack machine.

use std::collections::HashMap;

use super::Pickle;
use super::error::{PickleError, PickleFault};
use super::global::Global;
use super::heap::{Heap, Value, ValueId};
use super::input::Input;
use super::limits::{MAX_GLOBAL_NAME, MAX_MEMO, MAX_OPCODES};
use super::opcode::Opcode;
use super::stack::{Stack, nothing};
use super::{literal, rebuild};

/// The newest protocol of the pickle language.
const NEWEST_PROTOCOL: u8 = 5;

/// Reads one pickle.
#[derive(Debug)]
pub(super) struct Machine<'a> {
    input: Input<'a>,
    heap: Heap<'a>,
    stack: Stack,
    memo: HashMap<usize, ValueId>,
}

impl<'a> Machine<'a> {
    /// Starts at byte `start`.
    pub(super) fn new(bytes: &'a [u8], start: usize) -> Self {
        Self {
            input: Input::new(bytes, start),
            heap: Heap::default(),
            stack: Stack::default(),
            memo: HashMap::new(),
        }
    }

    /// Runs to the end of the pickle.
    pub(super) fn run(mut self) -> Result<Pickle<'a>, PickleError> {
        for _ in 0..MAX_OPCODES {
            let offset = self.input.position();
            match self.step() {
                Ok(None) => {}
                Ok(Some(root)) => {
                    return Ok(Pickle { heap: self.heap, root, end: self.input.position() });
                }
                Err(fault) => return Err(PickleError { offset, fault }),
            }
        }
        let fault = PickleFault::Limit { what: "opcodes", limit: MAX_OPCODES };
        Err(PickleError { offset: self.input.position(), fault })
    }

    /// Executes one opcode; gives the final object when it was the last.
    fn step(&mut self) -> Result<Option<ValueId>, PickleFault> {
        let opcode = Opcode::from_code(self.input.byte()?)?;
        match opcode {
            Opcode::Stop => return self.stack.pop().map(Some),
            Opcode::Proto => self.check_protocol()?,
            // Frames are a hint about buffering and change nothing.
            Opcode::Frame => drop(self.input.take(8)?),
            Opcode::Mark => self.stack.open()?,
            Opcode::Tuple | Opcode::Appends | Opcode::SetItems => self.close(opcode)?,
            Opcode::AddItems | Opcode::FrozenSet => self.close_set(opcode)?,
            Opcode::Pop => self.stack.discard()?,
            Opcode::PopMark => drop(self.stack.close()?),
            Opcode::Append => self.append()?,
            Opcode::SetItem => self.set_item()?,
            Opcode::Global | Opcode::StackGlobal => self.global(opcode)?,
            Opcode::Reduce => self.reduce()?,
            Opcode::NewObj => self.new_object(1)?,
            Opcode::NewObjEx => self.new_object(2)?,
            Opcode::Build => self.build()?,
            Opcode::BinPersId => self.persistent()?,
            Opcode::BinGet | Opcode::LongBinGet => self.recall(opcode)?,
            Opcode::BinPut | Opcode::LongBinPut | Opcode::Memoize => self.remember(opcode)?,
            Opcode::Tuple1 => self.tuple(1)?,
            Opcode::Tuple2 => self.tuple(2)?,
            Opcode::Tuple3 => self.tuple(3)?,
            _ => {
                let value = literal::read(opcode, &mut self.input)?;
                self.push(value);
            }
        }
        Ok(None)
    }

    fn check_protocol(&mut self) -> Result<(), PickleFault> {
        match self.input.byte()? {
            ..=NEWEST_PROTOCOL => Ok(()),
            other => {
                Err(PickleFault::operand("a pickle of protocol 5 or older", format!("protocol {other}")))
            }
        }
    }

    fn push(&mut self, value: Value<'a>) {
        let id = self.heap.add(value);
        self.stack.push(id);
    }

    /// Takes the objects since the last mark and makes them a tuple, or the next items of a list or dict.
    fn close(&mut self, opcode: Opcode) -> Result<(), PickleFault> {
        let items = self.stack.close()?;
        match opcode {
            Opcode::Appends => self.extend_list(&items),
            Opcode::SetItems => self.extend_dict(&items),
            _ => {
                self.push(Value::Tuple(items));
                Ok(())
            }
        }
    }

    /// Takes the objects since the last mark, the members of a set, which no tensor is.
    fn close_set(&mut self, opcode: Opcode) -> Result<(), PickleFault> {
        self.stack.close()?;
        match opcode {
            Opcode::FrozenSet => self.push(Value::Opaque { module: "builtins", name: "frozenset" }),
            _ => drop(self.stack.top()?),
        }
        Ok(())
    }

    fn tuple(&mut self, length: usize) -> Result<(), PickleFault> {
        let items = self.stack.pop_many(length)?;
        self.push(Value::Tuple(items));
        Ok(())
    }

    fn append(&mut self) -> Result<(), PickleFault> {
        let item = self.stack.pop()?;
        self.extend_list(&[item])
    }

    fn set_item(&mut self) -> Result<(), PickleFault> {
        let value = self.stack.pop()?;
        let key = self.stack.pop()?;
        self.extend_dict(&[key, value])
    }

    fn extend_list(&mut self, items: &[ValueId]) -> Result<(), PickleFault> {
        match self.top_mut()? {
            Value::List(list) => list.extend(items),
            Value::Opaque { .. } => {}
            other => return Err(PickleFault::operand("a list to append to", other.kind())),
        }
        Ok(())
    }

    fn extend_dict(&mut self, items: &[ValueId]) -> Result<(), PickleFault> {
        let (pairs, odd) = items.as_chunks::<2>();
        if !odd.is_empty() {
            return Err(PickleFault::operand("a value for each key of a dict", "a key alone"));
        }
        match self.top_mut()? {
            Value::Dict(entries) => entries.extend(pairs.iter().map(|[key, value]| (*key, *value))),
            // Classes of dicts are many; what is filled like one is one.
            object @ Value::Opaque { .. } => {
                *object = Value::Dict(pairs.iter().map(|[key, value]| (*key, *value)).collect());
            }
            other => return Err(PickleFault::operand("a dict to fill", other.kind())),
        }
        Ok(())
    }

    fn top_mut(&mut self) -> Result<&mut Value<'a>, PickleFault> {
        let top = self.stack.top()?;
        self.heap.get_mut(top).ok_or_else(nothing)
    }

    fn global(&mut self, opcode: Opcode) -> Result<(), PickleFault> {
        let (module, name) = if opcode == Opcode::Global {
            (self.input.line()?, self.input.line()?)
        } else {
            let name = self.stack.pop()?;
            let module = self.stack.pop()?;
            (self.name(module)?, self.name(name)?)
        };
        self.push(match Global::resolve(module, name) {
            Some(global) => Value::Global(global),
            None => Value::Opaque { module, name },
        });
        Ok(())
    }

    fn name(&self, id: ValueId) -> Result<&'a str, PickleFault> {
        let value = self.heap.get(id);
        let found = || PickleFault::operand("the name of a class or function", value.kind());
        let name = value.as_text().ok_or_else(found)?;
        match name.len() {
            ..=MAX_GLOBAL_NAME => Ok(name),
            _ => Err(PickleFault::Limit { what: "bytes in a name", limit: MAX_GLOBAL_NAME }),
        }
    }

    fn reduce(&mut self) -> Result<(), PickleFault> {
        let arguments = self.stack.pop()?;
        let callee = self.stack.pop()?;
        let result = rebuild::apply(&mut self.heap, callee, arguments)?;
        self.stack.push(result);
        Ok(())
    }

    /// Makes an object of a class, which is known by the class's name, from so many groups of arguments.
    fn new_object(&mut self, groups: usize) -> Result<(), PickleFault> {
        self.stack.pop_many(groups)?;
        let class = self.stack.pop()?;
        let object = match self.heap.get(class) {
            Value::Opaque { module, name } => Value::Opaque { module, name },
            other => return Err(PickleFault::operand("a class of an object", other.kind())),
        };
        self.push(object);
        Ok(())
    }

    /// Sets attributes of an object. A state dict has `_metadata`, the versions of its modules, which no tensor
    /// depends on.
    fn build(&mut self) -> Result<(), PickleFault> {
        self.stack.pop()?;
        match self.heap.get(self.stack.top()?) {
            Value::Dict(_) | Value::Tensor(_) | Value::Opaque { .. } => Ok(()),
            other => Err(PickleFault::operand("an OrderedDict to set attributes of", other.kind())),
        }
    }

    fn persistent(&mut self) -> Result<(), PickleFault> {
        let id = self.stack.pop()?;
        let storage = rebuild::storage(&self.heap, id)?;
        self.push(storage);
        Ok(())
    }

    fn recall(&mut self, opcode: Opcode) -> Result<(), PickleFault> {
        let index =
            if opcode == Opcode::BinGet { self.input.length::<1>()? } else { self.input.length::<4>()? };
        let known = self.memo.get(&index).copied();
        let id = known.ok_or_else(|| {
            PickleFault::operand("an object remembered before", format!("number {index}, not in use"))
        })?;
        self.stack.push(id);
        Ok(())
    }

    fn remember(&mut self, opcode: Opcode) -> Result<(), PickleFault> {
        let index = match opcode {
            Opcode::BinPut => self.input.length::<1>()?,
            Opcode::LongBinPut => self.input.length::<4>()?,
            _ => self.memo.len(),
        };
        if self.memo.len() >= MAX_MEMO {
            return Err(PickleFault::Limit { what: "remembered objects", limit: MAX_MEMO });
        }
        let top = self.stack.top()?;
        self.memo.insert(index, top);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_the_stack_are_as_short_as_those_in_lines() {
        let load = |length: usize| {
            let text = |length: usize| {
                [b"X".to_vec(), (length as u32).to_le_bytes().to_vec(), vec![b'a'; length]].concat()
            };
            let bytes = [text(1), text(length), b"\x93.".to_vec()].concat();
            Pickle::load(&bytes, 0).map(drop)
        };
        assert_eq!(load(MAX_GLOBAL_NAME), Ok(()));
        let fault = load(MAX_GLOBAL_NAME + 1).unwrap_err().fault;
        assert_eq!(fault, PickleFault::Limit { what: "bytes in a name", limit: MAX_GLOBAL_NAME });
    }
}
