use std::sync::Arc;

use image::RgbImage;

use super::*;
use crate::app::fixtures;
use crate::network::NetworkConfig;
use crate::pose::{BoundingBox, Region, Seen};
use crate::source::Frame;

fn network(stem_stride: i64) -> NetworkInfo {
    fixtures::network(NetworkConfig { stem_stride, ..NetworkConfig::small() })
}

fn document() -> Document {
    Document::new(Frame::still(RgbImage::new(60, 80), "black.png", None), 1, 1, None)
}

fn found(subject: &Subject, number: usize) -> BlockAttention {
    BlockAttention {
        settings: subject.settings[number].clone(),
        seen: Seen { capture: RgbImage::new(3, 4), input: RgbImage::new(3, 4) },
        region: Region { x0: 0.0, y0: 0.0, width: 30.0, height: 40.0 },
        maps: Vec::new(),
    }
}

/// With what was found at the smallest input.
fn begun(preferences: &Preferences, network: &Arc<NetworkInfo>) -> AcrossSizes {
    let mut across = AcrossSizes::default();
    let subject = Subject::of(&document(), network, preferences);
    across.look_at(subject.clone(), 1.0);
    across.keep(found(&subject.unwrap(), 0));
    across
}

#[test]
fn only_what_is_missing_is_looked_at() {
    let (preferences, network) = (Preferences::default(), Arc::new(network(1)));
    let mut across = begun(&preferences, &network);
    let [small, middle, large, largest] = InputSize::STANDARD;
    assert_eq!(across.missing(), [middle, large, largest]);
    across.job.pause(2.0);
    across.look_at(Subject::of(&document(), &network, &preferences), 3.0);
    assert!(across.missing().len() == 3 && across.job.has_rested(2.2), "nothing has changed");
    assert!(across.at(small).is_some_and(|seen| seen.current) && across.at(middle).is_none());
}

#[test]
fn another_query_scale_or_input_asks_nothing_anew() {
    let (mut preferences, network) = (Preferences::default(), Arc::new(network(1)));
    let mut across = begun(&preferences, &network);
    preferences.attention.scale = 2;
    preferences.attention.query = crate::app::preferences::Query::Place(0.25, 0.75);
    preferences.set_input(InputSize::STANDARD[3]);
    across.look_at(Subject::of(&document(), &network, &preferences), 2.0);
    assert_eq!(across.missing().len(), 3);
}

#[test]
fn another_box_leaves_what_was_found_faintly_and_another_block_nothing() {
    let (mut preferences, network) = (Preferences::default(), Arc::new(network(1)));
    let mut across = begun(&preferences, &network);
    let small = InputSize::STANDARD[0];
    let bounds = BoundingBox { x: 5.0, y: 5.0, width: 30.0, height: 40.0 };
    let subject = Subject::of(&document(), &network, &preferences).unwrap();
    across.look_at(Some(Subject { bounds, ..subject }), 2.0);
    assert!(across.at(small).is_some_and(|seen| !seen.current));
    assert_eq!(across.missing().len(), 4);
    preferences.attention.block = 0;
    across.look_at(Subject::of(&document(), &network, &preferences), 3.0);
    assert!(across.at(small).is_none());
}

#[test]
fn a_network_without_attention_or_such_a_block_has_no_row_and_others_only_the_inputs_they_take() {
    let mut preferences = Preferences::default();
    let convolutions = Arc::new(NetworkInfo { config: None, ..network(1) });
    assert!(Subject::of(&document(), &convolutions, &preferences).is_none());
    preferences.attention.block = 9;
    assert!(Subject::of(&document(), &Arc::new(network(1)), &preferences).is_none());
    let [_, middle, _, largest] = InputSize::STANDARD;
    assert_eq!(AcrossSizes::sizes(&network(2)), [middle, largest]);
}

#[test]
fn it_is_shown_in_its_own_panel_alone() {
    let mut preferences = Preferences::default();
    assert!(!is_shown(&preferences), "off until it is asked for");
    preferences.attention.across_sizes = true;
    assert!(is_shown(&preferences));
    preferences.right = RightPanel::Ema;
    assert!(!is_shown(&preferences));
}
