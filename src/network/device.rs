//! Where a network runs: the CPU, or an NVIDIA GPU whose libraries are opened at run time.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use tch::Device;

use super::error::NetworkError;

/// The device a user asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceChoice {
    /// CUDA where it works, else the CPU.
    #[default]
    Auto,
    /// The CPU.
    Cpu,
    /// The first CUDA device; an error where there is none.
    Cuda,
}

impl DeviceChoice {
    /// Every choice, in the order a menu shows them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Cpu, Self::Cuda];

    /// What a menu calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Auto => "Automatic",
            Self::Cpu => "CPU",
            Self::Cuda => "CUDA",
        }
    }

    /// The device itself.
    ///
    /// # Errors
    /// When CUDA is asked for by name and cannot be used: says why and what to do.
    pub fn resolve(self) -> Result<Device, NetworkError> {
        match (self, cuda()) {
            (Self::Cpu, _) | (Self::Auto, Err(_)) => Ok(Device::Cpu),
            (Self::Auto | Self::Cuda, Ok(())) => Ok(Device::Cuda(0)),
            (Self::Cuda, Err(why)) => Err(NetworkError::Device(format!("CUDA cannot be used: {why}"))),
        }
    }
}

impl std::str::FromStr for DeviceChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "auto" => Ok(Self::Auto),
            "cpu" => Ok(Self::Cpu),
            "cuda" => Ok(Self::Cuda),
            _ => Err(format!("{text:?} is no device; expected auto, cpu or cuda")),
        }
    }
}

/// Opens libtorch's CUDA half once, and says why CUDA does not work where it does not.
fn cuda() -> Result<(), String> {
    static OPENED: OnceLock<Result<(), String>> = OnceLock::new();
    OPENED.get_or_init(open_cuda).clone()
}

fn open_cuda() -> Result<(), String> {
    open_cuda_library()?;
    if !tch::Cuda::is_available() {
        return Err("libtorch found no NVIDIA GPU, or its driver is too old".into());
    }
    // Prove it: a driver that is too old for the libraries only fails at the first operation.
    tch::Tensor::f_zeros([1], (tch::Kind::Float, Device::Cuda(0)))
        .and_then(|t| t.f_to_device(Device::Cpu))
        .map(|_| ())
        .map_err(|error| first_line(&error.to_string()))
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_string()
}

/// The binary links libtorch's CPU half only, so that it starts without any CUDA library. The CUDA half
/// registers itself when it is opened, and stays open for the life of the process.
#[cfg(target_os = "linux")]
fn open_cuda_library() -> Result<(), String> {
    use libloading::os::unix::{Library, RTLD_GLOBAL, RTLD_LAZY};
    // SAFETY: libtorch_cuda's initialisers register operators with the libtorch already loaded; the
    // library belongs to the same release, since both come from one folder.
    let library = unsafe { Library::open(Some("libtorch_cuda.so"), RTLD_LAZY | RTLD_GLOBAL) };
    match library {
        Ok(library) => {
            std::mem::forget(library);
            Ok(())
        }
        Err(error) => {
            Err(format!("libtorch's CUDA libraries are missing (./setup --cuda fetches them): {error}"))
        }
    }
}

/// Elsewhere the linked libtorch decides by itself.
#[cfg(not(target_os = "linux"))]
fn open_cuda_library() -> Result<(), String> {
    Ok(())
}
