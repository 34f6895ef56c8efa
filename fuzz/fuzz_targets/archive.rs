#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = posescope_fuzz::readers::archive(bytes);
});
