//! settle.rs - claims from standard input settled under a plan, a line of JSON each, counters carried: `huzhu eval --carry` in Rust.
//!
//!     rustc settle.rs -L LIBRARIES -l huzhu && ./settle RULES PLAN <claims.ndjson
//!
//! What an object owns is freed by its `Drop`; a decision's texts are borrowed, so `Output::text` lives no longer than the next call. A
//! ruleset may be shared by threads (`Sync`); the other objects may be sent, not shared.

use std::ffi::{c_char, CStr, CString};
use std::io::{self, BufRead, Write};
use std::ptr::{null, null_mut};

mod ffi {
    use std::ffi::{c_char, c_void};

    #[repr(C)]
    pub struct Text {
        pub data: *const c_char,
        pub size: usize,
    }

    extern "C" {
        pub fn huzhu_status_text(status: i32) -> *const c_char;
        pub fn huzhu_diagnostics_new(allocator: *const c_void, out: *mut *mut c_void) -> i32;
        pub fn huzhu_diagnostics_free(diagnostics: *mut c_void);
        pub fn huzhu_diagnostics_text(diagnostics: *const c_void) -> Text;
        pub fn huzhu_ruleset_load(folder: *const c_char, options: *const c_void, diagnostics: *mut c_void, out: *mut *mut c_void) -> i32;
        pub fn huzhu_ruleset_release(ruleset: *mut c_void);
        pub fn huzhu_ruleset_plan_find(ruleset: *const c_void, id: *const c_char, size: usize, out: *mut *const c_void) -> i32;
        pub fn huzhu_claim_new(plan: *const c_void, out: *mut *mut c_void) -> i32;
        pub fn huzhu_claim_free(claim: *mut c_void);
        pub fn huzhu_decision_new(allocator: *const c_void, out: *mut *mut c_void) -> i32;
        pub fn huzhu_decision_free(decision: *mut c_void);
        pub fn huzhu_ledger_new(allocator: *const c_void, out: *mut *mut c_void) -> i32;
        pub fn huzhu_ledger_free(ledger: *mut c_void);
        pub fn huzhu_output_new(allocator: *const c_void, out: *mut *mut c_void) -> i32;
        pub fn huzhu_output_free(output: *mut c_void);
        pub fn huzhu_output_clear(output: *mut c_void);
        pub fn huzhu_output_text(output: *const c_void) -> Text;
        pub fn huzhu_settle_json(claim: *mut c_void, decision: *mut c_void, ledger: *mut c_void, json: *const c_char, size: usize, language: u32, line: u64, output: *mut c_void) -> i32;
    }
}

use std::ffi::c_void;

/// An object of the library, and what frees it.
struct Owned(*mut c_void, unsafe extern "C" fn(*mut c_void));

impl Drop for Owned {
    fn drop(&mut self) {
        unsafe { (self.1)(self.0) }
    }
}

fn check(status: i32) -> Result<(), String> {
    if status == 0 {
        return Ok(());
    }
    Err(unsafe { CStr::from_ptr(ffi::huzhu_status_text(status)) }.to_string_lossy().into_owned())
}

fn made(make: impl FnOnce(*mut *mut c_void) -> i32, free: unsafe extern "C" fn(*mut c_void)) -> Result<Owned, String> {
    let mut out = null_mut();
    check(make(&mut out))?;
    Ok(Owned(out, free))
}

fn text<'a>(text: ffi::Text) -> &'a [u8] {
    unsafe { std::slice::from_raw_parts(text.data.cast(), text.size) }
}

fn load(folder: &str) -> Result<Owned, String> {
    let folder = CString::new(folder).map_err(|e| e.to_string())?;
    unsafe {
        let diagnostics = made(|out| ffi::huzhu_diagnostics_new(null(), out), ffi::huzhu_diagnostics_free)?;
        made(|out| ffi::huzhu_ruleset_load(folder.as_ptr(), null(), diagnostics.0, out), ffi::huzhu_ruleset_release)
            .map_err(|e| format!("{e}\n{}", String::from_utf8_lossy(text(ffi::huzhu_diagnostics_text(diagnostics.0)))))
    }
}

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().collect();
    let rules = load(&arguments[1])?;
    let mut plan = null();
    unsafe {
        check(ffi::huzhu_ruleset_plan_find(rules.0, arguments[2].as_ptr() as *const c_char, arguments[2].len(), &mut plan))?;
        let claim = made(|out| ffi::huzhu_claim_new(plan, out), ffi::huzhu_claim_free)?;
        let decision = made(|out| ffi::huzhu_decision_new(null(), out), ffi::huzhu_decision_free)?;
        let ledger = made(|out| ffi::huzhu_ledger_new(null(), out), ffi::huzhu_ledger_free)?;
        let output = made(|out| ffi::huzhu_output_new(null(), out), ffi::huzhu_output_free)?;
        for (number, line) in io::stdin().lock().lines().enumerate() {
            let line = line.map_err(|e| e.to_string())?;
            ffi::huzhu_output_clear(output.0);
            check(ffi::huzhu_settle_json(claim.0, decision.0, ledger.0, line.as_ptr().cast(), line.len(), 0, number as u64 + 1, output.0))?;
            io::stdout().write_all(text(ffi::huzhu_output_text(output.0))).map_err(|e| e.to_string())?;
        }
    }
    Ok(())
}
