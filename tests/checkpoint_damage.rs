//! Weight files that are damaged or made up: an error each, never a panic, a hang or a huge block of memory.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at once")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use posescope::network::checkpoint::{Fault, WeightsFile};
use proptest::prelude::*;

/// The system's allocator, keeping the size of the largest block anyone asked for.
struct Watched;

static LARGEST_BLOCK: AtomicUsize = AtomicUsize::new(0);

/// No block may be larger than this, in bytes, whatever a file of a few kilobytes claims.
const BLOCK_LIMIT: usize = 64 << 20;

// SAFETY: every call is handed to the system's allocator unchanged.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LARGEST_BLOCK.fetch_max(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise about `layout` is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: `block` came from the same allocator with this layout.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Watched = Watched;

/// PyTorch's older format up to the checkpoint, whose pickle follows.
fn legacy_with(pickle: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.".to_vec();
    bytes.extend(b"\x80\x02}X\x0d\0\0\0little_endian\x88s.\x80\x02");
    bytes.extend(pickle);
    bytes
}

/// The message for a pickle that is no checkpoint, with no storages behind it.
fn no_checkpoint(pickle: &[u8]) -> String {
    let whole = [pickle, b"\x80\x02]."].concat();
    WeightsFile::from_bytes("made.pth", &legacy_with(&whole)).unwrap_err().to_string()
}

fn refused_pickle(pickle: &[u8]) -> String {
    let error = WeightsFile::from_bytes("made.pth", &legacy_with(pickle)).unwrap_err();
    assert!(matches!(error.fault, Fault::Pickle { .. }), "{error}");
    error.to_string()
}

#[test]
fn made_up_calls_are_named_and_not_made() {
    for pickle in
        [&b"cos\nsystem\nX\x04\0\0\0true\x85R."[..], b"\x8c\x02os\x8c\x06system\x93\x8c\x04true\x85R."]
    {
        let message = no_checkpoint(pickle);
        assert!(
            message.contains("a dict from names to tensors, found an object of `os.system`"),
            "{message}"
        );
    }
}

#[test]
fn damaged_pickles_are_refused_at_their_offset() {
    for (pickle, said) in [
        (&b"d."[..], "checkpoint, byte 47: refuses opcode 0x64 (DICT): only tensors are read"),
        (b"NN\x81.", "byte 49: expected a class of an object, found None"),
        (b"\xff", "refuses opcode 0xff (unknown)"),
        (b"R", "byte 47: expected an object on the stack, found none"),
        (b"(t(R", "expected an object on the stack, found none"),
        (b"N)R.", "expected a function that rebuilds a tensor, found None"),
        (
            b"ctorch\nFloatStorage\n)R.",
            "expected a function that rebuilds a tensor, found a class or function",
        ),
        (b"h\x05.", "expected an object remembered before, found number 5, not in use"),
        (b"u.", "expected an open container, found none"),
        (b"}(K\x01u.", "expected a value for each key of a dict, found a key alone"),
        (b"]Nb.", "expected an OrderedDict to set attributes of, found a list"),
        (b"X\xff\xff\xff\x7fab", "expected 2147483647 more bytes, found 2 (the file may be cut short)"),
        (b"\x8d\xff\xff\xff\xff\xff\xff\xff\xffab", "expected 18446744073709551615 more bytes, found 2"),
        (b"c\xff\na\n.", "expected UTF-8 text"),
        (b"ctorch\nSize", "more bytes, found 4"),
        (b"\x80\x06.", "expected a pickle of protocol 5 or older, found protocol 6"),
        (b"NQ.", "expected a storage with class, key, device and length, found None"),
        (b"ctorch._utils\n_rebuild_tensor_v2\n)R.", "expected six or seven arguments of a tensor, found 0"),
        (b"ctorch._utils\n_rebuild_tensor_v2\n(NNNNNNtR.", "expected the storage of a tensor, found None"),
    ] {
        let message = refused_pickle(pickle);
        assert!(message.starts_with("made.pth: checkpoint, byte "), "{message}");
        assert!(message.contains(said), "{}: {message}", pickle.escape_ascii());
    }
}

/// A long list of one pair, of which a dict is made over and over.
fn copying() -> Vec<u8> {
    let list = [b"NN\x86q\0](".to_vec(), b"h\0".repeat(10_000), b"eq\x01".to_vec()].concat();
    [list, b"ccollections\nOrderedDict\nh\x01\x85R".repeat(1000)].concat()
}

#[test]
fn pickles_beyond_the_limits_are_refused() {
    for (pickle, said) in [
        (vec![b'('; 1000], "expected at most 256 nested containers, found more"),
        (vec![b'N'; (1 << 20) + 1], "expected at most 1048576 opcodes, found more"),
        ([&b"c"[..], &[b'x'; 1000]].concat(), "expected at most 256 bytes in a name, found more"),
        ([&b"N"[..], &[0x94; 1 << 20]].concat(), "expected at most 524288 remembered objects, found more"),
        (copying(), "expected at most 1048576 copied entries of dicts, found more"),
    ] {
        let message = refused_pickle(&pickle);
        assert!(message.contains(said), "{message}");
    }
}

#[test]
fn a_dict_that_holds_itself_ends() {
    let itself = b"}q\0(X\x05\0\0\0modelh\0X\x0a\0\0\0state_dicth\0X\x03\0\0\0neth\0u.\x80\x02].";
    let error = WeightsFile::from_bytes("made.pth", &legacy_with(itself)).unwrap_err();
    assert!(error.to_string().contains("found a dict of 3 entries"), "{error}");
}

#[test]
fn a_legacy_file_cut_in_its_last_storage_is_told_so() {
    let bytes = std::fs::read(path("legacy.pth")).unwrap();
    let message = WeightsFile::from_bytes("made.pth", &bytes[..bytes.len() - 4]).unwrap_err().to_string();
    assert!(message.contains("to the end (the file may be cut short)"), "{message}");
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checkpoints").join(name)
}

fn all_files() -> Vec<(PathBuf, Vec<u8>)> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(path(""))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension().is_some_and(|extension| extension == "pth" || extension == "safetensors")
        })
        .collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn a_file_cut_short_anywhere_is_an_error() {
    let mut files = 0;
    for (path, bytes) in all_files() {
        for tenths in 0..10 {
            let cut = &bytes[..bytes.len() * tenths / 10];
            assert!(WeightsFile::from_bytes(&path, cut).is_err(), "{} at {tenths}/10", path.display());
        }
        assert!(WeightsFile::from_bytes(&path, &bytes[..bytes.len() - 1]).is_err(), "{}", path.display());
        files += 1;
    }
    assert!(files >= 40, "{files} files");
}

/// Pieces of pickles, so that random sequences get further than their first opcode.
fn pickle_piece() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&'static [u8]> = vec![
        b"(",
        b")",
        b"}",
        b"]",
        b"N",
        b"t",
        b"R",
        b"Q",
        b"s",
        b"u",
        b"a",
        b"e",
        b"b",
        b"\x85",
        b"\x86",
        b"\x87",
        b"\x94",
        b"h\0",
        b"h\x01",
        b"h\x02",
        b"q\0",
        b"q\x01",
        b"K\0",
        b"K\x03",
        b"J\xff\xff\xff\x7f",
        b"J\xff\xff\xff\xff",
        b"\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f",
        b"X\x07\0\0\0storage",
        b"X\x0a\0\0\0state_dict",
        b"X\x01\0\0\x000",
        b"ctorch\nFloatStorage\n",
        b"ctorch\nSize\n",
        b"ccollections\nOrderedDict\n",
        b"ctorch._utils\n_rebuild_tensor_v2\n",
        b"ctorch._utils\n_rebuild_parameter\n",
        b"(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\x000X\x03\0\0\0cpuK\x02tQ",
        b".\x80\x02](X\x01\0\0\x000e.\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    ];
    prop_oneof![
        20 => proptest::sample::select(pieces).prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 1..4),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_never_panic_or_swell(
        choice in any::<prop::sample::Index>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..9),
    ) {
        let files = all_files();
        let (path, mut bytes) = choice.get(&files).clone();
        for (position, byte) in changes {
            let position = position.index(bytes.len());
            bytes[position] = byte;
        }
        if let Ok(file) = WeightsFile::from_bytes(path, &bytes) {
            for tensor in file.tensors.values() {
                prop_assert_eq!(tensor.shape.iter().product::<usize>(), tensor.values.len());
            }
        }
        prop_assert!(LARGEST_BLOCK.load(Ordering::Relaxed) < BLOCK_LIMIT);
    }

    #[test]
    fn random_pickles_never_panic_or_swell(pieces in proptest::collection::vec(pickle_piece(), 1..60)) {
        let _outcome = WeightsFile::from_bytes("made.pth", &legacy_with(&pieces.concat()));
        prop_assert!(LARGEST_BLOCK.load(Ordering::Relaxed) < BLOCK_LIMIT);
    }
}
