//! posescope: see what a low-resolution human pose network sees.
//!
//! The rooms, each knowing only those below it, from the ground up: [`contained`] (panics of libraries as errors),
//! [`input_file`] and [`output_file`] (which guard what is read and written), [`pose`] (geometry, heatmaps, metrics,
//! COCO files), [`network`] (the CMSA network in libtorch), [`borrowed`] (networks made by others, which find people
//! and rival joints), [`engine`] (the worker that owns the pose network), [`source`] (where frames come from),
//! [`train`] (data, augmentation, loop, checkpoints), [`study`] (experiments: networks measured over people and
//! settings), [`arguments`] (what the command line can say), [`command`] (what runs without a window), [`app`] (the
//! window) and [`cli`] (which does what the command line says).

#[cfg(feature = "window")]
pub mod app;
pub mod arguments;
pub mod borrowed;
#[cfg(feature = "window")]
pub mod cli;
pub mod command;
pub mod contained;
mod counted;
pub mod engine;
pub mod input_file;
pub mod network;
pub mod output_file;
pub mod pose;
pub mod shipped;
pub mod source;
pub mod study;
pub mod train;
mod words;
