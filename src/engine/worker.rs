//! The thread that owns the network.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender};

use super::answer::{Answer, Event};
use super::error::EngineError;
use super::guarded::guarded;
use super::job_queue::JobQueue;
use super::mailbox::{Mailbox, Order};
use super::network_choice::NetworkChoice;
use super::predictor::Predictor;
use super::recall::Recall;
use super::request::{Person, Request};
use crate::network::DeviceChoice;

/// Longest that jobs wait for requests to cease: a camera may bring one after the other.
const LONGEST_WAIT: Duration = Duration::from_millis(500);

/// What the thread needs to do its work.
pub(super) struct Worker {
    pub mailbox: Arc<Mailbox>,
    pub bell: Receiver<()>,
    pub events: Sender<Event>,
    pub notify: Box<dyn Fn() + Send>,
    pub choice: NetworkChoice,
    pub device: DeviceChoice,
}

/// The other end of the channel is gone: time to stop.
struct Hungup;

impl Worker {
    /// Works until the engine is dropped.
    pub fn run(mut self) {
        leave_a_core_free();
        let mut predictor = None;
        let mut recall = Recall::default();
        let mut jobs = JobQueue::default();
        if self.load(&mut predictor, &mut jobs, self.choice.clone(), self.device).is_err() {
            return;
        }
        let mut stepped = Instant::now();
        while jobs.wait(&self.bell) {
            let Some((orders, request)) = self.mailbox.collect() else { return };
            for order in orders {
                let done = match order {
                    Order::Load(choice) => self.load(&mut predictor, &mut jobs, choice, self.device),
                    Order::Device(device) => {
                        self.load(&mut predictor, &mut jobs, self.choice.clone(), device)
                    }
                    Order::Use(choice, device) => self.load(&mut predictor, &mut jobs, choice, device),
                    Order::Job(job) => {
                        jobs.add(job);
                        continue;
                    }
                };
                recall.clear();
                if done.is_err() {
                    return;
                }
            }
            if let Some((ticket, request)) = request
                && self.serve(predictor.as_ref(), &mut recall, ticket, request).is_err()
            {
                return;
            }
            if self.mailbox.is_quiet() || stepped.elapsed() >= LONGEST_WAIT {
                if jobs.step(predictor.as_ref()) {
                    (self.notify)();
                }
                stepped = Instant::now();
            }
        }
    }

    fn send(&self, event: Event) -> Result<(), Hungup> {
        self.events.send(event).map_err(|_| Hungup)?;
        (self.notify)();
        Ok(())
    }

    /// Puts another network in the place of the present one, which ends the jobs; if that fails, all stays as it is.
    fn load(
        &mut self,
        predictor: &mut Option<Predictor>,
        jobs: &mut JobQueue,
        choice: NetworkChoice,
        device: DeviceChoice,
    ) -> Result<(), Hungup> {
        match guarded(|| Predictor::open(&choice, device)) {
            Ok(loaded) => {
                let info = loaded.info().clone();
                *predictor = Some(loaded);
                jobs.end_all();
                (self.choice, self.device) = (choice, device);
                self.send(Event::Network(info))
            }
            Err(error) => self.send(Event::NetworkFailed { choice, device, message: error.to_string() }),
        }
    }

    fn serve(
        &self,
        predictor: Option<&Predictor>,
        recall: &mut Recall,
        ticket: u64,
        request: Arc<Request>,
    ) -> Result<(), Hungup> {
        let Some(predictor) = predictor else {
            return self.send(failed(ticket, &EngineError::NoNetwork));
        };
        match guarded(|| recall.answer(ticket, &request, |missing| predictor.answer(ticket, missing))) {
            Ok(answer) => {
                let boxes = boxes_of(&answer);
                self.send(Event::Answer(Box::new(answer)))?;
                self.serve_reference(predictor, recall, ticket, &request, boxes)
            }
            Err(error) => self.send(failed(ticket, &error)),
        }
    }

    /// The joints at the reference resolution, unless something newer already waits.
    fn serve_reference(
        &self,
        predictor: &Predictor,
        recall: &mut Recall,
        ticket: u64,
        request: &Request,
        people: Vec<Person>,
    ) -> Result<(), Hungup> {
        let settings = predictor.info().reference_settings(&request.settings);
        // At the reference itself there is nothing to compare with.
        if !request.reference || settings == request.settings || !self.mailbox.is_quiet() {
            return Ok(());
        }
        let reference = Request { people, settings, trace: None, reference: false, ..request.clone() };
        let reference = Arc::new(reference);
        match guarded(|| recall.answer(ticket, &reference, |missing| predictor.answer(ticket, missing))) {
            Ok(answer) => {
                let poses = answer.people.iter().map(|person| person.pose).collect();
                self.send(Event::Reference { ticket, poses })
            }
            Err(error) => {
                self.send(Event::Failed { ticket, message: error.to_string(), out_of_memory: false })
            }
        }
    }
}

fn failed(ticket: u64, error: &EngineError) -> Event {
    Event::Failed { ticket, message: error.to_string(), out_of_memory: error.is_out_of_memory() }
}

/// One core stays with whoever draws what is found: OpenMP threads that share their cores wait for each other
/// at every layer, which costs far more than the core brings.
pub(crate) fn leave_a_core_free() {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    tch::set_num_threads((cores - 1).max(1) as i32);
}

fn boxes_of(answer: &Answer) -> Vec<Person> {
    answer.people.iter().map(|person| Person { bounds: person.bounds, refine: false }).collect()
}
