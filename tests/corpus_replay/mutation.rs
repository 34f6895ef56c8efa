//! Damage to a file, as chance and ill will do it.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

/// Where lengths, offsets and names mostly are: half of all damage is done within so many bytes.
const HEAD: usize = 512;
/// Lengths that claim nothing, too much, and what does not fit into a signed number.
const LENGTHS: [u64; 6] = [0, 1, 0x7fff_ffff, 0xffff_ffff, 0x7fff_ffff_ffff_ffff, u64::MAX];
/// What text may hold in the place of something else.
const WORDS: [&str; 10] =
    ["null", "-1", "1e999", "\"1\"", "{}", "[", "]", "\\ud800", "\u{1b}[31m", "99999999999999999999"];

/// The bytes with one to three kinds of damage.
pub fn mutated(seed: &[u8], generator: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..generator.random_range(1..=3) {
        if bytes.is_empty() {
            break;
        }
        damage(&mut bytes, generator);
    }
    bytes
}

fn damage(bytes: &mut Vec<u8>, generator: &mut ChaCha8Rng) {
    let reach = if generator.random_range(0..2) == 0 { bytes.len().min(HEAD) } else { bytes.len() };
    let at = generator.random_range(0..reach);
    match generator.random_range(0..6) {
        0 => bytes[at] ^= 1 << generator.random_range(0..8),
        1 => bytes[at] = generator.random_range(0..=255),
        2 => bytes.truncate(at),
        3 => {
            let length = LENGTHS[generator.random_range(0..LENGTHS.len())];
            let width = [2, 4, 8][generator.random_range(0..3)];
            let both = [length.to_le_bytes(), length.to_be_bytes()];
            let order = generator.random_range(0..2);
            let written = if order == 0 { &both[0][..width] } else { &both[1][8 - width..] };
            for (place, byte) in bytes[at..].iter_mut().zip(written) {
                *place = *byte;
            }
        }
        4 => {
            let end = (at + generator.random_range(1..64)).min(bytes.len());
            let copy = bytes[at..end].to_vec();
            match generator.random_range(0..2) {
                0 => drop(bytes.drain(at..end)),
                _ => drop(bytes.splice(at..at, copy)),
            }
        }
        _ => {
            let word = WORDS[generator.random_range(0..WORDS.len())];
            let end = (at + generator.random_range(0..4)).min(bytes.len());
            drop(bytes.splice(at..end, word.bytes()));
        }
    }
}
