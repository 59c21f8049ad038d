// settle.js - claims from standard input settled under a plan, a line of JSON each, counters carried: `huzhu eval --carry` in Node, by koffi.
//
//     npm install koffi && node settle.js LIBHUZHU.so RULES PLAN <claims.ndjson
//
// Amounts come as texts and stay texts: a number of JavaScript is binary.
'use strict';
const fs = require('fs');
const koffi = require('koffi');

const [path, folder, id] = process.argv.slice(2);
const library = koffi.load(path);
const Text = koffi.struct('huzhu_text', { data: 'void *', size: 'size_t' });
const text = (t) => koffi.decode(t.data, koffi.array('uint8_t', Number(t.size), 'Typed'));

const statusText = library.func('const char *huzhu_status_text(int32_t status)');
const call = (prototype) => {
  const native = library.func(prototype);
  return (...values) => {
    const status = native(...values);
    if (status !== 0) throw new Error(statusText(status));
  };
};
const diagnosticsNew = call('int32_t huzhu_diagnostics_new(void *allocator, _Out_ void **out)');
const diagnosticsText = library.func('huzhu_text huzhu_diagnostics_text(void *diagnostics)');
const diagnosticsFree = library.func('void huzhu_diagnostics_free(void *diagnostics)');
const rulesetLoad = call('int32_t huzhu_ruleset_load(const char *folder, void *options, void *diagnostics, _Out_ void **out)');
const rulesetRelease = library.func('void huzhu_ruleset_release(void *ruleset)');
const planFind = call('int32_t huzhu_ruleset_plan_find(void *ruleset, const char *id, size_t size, _Out_ void **out)');
const claimNew = call('int32_t huzhu_claim_new(void *plan, _Out_ void **out)');
const claimFree = library.func('void huzhu_claim_free(void *claim)');
const decisionNew = call('int32_t huzhu_decision_new(void *allocator, _Out_ void **out)');
const decisionFree = library.func('void huzhu_decision_free(void *decision)');
const ledgerNew = call('int32_t huzhu_ledger_new(void *allocator, _Out_ void **out)');
const ledgerFree = library.func('void huzhu_ledger_free(void *ledger)');
const outputNew = call('int32_t huzhu_output_new(void *allocator, _Out_ void **out)');
const outputFree = library.func('void huzhu_output_free(void *output)');
const outputClear = library.func('void huzhu_output_clear(void *output)');
const outputText = library.func('huzhu_text huzhu_output_text(void *output)');
const settleJson = call('int32_t huzhu_settle_json(void *claim, void *decision, void *ledger, const uint8_t *json, size_t size, uint32_t language, uint64_t line, void *output)');

const made = (make, ...values) => {
  const out = [null];
  make(...values, out);
  return out[0];
};

const diagnostics = made(diagnosticsNew, null);
let rules;
try {
  rules = made(rulesetLoad, folder, null, diagnostics);
} catch (error) {
  process.stderr.write(Buffer.from(text(diagnosticsText(diagnostics))));
  throw error;
}
const size = Buffer.byteLength(id);
const plan = made(planFind, rules, id, size);
const claim = made(claimNew, plan);
const decision = made(decisionNew, null);
const ledger = made(ledgerNew, null);
const output = made(outputNew, null);
fs.readFileSync(0, 'utf8').split('\n').forEach((line, i, lines) => {
  if (i === lines.length - 1 && line === '') return;
  const json = Buffer.from(line);
  outputClear(output);
  settleJson(claim, decision, ledger, json, json.length, 0, i + 1, output);
  fs.writeSync(1, Buffer.from(text(outputText(output))));
});
outputFree(output);
ledgerFree(ledger);
decisionFree(decision);
claimFree(claim);
rulesetRelease(rules);
diagnosticsFree(diagnostics);
