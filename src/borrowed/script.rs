//! A TorchScript module whose file is known.

use tch::{CModule, Device, IValue, Kind, TchError, Tensor};

use super::error::BorrowedError;
use super::known_file::KnownFile;
use crate::contained::told;

/// Calls after loading whose answers nobody sees: libtorch plans during the first two and is up to 2.5 times as slow.
const WARM_UP_CALLS: usize = 2;

/// A network in TorchScript, in float32, ready for inference.
#[derive(Debug)]
pub(super) struct Script {
    module: CModule,
    device: Device,
    parameters: i64,
    file: &'static str,
}

impl Script {
    /// Reads the file, checks that it is the known one, and loads it.
    ///
    /// # Errors
    /// When it is missing or another file, or libtorch has no memory for it on the device.
    pub fn load(known: KnownFile, device: Device) -> Result<Self, BorrowedError> {
        let bytes = known.read()?;
        let (module, parameters) =
            tch::no_grad(|| load(&bytes, device)).map_err(|error| refused(known.name, &error))?;
        Ok(Self { module, device, parameters, file: known.name })
    }

    /// Where the network runs.
    pub fn device(&self) -> Device {
        self.device
    }

    /// How many numbers were learned.
    pub fn parameters(&self) -> i64 {
        self.parameters
    }

    /// The outputs for what `input` makes, as plain numbers in row-major order; they must have the shapes `expected`.
    ///
    /// # Errors
    /// When libtorch refuses, or the outputs are others.
    pub fn run<const N: usize>(
        &self,
        input: impl FnOnce() -> Result<Tensor, TchError>,
        expected: [&[i64]; N],
    ) -> Result<[Vec<f32>; N], BorrowedError> {
        let outputs: Result<(Vec<_>, Vec<_>), TchError> = tch::no_grad(|| {
            let output = self.module.forward_is(&[IValue::Tensor(input()?)])?;
            tensors(output).iter().map(|tensor| Ok((tensor.size(), to_host(tensor)?))).collect()
        });
        let (shapes, values) = outputs.map_err(|error| refused(self.file, &error))?;
        let other = || BorrowedError::Output {
            file: self.file,
            expected: format!("{expected:?}"),
            found: format!("{shapes:?}"),
        };
        if shapes != expected {
            return Err(other());
        }
        values.try_into().map_err(|_| other())
    }

    /// Runs the network on black until libtorch has planned how to.
    ///
    /// # Errors
    /// As [`Script::run`].
    pub fn warm_up<const N: usize>(
        &self,
        input: [i64; 4],
        expected: [&[i64]; N],
    ) -> Result<(), BorrowedError> {
        for _ in 0..WARM_UP_CALLS {
            self.run(|| Tensor::f_zeros(input, (Kind::Float, self.device)), expected)?;
        }
        Ok(())
    }
}

fn refused(file: &'static str, error: &TchError) -> BorrowedError {
    BorrowedError::Torch { file, problem: told("libtorch", error) }
}

/// The module with its parameters as float32, and how many numbers they are.
fn load(mut bytes: &[u8], device: Device) -> Result<(CModule, i64), TchError> {
    let mut module = CModule::load_data_on_device(&mut bytes, device)?;
    module.f_set_eval()?;
    let mut count = 0;
    // As `CModule::to` does, which panics where it fails.
    for (_, mut parameter) in module.named_parameters()? {
        let wide = parameter.f_to_kind(Kind::Float)?;
        parameter.f_set_data(&wide)?;
        count += parameter.numel() as i64;
    }
    Ok((module, count))
}

/// The tensors of a module's answer; anything else in it is left out.
fn tensors(output: IValue) -> Vec<Tensor> {
    match output {
        IValue::Tensor(tensor) => vec![tensor],
        IValue::Tuple(values) => values.into_iter().flat_map(tensors).collect(),
        _ => Vec::new(),
    }
}

fn to_host(tensor: &Tensor) -> Result<Vec<f32>, TchError> {
    let flat = tensor.f_to_device(Device::Cpu)?.f_to_kind(Kind::Float)?.f_contiguous()?;
    let mut values = vec![0.0; flat.numel()];
    flat.f_copy_data(&mut values, flat.numel())?;
    Ok(values)
}
