//! All tensors of the selected person: the network is asked once more, and the file waits for it on a thread of its own.

use std::time::Duration;

use crossbeam_channel::Receiver;

use super::file_name::file_name;
use crate::app::document::Document;
use crate::app::file_dialog::Target;
use crate::engine::{Engine, JobHandle, NetworkInfo, Settings};
use crate::study::{PersonTensors, ShownPerson, TensorStudy, TensorsOf, tensors_file};

/// How long the end of a job may be behind what it gave.
const END: Duration = Duration::from_secs(1);

/// Tensors that the network is asked for. Dropping it takes the question back.
pub struct AskedTensors {
    job: JobHandle,
    tensors: Receiver<PersonTensors>,
    picture: String,
    settings: Settings,
}

impl AskedTensors {
    /// Asks for those of a person in a picture of this name.
    pub fn ask(engine: &Engine, picture: String, person: ShownPerson) -> Self {
        let settings = person.settings.clone();
        let (study, tensors) = TensorStudy::of(person);
        Self { job: engine.start_job(Box::new(study)), tensors, picture, settings }
    }

    /// Waits for the tensors and gives the bytes of their file; not for the window's thread.
    ///
    /// # Errors
    /// When the network fails or goes away: a sentence for the user.
    pub fn bytes(self) -> Result<Vec<u8>, String> {
        let Ok(PersonTensors { network, found, trace }) = self.tensors.recv() else {
            let end = self.job.wait(END).and_then(Result::err);
            return Err(end.map_or_else(|| "the network was closed".to_owned(), |error| error.to_string()));
        };
        let of = TensorsOf { picture: &self.picture, network: &network, settings: &self.settings };
        tensors_file(&trace, found.heatmaps.as_ref(), &of).map_err(|error| error.to_string())
    }
}

/// What the dialog for such a file asks.
pub fn target(document: &Document) -> Target {
    let name = file_name(&document.frame.name, "tensors", "safetensors");
    Target { title: "Save tensors", name, kind: ("Safetensors", "safetensors") }
}

/// Why there are no tensors of the selected person, if so.
pub fn why_not(document: &Document, network: Option<&NetworkInfo>) -> Option<&'static str> {
    match network {
        None => Some("The network is still being loaded"),
        Some(network) if network.config.is_none() => {
            Some("MoveNet gives joints alone: it has no attention, EMA or heatmap tensors, which CMSA has")
        }
        Some(_) if document.selected.is_none() => Some("Nobody is selected"),
        Some(_) => document.selected_answer().is_none().then_some("The network has not answered yet"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::fixtures::{answer, labelled};
    use crate::app::fixtures;
    use crate::app::what_matters::shown_person;
    use crate::borrowed::MoveNetVariant;
    use crate::engine::Weights;
    use crate::network::checkpoint::WeightsFile;
    use crate::network::{DeviceChoice, NetworkConfig};
    use crate::pose::{Capture, InputSize, Region, Sampling};

    #[test]
    fn a_file_holds_every_tensor_and_the_heatmaps_by_name() {
        let weights = Weights::Untrained(NetworkConfig::tiny().with_ema(8));
        let engine = Engine::start(weights, DeviceChoice::Cpu, || {}).unwrap();
        let mut document = labelled();
        let found = answer(&document, 1);
        document.take(found);
        let mut person = shown_person(&document).unwrap();
        person.settings.capture =
            Capture { height: 32, sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };
        person.settings.input = InputSize::STANDARD[0];
        person.region = Region::around(&person.bounds);
        person.seen =
            person.settings.capture.see(&document.frame.picture, &person.region, person.settings.input);
        let bytes = AskedTensors::ask(&engine, "black.png".to_owned(), person).bytes().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tensors.safetensors");
        std::fs::write(&path, bytes).unwrap();
        let file = WeightsFile::read(&path).unwrap();
        let heatmaps = &file.tensors["heatmaps"].shape;
        assert_eq!((heatmaps.len(), heatmaps[0]), (3, 17));
        for part in ["attention/", "ema/ema.2/spatial", "stage_output.2"] {
            assert!(file.tensors.keys().any(|name| name.starts_with(part)), "{part}");
        }
        assert_eq!(file.metadata["picture"], "black.png");
        assert!(file.metadata["network"].contains("CMSA") && file.metadata["settings"].contains("32x24"));
    }

    #[test]
    fn without_a_network_that_has_tensors_the_reason_is_told() {
        let mut document = labelled();
        let cmsa = fixtures::network(NetworkConfig::tiny());
        assert_eq!(why_not(&document, None), Some("The network is still being loaded"));
        assert_eq!(why_not(&document, Some(&cmsa)), Some("The network has not answered yet"));
        let found = answer(&document, 1);
        document.take(found);
        assert_eq!(why_not(&document, Some(&cmsa)), None);
        let variant = MoveNetVariant::Lightning;
        let movenet = NetworkInfo::plain(variant.into(), variant.name(), None);
        assert!(why_not(&document, Some(&movenet)).is_some_and(|why| why.starts_with("MoveNet")));
        document.selected = None;
        assert_eq!(why_not(&document, Some(&cmsa)), Some("Nobody is selected"));
    }
}
