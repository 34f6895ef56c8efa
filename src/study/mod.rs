//! Experiments: how good a network's joints are over people and settings, measured with progress and cancel.
//!
//! [`Experiment`] looks for many people ([`People`], of files or of a [`LabelledSet`]) at a list of settings and gives
//! a [`Row`] for each; [`PersonStudy`] looks at one person and gives a [`PersonPass`] for each. Both are jobs of the
//! engine; commands run an experiment to its end instead. Nothing here prints, and nothing knows the window.

mod batch;
mod by_joint;
mod error;
mod experiment;
mod figures;
mod fitted_set;
mod labelled_set;
mod look;
mod missing_pictures;
mod outbox;
mod pass;
mod people;
mod person_study;
mod picture_store;
mod row;
mod set_description;
mod spread;
mod stored_picture;
mod view;
mod watch;

pub use by_joint::{ByJoint, JointMeans, coco_name};
pub use error::StudyError;
pub use experiment::Experiment;
pub use figures::{Figures, Found, PCK_THRESHOLD, detections};
pub use labelled_set::LabelledSet;
pub use look::Look;
pub use missing_pictures::MissingPictures;
pub use pass::Pass;
pub use people::{People, Truth};
pub use person_study::{PersonPass, PersonStudy};
pub use picture_store::PictureStore;
pub use row::Row;
pub use set_description::SetDescription;
pub use spread::Spread;
pub use stored_picture::StoredPicture;
pub use watch::{Progress, Watch};
