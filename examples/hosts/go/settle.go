// settle.go - claims from standard input settled under a plan, a line of JSON each, counters carried: `huzhu eval --carry` in Go, by cgo.
//
//	go run settle.go RULES PLAN <claims.ndjson
//
// A goroutine may change its thread between two calls; the library does not mind, as nothing of it hangs on a thread. One claim and
// one decision belong to one goroutine at a time; the ruleset is shared by all.
package main

/*
#cgo pkg-config: huzhu
#include <huzhu/huzhu.h>
#include <stdlib.h>
*/
import "C"

import (
	"bufio"
	"fmt"
	"os"
	"unsafe"
)

func text(t C.huzhu_text) string { return C.GoStringN(t.data, C.int(t.size)) }

func check(status C.huzhu_status, what string, diagnostics *C.huzhu_diagnostics) {
	if status == C.HUZHU_OK {
		return
	}
	fmt.Fprintf(os.Stderr, "%s: %s\n", what, C.GoString(C.huzhu_status_text(status)))
	if diagnostics != nil {
		fmt.Fprint(os.Stderr, text(C.huzhu_diagnostics_text(diagnostics)))
	}
	os.Exit(1)
}

func main() {
	folder, id := C.CString(os.Args[1]), C.CString(os.Args[2])
	defer C.free(unsafe.Pointer(folder))
	defer C.free(unsafe.Pointer(id))

	var diagnostics *C.huzhu_diagnostics
	var rules *C.huzhu_ruleset
	var plan *C.huzhu_plan
	var claim *C.huzhu_claim
	var decision *C.huzhu_decision
	var ledger *C.huzhu_ledger
	var output *C.huzhu_output
	check(C.huzhu_diagnostics_new(nil, &diagnostics), "diagnostics", nil)
	defer C.huzhu_diagnostics_free(diagnostics)
	check(C.huzhu_ruleset_load(folder, nil, diagnostics, &rules), os.Args[1], diagnostics)
	defer C.huzhu_ruleset_release(rules)
	check(C.huzhu_ruleset_plan_find(rules, id, C.size_t(len(os.Args[2])), &plan), os.Args[2], nil)
	check(C.huzhu_claim_new(plan, &claim), "claim", nil)
	defer C.huzhu_claim_free(claim)
	check(C.huzhu_decision_new(nil, &decision), "decision", nil)
	defer C.huzhu_decision_free(decision)
	check(C.huzhu_ledger_new(nil, &ledger), "ledger", nil)
	defer C.huzhu_ledger_free(ledger)
	check(C.huzhu_output_new(nil, &output), "output", nil)
	defer C.huzhu_output_free(output)

	lines := bufio.NewScanner(os.Stdin)
	for number := 1; lines.Scan(); number++ {
		line := append(lines.Bytes(), 0) // never empty, so that it has an address
		C.huzhu_output_clear(output)
		check(C.huzhu_settle_json(claim, decision, ledger, (*C.char)(unsafe.Pointer(&line[0])), C.size_t(len(line)-1), C.HUZHU_ZH,
			C.uint64_t(number), output), "settle", nil)
		fmt.Print(text(C.huzhu_output_text(output)))
	}
}
