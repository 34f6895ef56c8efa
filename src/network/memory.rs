//! Keeps freed memory in the process: libtorch takes and frees large blocks at every step, and handing
//! each back to the system costs a storm of page faults.

/// Asks the C allocator to keep what is freed. Call once, before the first tensor.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn keep_freed_memory() {
    /// Bytes at the top of the heap that are kept: more than any network here needs.
    const KEPT_BYTES: libc::c_int = 1 << 30;
    // SAFETY: mallopt only sets parameters of the allocator.
    unsafe {
        libc::mallopt(libc::M_MMAP_MAX, 0);
        libc::mallopt(libc::M_TRIM_THRESHOLD, KEPT_BYTES);
    }
}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn keep_freed_memory() {}
