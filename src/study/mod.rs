//! Experiments: how good a network's joints are over people and settings, measured with progress and cancel.
//!
//! [`Experiment`] looks for many people ([`People`], of files or of a [`LabelledSet`]) at a list of settings and gives
//! a [`Row`] for each; [`PersonStudy`] looks at one person and gives a [`PersonPass`] for each. Both are jobs of the
//! engine; commands run an experiment to its end instead. Nothing here prints, and nothing knows the window.

mod ablation_row;
mod ablation_table;
mod batch;
mod by_joint;
mod error;
mod experiment;
mod figures;
mod fitted_set;
mod labelled_set;
mod look;
mod outbox;
mod pass;
mod people;
mod person_study;
mod row;
mod set_description;
mod spread;
mod sweep_csv;
mod sweep_row;
mod view;
mod watch;

pub use ablation_row::AblationRow;
pub use ablation_table::AblationTable;
pub use by_joint::{ByJoint, JointMeans, coco_name};
pub use error::StudyError;
pub use experiment::Experiment;
pub use figures::{Figures, Found, PCK_THRESHOLD, detections};
pub use labelled_set::LabelledSet;
pub use look::Look;
pub use pass::Pass;
pub use people::{People, Truth};
pub use person_study::{PersonPass, PersonStudy};
pub use row::Row;
pub use set_description::SetDescription;
pub use spread::Spread;
pub use sweep_csv::sweep_csv;
pub use sweep_row::{SpreadReport, SweepRow};
pub use watch::{Progress, Watch};

pub use crate::source::StoredPicture;
