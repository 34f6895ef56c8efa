//! Weight files read into plain host memory, whatever program wrote them.
//!
//! Three formats are recognised by their content, never by the file's name: PyTorch's zip archives (version 1.6
//! and later), the single stream of pickles PyTorch wrote before, and safetensors. Both PyTorch formats describe
//! their tensors in Python's pickle language, which in general runs whatever code a file asks for; the reader
//! here knows a short list of opcodes and names, runs nothing, and passes over the objects of other programs.
//!
//! What comes out is a map from tensor name to shape and float32 values, with wrappers such as `state_dict` and
//! prefixes such as `module.` taken off, and every value finite. Which names and shapes a network needs is the
//! concern of the code that copies the values into it.

mod assemble;
mod contents;
mod copies;
mod element;
mod error;
mod format;
mod gather;
mod host_tensor;
mod legacy_file;
mod names;
mod pickle;
mod safetensors_file;
mod search;
mod state_dict;
mod weights_file;
mod zip_file;

pub use error::{CheckpointError, Fault};
pub use host_tensor::HostTensor;
pub use pickle::{PickleError, PickleFault};
pub use weights_file::WeightsFile;
