//! Videos and moving pictures are played, stepped and studied.

use egui::Key;
use egui_kittest::kittest::Queryable;
use image::codecs::gif::GifEncoder;
use image::{Delay, Frame, imageops};

use super::driver::{all_text, choose, here, open, shows, type_path, wait_for};

#[test]
fn a_moving_picture_is_opened_held_stepped_and_played() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("walk.gif");
    let example = image::open(here("assets/examples/standing_officer_1919.jpg")).unwrap();
    let example = example.thumbnail(300, 300).into_rgba8();
    let mut encoder = GifEncoder::new_with_speed(std::fs::File::create(&path).unwrap(), 30);
    for shift in [0, 10, 20] {
        let picture =
            imageops::crop_imm(&example, shift, 0, example.width() - 20, example.height()).to_image();
        let delay = Delay::from_numer_denom_ms(500, 1);
        encoder.encode_frame(Frame::from_parts(picture, 0, 0, delay)).unwrap();
    }
    drop(encoder);

    let mut harness = open(&path, here("tests/golden/calm.tiny_ema.weights.safetensors"));
    wait_for(&mut harness, "the first frame, as a picture", |h| {
        shows(h, "Picture walk.gif") && shows(h, "frame 1 of 3") && shows(h, "OKS against")
    });
    assert!(shows(&harness, "00:00.00 / 00:01.50"), "{}", all_text(&harness));
    harness.key_press(Key::Period);
    wait_for(&mut harness, "the second frame, measured as well", |h| {
        shows(h, "Picture walk frame 1.gif") && shows(h, "frame 2 of 3") && shows(h, "OKS against")
    });
    harness.get_by_label("Next frame").click();
    wait_for(&mut harness, "the third frame", |h| shows(h, "Picture walk frame 2.gif"));
    harness.key_press(Key::Comma);
    wait_for(&mut harness, "the second frame again", |h| shows(h, "Picture walk frame 1.gif"));
    choose(&mut harness, "hold the picture");
    wait_for(&mut harness, "that it plays", |h| shows(h, "Pause"));
    wait_for(&mut harness, "its end", |h| shows(h, "frame 3 of 3") && shows(h, "Play"));

    type_path(&mut harness, &here("assets/examples/astronaut.png"));
    wait_for(&mut harness, "another picture, without the bar", |h| {
        shows(h, "Picture astronaut.png") && !shows(h, "frame 3 of 3")
    });
}
