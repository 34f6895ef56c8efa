//! Where a network runs: the CPU, or an NVIDIA GPU whose libraries are opened at run time.

#[cfg(target_os = "linux")]
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tch::Device;

use super::device_choice::DeviceChoice;
use super::error::NetworkError;

impl DeviceChoice {
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

/// Where Linux lists the files that this process has mapped, its libraries among them.
#[cfg(target_os = "linux")]
const MAPPED_FILES: &str = "/proc/self/maps";
/// libtorch's CPU half, which the binary is linked with.
#[cfg(target_os = "linux")]
const CPU_LIBRARY: &str = "libtorch_cpu.so";
/// libtorch's CUDA half.
#[cfg(target_os = "linux")]
const CUDA_LIBRARY: &str = "libtorch_cuda.so";

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
    let folder = folder_of_libtorch()?;
    let path = folder.join(CUDA_LIBRARY);
    // SAFETY: libtorch_cuda's initialisers register operators with the libtorch already loaded; the library is
    // of the same release, since it is named by the folder which that one was loaded from.
    let library = unsafe { Library::open(Some(path.as_os_str()), RTLD_LAZY | RTLD_GLOBAL) };
    match library {
        Ok(library) => {
            std::mem::forget(library);
            Ok(())
        }
        Err(error) => Err(format!(
            "libtorch's CUDA libraries cannot be opened in {} (./setup --cuda fetches them): {error}",
            folder.display()
        )),
    }
}

/// The folder that libtorch's CPU half was loaded from.
#[cfg(target_os = "linux")]
fn folder_of_libtorch() -> Result<PathBuf, String> {
    let mapped =
        std::fs::read(MAPPED_FILES).map_err(|error| format!("cannot read {MAPPED_FILES}: {error}"))?;
    folder_in(&mapped)
        .ok_or_else(|| format!("{CPU_LIBRARY}, beside which {CUDA_LIBRARY} lies, is not loaded"))
}

/// The folder of libtorch's CPU half in a list of mapped files. A line ends with the file's path, before which there
/// are only numbers and permissions.
#[cfg(target_os = "linux")]
fn folder_in(mapped: &[u8]) -> Option<PathBuf> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let path_of = |line: &[u8]| {
        let start = line.iter().position(|byte| *byte == b'/')?;
        Some(PathBuf::from(OsStr::from_bytes(&line[start..])))
    };
    // The name may go on with a version.
    let is_libtorch =
        |path: &PathBuf| path.file_name().is_some_and(|n| n.as_bytes().starts_with(CPU_LIBRARY.as_bytes()));
    let path = mapped.split(|byte| *byte == b'\n').filter_map(path_of).find(is_libtorch)?;
    path.parent().map(Path::to_owned)
}

/// Elsewhere the linked libtorch decides by itself.
#[cfg(not(target_os = "linux"))]
fn open_cuda_library() -> Result<(), String> {
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_libtorch_is_read_off_the_mapped_files() {
        let mapped = b"55d0-55d1 r--p 00000000 08:01 12     /usr/bin/libtorch_cpu/posescope\n\
            7f00-7f01 rw-p 00000000 00:00 0 \n\
            7f10-7f11 r-xp 00001000 08:01 34     /opt/two words/torch/lib/libtorch_cpu.so\n\
            7fff-8000 r-xp 00000000 00:00 0      [vdso]\n";
        assert_eq!(folder_in(mapped), Some(PathBuf::from("/opt/two words/torch/lib")));
        assert_eq!(folder_in(b"7fff-8000 r-xp 00000000 00:00 0      [vdso]\n"), None);
    }

    #[test]
    fn libtorch_was_loaded_from_somewhere() {
        // Anything of libtorch, so that it is linked at all.
        assert_eq!(tch::Tensor::from_slice(&[1.0_f32, 2.0]).numel(), 2);
        assert!(folder_of_libtorch().unwrap().is_dir());
    }
}
