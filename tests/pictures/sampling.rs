//! JPEGs of every sampling of colour, in one scan, in a scan for each channel, and progressive.
//!
//! The pictures are made here bit by bit, of blocks of one colour each, as no encoder at hand writes them all.

use image::Rgb;
use posescope::source::{SourceError, picture};

use crate::samples::near;

const SIDE: usize = 64;
/// Luma, blue and red difference of each quarter, and what they are in RGB (JFIF 1.02).
const QUARTERS: [([i32; 3], Rgb<u8>); 4] = [
    ([200, 90, 60], Rgb([105, 255, 133])),
    ([60, 200, 120], Rgb([49, 41, 188])),
    ([120, 60, 220], Rgb([249, 78, 0])),
    ([180, 180, 128], Rgb([180, 162, 255])),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    OneScan,
    ScanPerChannel,
    Progressive,
}

/// Bits from the highest on, each 0xff followed by a zero.
#[derive(Default)]
struct Bits {
    bits: Vec<bool>,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        self.bits.extend((0..count).rev().map(|bit| value >> bit & 1 == 1));
    }

    fn bytes(mut self) -> Vec<u8> {
        while !self.bits.len().is_multiple_of(8) {
            self.bits.push(true);
        }
        let byte = |bits: &[bool]| bits.iter().fold(0_u8, |byte, &bit| byte << 1 | u8::from(bit));
        self.bits
            .chunks(8)
            .map(byte)
            .flat_map(|byte| [byte, 0].into_iter().take(1 + usize::from(byte == 255)))
            .collect()
    }
}

struct Writer {
    /// Blocks across and down in a unit, of each channel.
    sampling: [(usize, usize); 3],
    bytes: Vec<u8>,
}

impl Writer {
    fn segment(&mut self, marker: u8, content: &[u8]) {
        self.bytes.extend([0xff, marker]);
        self.bytes.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
        self.bytes.extend(content);
    }

    fn most(&self) -> (usize, usize) {
        let across = self.sampling.iter().map(|factors| factors.0).max().unwrap();
        (across, self.sampling.iter().map(|factors| factors.1).max().unwrap())
    }

    /// The value of a channel in one of its blocks, around 0.
    fn value(&self, channel: usize, column: usize, row: usize) -> i32 {
        let (most, factors) = (self.most(), self.sampling[channel]);
        let right = (column * 8 + 4) * most.0 / factors.0 >= SIDE / 2;
        let below = (row * 8 + 4) * most.1 / factors.1 >= SIDE / 2;
        QUARTERS[usize::from(right) + 2 * usize::from(below)].0[channel] - 128
    }

    /// The blocks of a scan, as (channel, column, row).
    fn blocks(&self, channels: &[usize]) -> Vec<(usize, usize, usize)> {
        let most = self.most();
        if let [channel] = *channels {
            let (across, down) = self.sampling[channel];
            let (columns, rows) = (SIDE * across / most.0 / 8, SIDE * down / most.1 / 8);
            return (0..rows)
                .flat_map(|row| (0..columns).map(move |column| (channel, column, row)))
                .collect();
        }
        let mut blocks = Vec::new();
        for unit_row in 0..SIDE / 8 / most.1 {
            for unit in 0..SIDE / 8 / most.0 {
                for &channel in channels {
                    let (across, down) = self.sampling[channel];
                    for (row, column) in
                        (0..down).flat_map(|row| (0..across).map(move |column| (row, column)))
                    {
                        blocks.push((channel, unit * across + column, unit_row * down + row));
                    }
                }
            }
        }
        blocks
    }

    /// A scan of some channels and the coefficients from `first` to `last`, of which only the first is not 0.
    fn scan(&mut self, channels: &[usize], first: u8, last: u8) {
        let mut header = vec![channels.len() as u8];
        header.extend(channels.iter().flat_map(|&channel| [channel as u8 + 1, 0]));
        header.extend([first, last, 0]);
        self.segment(0xda, &header);
        let (mut bits, mut before) = (Bits::default(), [0; 3]);
        for (channel, column, row) in self.blocks(channels) {
            if first == 0 {
                let value = self.value(channel, column, row);
                let difference = value - before[channel];
                before[channel] = value;
                let length = 32 - difference.unsigned_abs().leading_zeros();
                bits.put(length, 4);
                let spelled = if difference > 0 { difference } else { difference + (1 << length) - 1 };
                bits.put(spelled as u32, length);
            }
            if last > 0 {
                // No more coefficients in this block.
                bits.put(0, 2);
            }
        }
        self.bytes.extend(bits.bytes());
    }
}

fn jpeg(sampling: [(usize, usize); 3], coding: Coding) -> Vec<u8> {
    let mut writer = Writer { sampling, bytes: vec![0xff, 0xd8] };
    writer.segment(0xdb, &[&[0][..], &[8; 64]].concat());
    let side = (SIDE as u16).to_be_bytes();
    let mut frame = vec![8, side[0], side[1], side[0], side[1], 3];
    for (id, (across, down)) in (1..).zip(sampling) {
        frame.extend([id, (across * 16 + down) as u8, 0]);
    }
    writer.segment(if coding == Coding::Progressive { 0xc2 } else { 0xc0 }, &frame);
    // Lengths of differences as codes of four bits each; of the other coefficients only "no more", as two zeros.
    let lengths: Vec<u8> = (0..12).collect();
    writer.segment(0xc4, &[&[0, 0, 0, 0, 12][..], &[0; 12], &lengths].concat());
    writer.segment(0xc4, &[&[0x10, 0, 1][..], &[0; 14], &[0]].concat());
    match coding {
        Coding::OneScan => writer.scan(&[0, 1, 2], 0, 63),
        Coding::ScanPerChannel => (0..3).for_each(|channel| writer.scan(&[channel], 0, 63)),
        Coding::Progressive => {
            writer.scan(&[0, 1, 2], 0, 0);
            (0..3).for_each(|channel| writer.scan(&[channel], 1, 63));
        }
    }
    writer.bytes.extend([0xff, 0xd9]);
    writer.bytes
}

#[test]
fn every_sampling_is_read_rightly_or_refused_by_name() {
    const ONE: (usize, usize) = (1, 1);
    let samplings = [
        ([ONE; 3], false),
        ([(2, 1), ONE, ONE], false),
        ([(1, 2), ONE, ONE], false),
        ([(2, 2), ONE, ONE], false),
        ([(4, 1), ONE, ONE], false),
        ([(2, 2); 3], false),
        ([(2, 1); 3], false),
        ([ONE, (2, 2), (2, 2)], true),
        ([ONE, (2, 1), (2, 1)], true),
    ];
    for (sampling, finer) in samplings {
        for coding in [Coding::OneScan, Coding::ScanPerChannel, Coding::Progressive] {
            let refused = finer || (coding == Coding::ScanPerChannel && sampling[0] != ONE);
            match picture::decode("sampled", &jpeg(sampling, coding)) {
                Ok(frame) => {
                    assert!(!refused, "{sampling:?}, {coding:?}");
                    let places = [(12, 12), (52, 12), (12, 52), (52, 52)];
                    for ((x, y), (_, expected)) in places.into_iter().zip(QUARTERS) {
                        let found = frame.picture.get_pixel(x, y);
                        assert!(near(found, expected, 2), "{sampling:?}, {coding:?}: {found:?} at {x}, {y}");
                    }
                }
                Err(SourceError::UnreadKind { .. }) => assert!(refused, "{sampling:?}, {coding:?}"),
                Err(error) => panic!("{sampling:?}, {coding:?}: {error}"),
            }
        }
    }
}
