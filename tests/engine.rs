//! The engine: the newest request wins, answers say what they answer, and nothing ends the worker.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use image::RgbImage;
use posescope::engine::{Answer, Engine, Event, Person, Request, Settings, Weights};
use posescope::network::{DeviceChoice, NetworkConfig};
use posescope::pose::{BoundingBox, Capture, Decoder, InputSize, Sampling};

/// Generous, for slow machines; no test waits this long unless it fails.
const PATIENCE: Duration = Duration::from_secs(60);

fn settings(height: u32) -> Settings {
    let input = InputSize::new(height, height * 3 / 4).unwrap();
    let capture = Capture { height, sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };
    Settings { capture, input, decoder: Decoder::Dark, flip_test: false, ablations: Vec::new() }
}

fn request(height: u32) -> Request {
    let picture = RgbImage::from_fn(120, 160, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8]));
    let person = Person { bounds: BoundingBox::new(20.0, 10.0, 60.0, 120.0).unwrap(), refine: false };
    Request {
        picture: Arc::new(picture),
        people: vec![person],
        settings: settings(height),
        trace: None,
        reference: false,
    }
}

fn engine() -> Engine {
    let weights = Weights::Untrained(NetworkConfig::tiny().with_ema(8));
    let engine = Engine::start(weights, DeviceChoice::Cpu, || {}).unwrap();
    match engine.wait(PATIENCE) {
        Some(Event::Network(info)) => {
            assert!(!info.trained && info.parameters > 100_000 && info.device == "CPU")
        }
        other => panic!("expected a network, got {other:?}"),
    }
    engine
}

fn answer(engine: &Engine) -> Answer {
    match engine.wait(PATIENCE) {
        Some(Event::Answer(answer)) => *answer,
        other => panic!("expected an answer, got {other:?}"),
    }
}

#[test]
fn an_answer_says_what_it_answers() {
    let engine = engine();
    let mut asked = request(64);
    asked.trace = Some(0);
    let ticket = engine.submit(asked.clone());
    let answer = answer(&engine);
    assert_eq!(answer.ticket, ticket);
    assert!(Arc::ptr_eq(&answer.request.picture, &asked.picture));
    let person = &answer.people[0];
    assert_eq!(person.seen.input.dimensions(), (48, 64));
    let heatmaps = person.heatmaps.as_ref().unwrap();
    assert_eq!((heatmaps.height(), heatmaps.width()), (64, 48));
    let trace = person.trace.as_ref().unwrap();
    assert_eq!(trace.attention.len(), 2 * 3 + 4 * 2 + 3 * 2);
    assert_eq!(trace.ema.len(), 3);
    assert_eq!(trace.attention_of(0, 0, 0).unwrap().weights.shape, [4, 1, 768, 192]);
    let parts: Vec<&str> = answer.times.iter().map(|t| t.part.as_str()).collect();
    assert_eq!(parts, ["crop", "stem", "stage 1", "stage 2", "stage 3", "EMA", "fusion", "decode"]);
}

#[test]
fn the_newest_request_wins() {
    let engine = engine();
    let tickets: Vec<u64> =
        (0..200).map(|i| engine.submit(request(if i % 2 == 0 { 32 } else { 64 }))).collect();
    let mut answered = Vec::new();
    while answered.last() != tickets.last() {
        answered.push(answer(&engine).ticket);
    }
    assert!(answered.is_sorted(), "answers come in the order of their requests: {answered:?}");
    assert!(answered.len() < tickets.len() / 2, "{} of 200 requests were worked on", answered.len());
}

#[test]
fn several_people_and_the_flip_test() {
    let engine = engine();
    let mut asked = request(32);
    let second = BoundingBox::new(0.0, 0.0, 50.0, 50.0).unwrap();
    asked.people.push(Person { bounds: second, refine: false });
    asked.trace = Some(1);
    engine.submit(asked.clone());
    let together = answer(&engine);
    assert!(together.people[0].trace.is_none() && together.people[1].trace.is_some());
    // Alone, each person gets the same joints as in company.
    asked.people.remove(0);
    asked.trace = None;
    engine.submit(asked.clone());
    let alone = answer(&engine);
    for (a, b) in together.people[1].pose.iter().zip(&alone.people[0].pose) {
        assert!((a.x - b.x).abs() < 1e-2 && (a.confidence - b.confidence).abs() < 1e-4, "{a:?} {b:?}");
    }
    asked.settings.flip_test = true;
    engine.submit(asked);
    let flipped = answer(&engine);
    let values = |answer: &Answer| answer.people[0].heatmaps.as_ref().unwrap().values().to_vec();
    assert_ne!(values(&flipped), values(&alone));
}

#[test]
fn reference_joints_follow_the_answer() {
    let engine = engine();
    let mut asked = request(32);
    asked.reference = true;
    let ticket = engine.submit(asked);
    answer(&engine);
    match engine.wait(PATIENCE) {
        Some(Event::Reference { ticket: of, poses }) => assert_eq!((of, poses.len()), (ticket, 1)),
        other => panic!("expected reference joints, got {other:?}"),
    }
}

#[test]
fn bad_boxes_sizes_and_files_leave_the_worker_alive() {
    let engine = engine();
    let failed = |asked: Request| {
        let ticket = engine.submit(asked);
        match engine.wait(PATIENCE) {
            Some(Event::Failed { ticket: of, message, out_of_memory: false }) if of == ticket => message,
            other => panic!("expected a failure, got {other:?}"),
        }
    };
    let mut outside = request(32);
    outside.people[0].bounds = BoundingBox { x: 500.0, y: 500.0, width: 20.0, height: 20.0 };
    let message = failed(outside);
    assert!(message.contains("person 1") && message.contains("500"), "{message}");
    let mut thin = request(32);
    thin.people[0].bounds = BoundingBox { x: 10.0, y: 10.0, width: 0.4, height: 90.0 };
    assert!(failed(thin).contains("person 1"));

    for missing in ["nowhere.safetensors", "Cargo.toml"] {
        engine.load(PathBuf::from(missing));
        match engine.wait(PATIENCE) {
            Some(Event::NetworkFailed { choice, message, .. }) => {
                assert!(choice == PathBuf::from(missing).into() && message.contains(missing), "{message}");
            }
            other => panic!("expected a refusal, got {other:?}"),
        }
    }
    engine.submit(request(32));
    assert_eq!(answer(&engine).people.len(), 1, "the old network still works");
}

#[test]
fn a_dropped_engine_has_ended_its_thread_even_where_nobody_read_its_events() {
    let held = Arc::new(());
    let kept = held.clone();
    let notify = move || assert!(Arc::strong_count(&kept) > 0);
    let weights = Weights::Untrained(NetworkConfig::tiny().with_ema(8));
    let engine = Engine::start(weights, DeviceChoice::Cpu, notify).unwrap();
    assert!(matches!(engine.wait(PATIENCE), Some(Event::Network(_))));
    // Each is refused at once and tells so: before long there is no room for more events, and the worker waits.
    for _ in 0..100 {
        engine.load(PathBuf::from("nowhere.safetensors"));
        std::thread::sleep(Duration::from_millis(2));
    }
    let (done, ended) = std::sync::mpsc::channel();
    let dropping = std::thread::spawn(move || {
        drop(engine);
        done.send(()).unwrap();
    });
    ended.recv_timeout(PATIENCE).expect("the worker ends");
    dropping.join().unwrap();
    assert_eq!(Arc::strong_count(&held), 1, "what the thread held is gone");
}
