//! Which network is at work, and what it was trained for.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tch::Device;

use super::network_choice::NetworkChoice;
use super::request::Settings;
use crate::input_file::{self, InputError};
use crate::network::{DeviceChoice, NetworkConfig, THRESHOLDS_KEY};
use crate::pose::{Capture, InputSize, KEYPOINT_COUNT};

/// A longer text beside the weights is no card, in bytes.
const LONGEST_CARD: u64 = 32 * 1024;

/// Which network is at work.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkInfo {
    /// What it was made from.
    pub choice: NetworkChoice,
    /// `CMSA-S + EMA`, `MoveNet thunder` and the like.
    pub name: String,
    /// The file its weights were read from; none for random weights and for MoveNet.
    pub path: Option<PathBuf>,
    /// Its numbers; none for MoveNet, which has no attention, no EMA modules and no heatmaps.
    pub config: Option<NetworkConfig>,
    /// Whether anybody trained these weights.
    pub trained: bool,
    /// Input sizes it was trained at, small to large; empty where nobody knows.
    pub trained_sizes: Vec<InputSize>,
    /// For each joint the confidence from which on it is right more often than not, at the input sizes where its
    /// makers measured that.
    pub joint_thresholds: BTreeMap<InputSize, [f32; KEYPOINT_COUNT]>,
    /// What its makers say about it, in Markdown: the text beside the file.
    pub card: Option<String>,
    /// What is to be said of how its file was read, in sentences.
    pub remarks: Vec<String>,
    /// How many numbers training may change.
    pub parameters: usize,
    /// `CPU` or `CUDA`.
    pub device: String,
    /// The choice that led there.
    pub device_choice: DeviceChoice,
}

impl NetworkInfo {
    /// Where its weights are from, for people to read.
    pub fn source(&self) -> String {
        match (&self.choice, &self.path) {
            (_, Some(path)) => path.display().to_string(),
            (NetworkChoice::MoveNet(_), None) => "came with the program".to_owned(),
            (NetworkChoice::Weights(_), None) => "random weights".to_owned(),
        }
    }

    /// The side in pixels of the square that it always gets, enlarged from the capture; none for a network that takes
    /// inputs of many sizes. The network input of [`Settings`] means nothing to a network with such a square.
    pub fn square(&self) -> Option<u32> {
        match self.choice {
            NetworkChoice::MoveNet(variant) => Some(variant.side()),
            NetworkChoice::Weights(_) => None,
        }
    }

    /// Whether it takes inputs of this size. A network that always gets the same square minds none.
    pub fn takes(&self, size: InputSize) -> bool {
        self.config.as_ref().is_none_or(|config| config.takes(size.height(), size.width()))
    }

    /// Whether it learned from inputs of this size, as far as anybody knows.
    pub fn trained_at(&self, size: InputSize) -> bool {
        self.trained_sizes.is_empty() || self.trained_sizes.contains(&size)
    }

    /// The joints' thresholds at an input size: those of the nearest size by height; none where nobody measured them.
    pub fn thresholds_at(&self, size: InputSize) -> Option<[f32; KEYPOINT_COUNT]> {
        let distance = |known: &InputSize| known.height().abs_diff(size.height());
        self.joint_thresholds
            .iter()
            .min_by_key(|(known, _)| distance(known))
            .map(|(_, thresholds)| *thresholds)
    }

    /// These settings at the resolution that agreement is measured against: [`Self::reference_input`], seen sharply by
    /// the untouched network. One that takes no inputs of other sizes gets a capture of as many rows.
    pub fn reference_settings(&self, settings: &Settings) -> Settings {
        let input = self.reference_input();
        let capture = Capture { height: input.height(), noise: 0.0, jpeg_quality: None, ..settings.capture };
        let input = if self.square().is_some() { settings.input } else { input };
        Settings { capture, input, ablations: Vec::new(), ..settings.clone() }
    }

    /// The input that agreement is measured against: the largest it was trained at; where nobody knows, the largest
    /// standard one that it takes.
    pub fn reference_input(&self) -> InputSize {
        let largest = InputSize::STANDARD[InputSize::STANDARD.len() - 1];
        let trained = self.trained_sizes.iter().rev().copied();
        let standard = InputSize::STANDARD.into_iter().rev();
        trained.chain(standard).find(|size| self.takes(*size)).unwrap_or(largest)
    }

    /// The reference resolution, for people to read.
    pub fn reference_name(&self) -> String {
        let input = self.reference_input();
        match self.square() {
            Some(_) => format!("{} rows captured", input.height()),
            None => input.to_string(),
        }
    }
}

/// What people call a device.
pub(super) fn device_name(device: Device) -> String {
    if device == Device::Cpu { "CPU" } else { "CUDA" }.to_owned()
}

/// Reads the joints' thresholds out of a weights file's metadata; none where it says nothing that can be read.
pub(super) fn joint_thresholds(
    metadata: &BTreeMap<String, String>,
) -> BTreeMap<InputSize, [f32; KEYPOINT_COUNT]> {
    let Some(text) = metadata.get(THRESHOLDS_KEY) else { return BTreeMap::new() };
    let thresholds: Result<BTreeMap<InputSize, [f32; KEYPOINT_COUNT]>, _> = serde_json::from_str(text);
    thresholds.inspect_err(|error| tracing::warn!("joint thresholds {text:?}: {error}")).unwrap_or_default()
}

/// The card of a weights file: the Markdown text of the same name beside it, where there is one.
pub(super) fn card_of(weights: &Path) -> Option<String> {
    let path = weights.with_extension("md");
    let no_card = |error: &dyn std::error::Error| tracing::warn!("{} is no card: {error}", path.display());
    match input_file::read(&path, LONGEST_CARD) {
        Ok(bytes) => String::from_utf8(bytes).inspect_err(|error| no_card(error)).ok(),
        Err(InputError::Io(error)) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => {
            no_card(&error);
            None
        }
    }
}

#[cfg(test)]
impl NetworkInfo {
    /// A trained network of one parameter that says nothing more of itself.
    pub fn plain(choice: NetworkChoice, name: impl Into<String>, config: Option<NetworkConfig>) -> Self {
        Self {
            choice,
            name: name.into(),
            path: None,
            config,
            trained: true,
            trained_sizes: Vec::new(),
            joint_thresholds: BTreeMap::new(),
            card: None,
            remarks: Vec::new(),
            parameters: 1,
            device: "CPU".into(),
            device_choice: DeviceChoice::Auto,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::borrowed::MoveNetVariant;
    use crate::engine::Weights;
    use crate::network::{Ablation, SIZES_KEY, trained_sizes};
    use crate::pose::{Decoder, Sampling};

    fn info(sizes: &str) -> NetworkInfo {
        NetworkInfo {
            trained_sizes: trained_sizes(&[(SIZES_KEY.to_owned(), sizes.to_owned())].into()),
            ..NetworkInfo::plain(
                Weights::Untrained(NetworkConfig::small()).into(),
                "CMSA-S",
                Some(NetworkConfig::small()),
            )
        }
    }

    #[test]
    fn agreement_is_measured_against_the_largest_size_it_was_trained_at() {
        let [small, middle, _, large] = InputSize::STANDARD;
        let two = info(r#"["64x48","32x24"]"#);
        assert_eq!(
            (two.reference_input(), two.trained_sizes.as_slice()),
            (middle, [small, middle].as_slice())
        );
        assert!(two.trained_at(small) && !two.trained_at(large));
        let unusual = info(r#"["160x120","32x24"]"#);
        assert!(!unusual.trained_at(large));
        assert_eq!(unusual.reference_input().to_string(), "160×120");
        let mut halving = info(r#"["32x24"]"#);
        halving.config = Some(NetworkConfig { stem_stride: 2, ..NetworkConfig::small() });
        assert_eq!(halving.reference_input(), large);
        assert!(halving.takes(large) && !halving.takes(small));
    }

    #[test]
    fn the_reference_is_the_untouched_network() {
        let [small, middle, ..] = InputSize::STANDARD;
        let capture =
            Capture { height: 20, sampling: Sampling::AreaAverage, noise: 3.0, jpeg_quality: Some(50) };
        let ablations = vec![Ablation::MuteScale { stage: 0, block: None, scale: 1 }];
        let settings = Settings { capture, input: small, decoder: Decoder::Dark, flip_test: true, ablations };
        let reference = info(r#"["64x48","32x24"]"#).reference_settings(&settings);
        let sharp = Capture { height: 64, noise: 0.0, jpeg_quality: None, ..capture };
        assert_eq!(
            reference,
            Settings { capture: sharp, input: middle, ablations: vec![], ..settings.clone() }
        );
        assert!(reference.reads_alike(&settings));
    }

    #[test]
    fn a_file_that_says_nothing_readable_counts_as_trained_everywhere() {
        for text in ["", "[1, 2]", r#"["31x24"]"#] {
            let unknown = info(text);
            assert!(unknown.trained_sizes.is_empty() && unknown.trained_at(InputSize::STANDARD[2]), "{text}");
            assert_eq!(unknown.reference_input(), InputSize::STANDARD[3]);
        }
    }

    #[test]
    fn a_network_with_a_square_is_referred_to_by_what_is_captured() {
        let square = NetworkInfo { choice: MoveNetVariant::Thunder.into(), config: None, ..info("") };
        let input = InputSize::STANDARD[0];
        let capture = Capture { height: 32, sampling: Sampling::AreaAverage, noise: 0.1, jpeg_quality: None };
        let settings =
            Settings { capture, input, decoder: Decoder::Dark, flip_test: false, ablations: Vec::new() };
        let reference = square.reference_settings(&settings);
        assert_eq!((reference.input, reference.capture.height, reference.capture.noise), (input, 128, 0.0));
        assert_eq!((square.square(), square.source().as_str()), (Some(256), "came with the program"));
        assert_eq!(square.reference_name(), "128 rows captured");
    }

    #[test]
    fn thresholds_are_those_of_the_nearest_measured_size() {
        let told = |text: &str| joint_thresholds(&[(THRESHOLDS_KEY.to_owned(), text.to_owned())].into());
        let [small, middle, _, large] = InputSize::STANDARD;
        let row = |value: f32| format!("{:?}", [value; KEYPOINT_COUNT]);
        let mut known = info(r#"["32x24"]"#);
        assert_eq!(known.thresholds_at(small), None);
        known.joint_thresholds = told(&format!(r#"{{"32x24": {}, "64x48": {}}}"#, row(0.5), row(0.25)));
        assert_eq!(known.thresholds_at(small), Some([0.5; KEYPOINT_COUNT]));
        assert_eq!(known.thresholds_at(middle), Some([0.25; KEYPOINT_COUNT]));
        assert_eq!(known.thresholds_at(large), Some([0.25; KEYPOINT_COUNT]));
        for unreadable in ["", "[0.5]", r#"{"32x24": [0.5]}"#, r#"{"31x24": []}"#] {
            assert!(told(unreadable).is_empty(), "{unreadable}");
        }
    }

    #[test]
    fn a_card_is_the_text_of_the_same_name() {
        let folder = tempfile::tempdir().unwrap();
        let weights = folder.path().join("net.safetensors");
        assert_eq!(card_of(&weights), None);
        std::fs::write(folder.path().join("net.md"), "# A network").unwrap();
        assert_eq!(card_of(&weights).as_deref(), Some("# A network"));
        std::fs::write(folder.path().join("net.md"), vec![b'a'; LONGEST_CARD as usize + 1]).unwrap();
        assert_eq!(card_of(&weights), None);
    }
}
