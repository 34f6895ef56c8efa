//! posescope: see what a low-resolution human pose network sees.
//!
//! The rooms, each knowing only those below it: [`pose`] (geometry, heatmaps, metrics, COCO files),
//! [`network`] (the CMSA network in libtorch), [`engine`] (the worker that owns it), [`source`] (where frames
//! come from) and [`app`] (the window).

pub mod app;
pub mod engine;
pub mod network;
pub mod pose;
pub mod source;
