//! Jobs of the engine: steps between requests, in turns, each ending alone.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "jobs/experiments.rs"]
mod experiments;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use image::RgbImage;
use posescope::engine::{
    Engine, EngineError, Event, Job, Person, Predictor, Request, Settings, Step, Weights,
};
use posescope::network::{DeviceChoice, NetworkConfig};
use posescope::pose::{BoundingBox, Capture, Decoder, InputSize, Sampling};

/// Generous, for slow machines; no test waits this long unless it fails.
const PATIENCE: Duration = Duration::from_secs(60);

fn weights() -> Weights {
    Weights::Untrained(NetworkConfig::tiny().with_ema(8))
}

fn settings(height: u32) -> Settings {
    let input = InputSize::new(height, height * 3 / 4).unwrap();
    let capture = Capture { height, sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };
    Settings { capture, input, decoder: Decoder::Dark, flip_test: false, ablations: Vec::new() }
}

fn picture() -> Arc<RgbImage> {
    Arc::new(RgbImage::from_fn(120, 160, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8])))
}

fn bounds() -> BoundingBox {
    BoundingBox::new(20.0, 10.0, 60.0, 120.0).unwrap()
}

fn request() -> Request {
    Request {
        picture: picture(),
        people: vec![Person { bounds: bounds(), refine: false }],
        settings: settings(32),
        trace: None,
        reference: false,
    }
}

fn engine() -> Engine {
    let engine = Engine::start(weights(), DeviceChoice::Cpu, || {}).unwrap();
    assert!(matches!(engine.wait(PATIENCE), Some(Event::Network(_))));
    engine
}

/// A job whose every step says its name, and then does what it is told.
struct Puppet {
    name: char,
    said: Sender<char>,
    told: Receiver<Step>,
}

impl Job for Puppet {
    fn step(&mut self, _: &Predictor) -> Result<Step, EngineError> {
        self.said.send(self.name).unwrap();
        Ok(self.told.recv_timeout(PATIENCE).expect("told what to do"))
    }
}

fn puppet(name: char, said: &Sender<char>) -> (Box<Puppet>, Sender<Step>) {
    let (tell, told) = channel();
    (Box::new(Puppet { name, said: said.clone(), told }), tell)
}

#[test]
fn a_request_goes_before_the_next_step() {
    let engine = engine();
    let (said, steps) = channel();
    let (job, tell) = puppet('a', &said);
    let handle = engine.start_job(job);
    steps.recv_timeout(PATIENCE).unwrap();
    let ticket = engine.submit(request());
    tell.send(Step::More).unwrap();
    steps.recv_timeout(PATIENCE).unwrap();
    match engine.poll() {
        Some(Event::Answer(answer)) => assert_eq!(answer.ticket, ticket),
        other => panic!("expected the answer before the second step, got {other:?}"),
    }
    assert!(handle.end().is_none(), "it is still at work");
    // With nothing to do now, it is asked again before long, though nobody rings.
    tell.send(Step::Later).unwrap();
    steps.recv_timeout(PATIENCE).unwrap();
    tell.send(Step::Done).unwrap();
    assert!(matches!(handle.wait(PATIENCE), Some(Ok(()))));
}

#[test]
fn a_job_goes_on_however_fast_requests_come() {
    let engine = engine();
    let (said, steps) = channel();
    let (job, tell) = puppet('a', &said);
    let handle = engine.start_job(job);
    let (request, begun) = (request(), Instant::now());
    for told in [Step::More, Step::More, Step::Done] {
        while steps.try_recv().is_err() {
            assert!(begun.elapsed() < PATIENCE, "the job starves");
            engine.submit(request.clone());
            while engine.poll().is_some() {}
        }
        tell.send(told).unwrap();
    }
    assert!(matches!(handle.wait(PATIENCE), Some(Ok(()))));
}

#[test]
fn jobs_take_turns_and_a_dropped_handle_ends_one_alone() {
    let engine = engine();
    let (said, steps) = channel();
    let (first, tell_first) = puppet('a', &said);
    let (second, tell_second) = puppet('b', &said);
    let first = engine.start_job(first);
    steps.recv_timeout(PATIENCE).unwrap();
    let second = engine.start_job(second);
    let mut order = String::new();
    // The first had its next turn before the second came.
    for tell in [&tell_first, &tell_first, &tell_second] {
        tell.send(Step::More).unwrap();
        order.push(steps.recv_timeout(PATIENCE).unwrap());
    }
    assert_eq!(order, "aba");
    drop(first);
    tell_first.send(Step::More).unwrap();
    assert_eq!(steps.recv_timeout(PATIENCE).unwrap(), 'b');
    for _ in 0..3 {
        tell_second.send(Step::More).unwrap();
        assert_eq!(steps.recv_timeout(PATIENCE).unwrap(), 'b');
    }
    assert!(tell_first.send(Step::More).is_err(), "the first is gone");
    tell_second.send(Step::Done).unwrap();
    assert!(matches!(second.wait(PATIENCE), Some(Ok(()))));
}

struct Panicking;

impl Job for Panicking {
    fn step(&mut self, _: &Predictor) -> Result<Step, EngineError> {
        panic!("shapes differ\nsomewhere")
    }
}

#[test]
fn a_panic_ends_its_job_alone() {
    let engine = engine();
    let (said, steps) = channel();
    let (job, tell) = puppet('a', &said);
    let other = engine.start_job(job);
    let broken = engine.start_job(Box::new(Panicking));
    steps.recv_timeout(PATIENCE).unwrap();
    tell.send(Step::More).unwrap();
    let error = broken.wait(PATIENCE).unwrap().unwrap_err().to_string();
    assert!(error.ends_with("shapes differ"), "{error}");
    steps.recv_timeout(PATIENCE).unwrap();
    tell.send(Step::Done).unwrap();
    assert!(matches!(other.wait(PATIENCE), Some(Ok(()))));
    engine.submit(request());
    assert!(matches!(engine.wait(PATIENCE), Some(Event::Answer(_))));
}

#[test]
fn another_network_ends_jobs_and_a_failed_load_does_not() {
    let engine = engine();
    let (said, steps) = channel();
    let (job, tell) = puppet('a', &said);
    let handle = engine.start_job(job);
    steps.recv_timeout(PATIENCE).unwrap();
    engine.load(PathBuf::from("nowhere.safetensors"));
    tell.send(Step::More).unwrap();
    steps.recv_timeout(PATIENCE).unwrap();
    engine.use_instead(weights(), DeviceChoice::Cpu);
    tell.send(Step::More).unwrap();
    assert!(matches!(handle.wait(PATIENCE), Some(Err(EngineError::NetworkChanged))));
}
