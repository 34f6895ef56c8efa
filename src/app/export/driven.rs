//! Pictures of the view while two sides are compared, made by the window.

use image::{Rgb, RgbImage, imageops};

use crate::app::compare::CompareMode;
use crate::app::fixtures::{here, wait_for, window};
use crate::app::layers::Layer;

/// Share of the height over which labels stand.
const LABELS: f32 = 0.15;
/// Share of the width that the legends of a difference leave.
const RIGHT_OF_LEGENDS: [f32; 2] = [0.6, 1.0];
/// How far a part of a colour may be off: edges of lines fall between pixels otherwise.
const NEAR: u8 = 24;
/// Less than the pixels of a limb.
const DRAWN: usize = 200;

/// How many pixels differ below the labels, over a share of the width.
fn unlike(a: &RgbImage, b: &RgbImage, [from, to]: [f32; 2]) -> usize {
    assert_eq!(a.dimensions(), b.dimensions());
    let [left, right] = [from, to].map(|share| (share * a.width() as f32) as u32);
    let top = (LABELS * a.height() as f32) as u32;
    let differs = |(x, y, pixel): (u32, u32, &Rgb<u8>)| {
        let parts = pixel.0.iter().zip(b.get_pixel(x, y).0);
        (left..right).contains(&x) && y >= top && parts.into_iter().any(|(a, b)| a.abs_diff(b) > NEAR)
    };
    a.enumerate_pixels().filter(|(x, y, pixel)| differs((*x, *y, pixel))).count()
}

#[test]
fn both_sides_are_in_the_picture_of_the_view_as_they_are_shown() {
    let mut harness =
        window(here("assets/examples/standing_officer_1919.jpg"), "models/posescope.safetensors");
    wait_for(&mut harness, "A's answer", |app| {
        app.document.as_ref().is_some_and(|document| document.selected_answer().is_some())
    });
    let ctx = harness.ctx.clone();
    let app = harness.state_mut();
    for layer in Layer::ALL {
        app.preferences.layers.state_mut(layer).shown = layer == Layer::Skeleton;
    }
    assert!(app.compared_picture(&ctx).is_none(), "there is one side");
    let alone = app.view_picture(&ctx, super::LEAST_SCALE).unwrap().image();
    app.preferences.layers.toggle(Layer::Skeleton);
    let plain = app.view_picture(&ctx, super::LEAST_SCALE).unwrap().image();
    app.preferences.layers.toggle(Layer::Skeleton);

    app.compare_as(&ctx, CompareMode::SideBySide);
    wait_for(&mut harness, "B's answer", |app| app.verdict().is_some());
    let app = harness.state_mut();
    let beside = app.compared_picture(&ctx).unwrap().image();
    let (width, height) = alone.dimensions();
    assert!(beside.width() > 2 * width && beside.width() < 2 * width + width / 10, "{}", beside.width());
    assert_eq!(beside.height(), height);
    let half = |left: u32| imageops::crop_imm(&beside, left, 0, width, height).to_image();
    let (a, b) = (half(0), half(beside.width() - width));
    let everything = [0.0, 1.0];
    assert_eq!(unlike(&a, &alone, everything), 0, "A as it is alone");
    assert!(unlike(&b, &plain, everything) > DRAWN, "B is drawn");
    assert!(unlike(&b, &alone, everything) > DRAWN, "B sees fewer pixels");

    app.compare_as(&ctx, CompareMode::Wipe);
    let wiped = app.compared_picture(&ctx).unwrap().image();
    assert_eq!(wiped.dimensions(), alone.dimensions());
    assert_eq!(unlike(&wiped, &alone, [0.0, 0.4]), 0, "A left of the handle");
    assert_eq!(unlike(&wiped, &b, [0.6, 1.0]), 0, "B right of it");

    app.compare_as(&ctx, CompareMode::Difference);
    let differing = app.compared_picture(&ctx).unwrap().image();
    assert_eq!(differing.dimensions(), alone.dimensions());
    for other in [&plain, &alone, &b] {
        assert!(unlike(&differing, other, RIGHT_OF_LEGENDS) > DRAWN);
    }
}
