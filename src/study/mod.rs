//! Experiments: how good a network's joints are over people and settings, measured with progress and cancel.
//!
//! [`Experiment`] looks for many people ([`People`], of files, of a folder ([`FolderPeople`]) or of a [`LabelledSet`])
//! at a list of settings and gives a [`Row`] for each, and [`SetStudy`] runs one over a data set and gives [`Measured`],
//! which names every person. [`PersonStudy`] looks at one person and gives a [`PersonPass`] for each setting,
//! [`AttentionStudy`] a [`BlockAttention`]; [`OcclusionStudy`] and [`SaliencyStudy`] say what a person's joints hang on,
//! [`EmaStudy`] and [`ChannelStudy`] what EMA modules weigh, and [`TensorStudy`] gives all tensors of a person. All are
//! jobs of the engine; commands run an experiment to its end instead. What is found is put into the form of files here
//! too ([`joints_csv`], [`coco_results`], [`tensors_file`]). Nothing here prints, and nothing knows the window.

mod ablation_row;
mod ablation_table;
mod attention_study;
mod batch;
mod by_joint;
mod channel_study;
mod ema_csv;
mod ema_figure;
mod ema_study;
mod ema_tally;
mod error;
mod experiment;
mod figures;
mod fitted_set;
mod folder_people;
mod joints_file;
mod labelled_set;
mod look;
mod measured;
mod occlusion;
mod outbox;
mod pass;
mod people;
mod person_study;
mod picture_places;
mod picture_warnings;
mod results_score;
mod row;
mod saliency_study;
mod set_choice;
mod set_description;
mod set_study;
mod shown_person;
mod spread;
mod sweep_csv;
mod sweep_row;
mod tensor_study;
mod tensors_file;
mod view;
mod watch;

pub use ablation_row::AblationRow;
pub use ablation_table::AblationTable;
pub use attention_study::{AttentionStudy, BlockAttention};
pub use by_joint::{ByJoint, JointMeans, coco_name};
pub use channel_study::{ChannelStudy, StageWeights};
pub use ema_figure::EmaFigure;
pub use ema_study::{EmaNews, EmaStudy};
pub use ema_tally::EmaTally;
pub use error::StudyError;
pub use experiment::Experiment;
pub use figures::{Figures, Found, PCK_THRESHOLD, by_source, detections};
pub use folder_people::{FolderPeople, Gathering};
pub use joints_file::{FrameTime, JointsEntry, PictureIds, ResultEntry, coco_results, joints_csv};
pub use labelled_set::LabelledSet;
pub use look::Look;
pub use measured::{Measured, PersonResult};
pub use occlusion::{JointEffect, OcclusionStudy, Patch, PatchEffect, PatchSize, occlusion_map, patches};
pub use pass::Pass;
pub use people::{People, Truth};
pub use person_study::{PersonPass, PersonStudy};
pub use results_score::ResultsScore;
pub use row::Row;
pub use saliency_study::SaliencyStudy;
pub use set_choice::{SetChoice, sets_at};
pub use set_description::SetDescription;
pub use set_study::{SetStudy, SetWatch};
pub use shown_person::ShownPerson;
pub use spread::Spread;
pub use sweep_csv::sweep_csv;
pub use sweep_row::{SpreadReport, SweepRow};
pub use tensor_study::{PersonTensors, TensorStudy};
pub use tensors_file::{TensorsOf, tensors_file};
pub use watch::{Progress, Watch};

pub use crate::source::StoredPicture;
