/* huzhu.i - what of the C interface languages bind, who owns what, and where a status becomes an error. Of no language:
 * each has a file that defines the macros and typemaps below and then includes this one (bindings/python/core.i,
 * bindings/java/…). The functions come from the headers themselves; flat.h has those that headers say with option structs.
 *
 *   A language defines            for
 *   HUZHU_OWNED(TYPE, FREE)       objects that the caller frees: as `TYPE **out` of a call they are new
 *   HUZHU_BORROWED(TYPE)          objects that live in another: as a result, or as `TYPE **part` of a call
 *   HUZHU_VIEW(TYPE)              transparent structs that calls fill as `TYPE *out`, struct_size set before
 *   HUZHU_ARROW(TYPE, NAME)       structs of Arrow, `TYPE *out` filled and moved out, `TYPE *in` taken over, `const TYPE *`
 *                                 read; NAME is what the PyCapsule protocol calls them
 *   HUZHU_SLOW(FUNCTION)          calls that may take long: other threads go on meanwhile
 *   HUZHU_TEXT_IN(DATA, SIZE)     the pair `const char *DATA, size_t SIZE`: one text
 *   HUZHU_TEXTS_IN(DATA, COUNT)   the pair `const char *const *DATA, size_t COUNT`: a list of texts, NULL: none is said
 *   HUZHU_NUMBERS_IN(TYPE, DATA, COUNT)   the pair `const TYPE *DATA, size_t COUNT`: a list of whole numbers
 *   HUZHU_NUMBERS_OUT(TYPE, COUNT, DATA)  the pair `size_t COUNT, TYPE *DATA`: so many numbers wanted, a list of them as result
 *   typemap(out) huzhu_status     the place where a status that is not HUZHU_OK becomes an error
 *   typemap huzhu_diagnostics *diagnostics   hidden; made before the call, told with the error (code, message, hint, file,
 *                                 line, column), freed after it
 *   typemaps huzhu_text, int64_t *out and size_t *out (results), const char * (texts that end with NUL), const huzhu_allocator * (hidden: NULL)
 */
%{
#include "huzhu/study.h"
#include "flat.h"
%}

%include <stdint.i>

/* ---- Who owns what -------------------------------------------------------------------------------------------------- */

HUZHU_OWNED(huzhu_output, huzhu_output_free)
HUZHU_OWNED(huzhu_ruleset, huzhu_ruleset_release)
HUZHU_OWNED(huzhu_claim, huzhu_claim_free)
HUZHU_OWNED(huzhu_decision, huzhu_decision_free)
HUZHU_OWNED(huzhu_ledger, huzhu_ledger_free)
HUZHU_OWNED(huzhu_resettlement, huzhu_resettlement_free)
HUZHU_OWNED(huzhu_arrow, huzhu_arrow_free)
HUZHU_OWNED(huzhu_study, huzhu_study_release)
HUZHU_OWNED(huzhu_tally, huzhu_tally_free)

HUZHU_BORROWED(huzhu_plan)
HUZHU_BORROWED(huzhu_claim)
HUZHU_BORROWED(huzhu_decision)

HUZHU_ARROW(ArrowSchema, arrow_schema)
HUZHU_ARROW(ArrowArray, arrow_array)
HUZHU_ARROW(ArrowArrayStream, arrow_array_stream)

/* ---- Views ------------------------------------------------------------------------------------------------------------ */

HUZHU_VIEW(huzhu_input_info)
HUZHU_VIEW(huzhu_code_info)
HUZHU_VIEW(huzhu_counter_info)
HUZHU_VIEW(huzhu_counter_read)
HUZHU_VIEW(huzhu_benefit_view)
HUZHU_VIEW(huzhu_cap_view)
HUZHU_VIEW(huzhu_value_view)
HUZHU_VIEW(huzhu_fee_view)
HUZHU_VIEW(huzhu_reason_view)
HUZHU_VIEW(huzhu_counter_view)
HUZHU_VIEW(huzhu_counter_change)
HUZHU_VIEW(huzhu_basis_view)
HUZHU_VIEW(huzhu_error_view)

/* ---- Texts ---------------------------------------------------------------------------------------------------------- */

HUZHU_TEXT_IN(text, size)
HUZHU_TEXT_IN(code, size)
HUZHU_TEXT_IN(json, size)
HUZHU_TEXT_IN(id, id_size)
HUZHU_TEXT_IN(name, name_size)
HUZHU_TEXT_IN(date, date_size)

HUZHU_TEXTS_IN(settings, setting_count)
HUZHU_TEXTS_IN(paths, path_count)
HUZHU_TEXTS_IN(contents, content_count)
HUZHU_TEXTS_IN(wanted, wanted_count)
HUZHU_TEXTS_IN(ignored, ignored_count)
HUZHU_TEXTS_IN(by, by_count)
HUZHU_TEXTS_IN(names, name_count)

HUZHU_NUMBERS_IN(int64_t, bounds, bound_count)
HUZHU_NUMBERS_IN(uint32_t, quantiles, quantile_count)
HUZHU_NUMBERS_OUT(int64_t, parts, ends)

/* ---- Calls that may take long ------------------------------------------------------------------------------------------ */

HUZHU_SLOW(huzhu_flat_load)
HUZHU_SLOW(huzhu_flat_load_files)
HUZHU_SLOW(huzhu_flat_stream_schema)
HUZHU_SLOW(huzhu_flat_examples)
HUZHU_SLOW(huzhu_flat_evaluate)
HUZHU_SLOW(huzhu_flat_take)
HUZHU_SLOW(huzhu_flat_partition)
HUZHU_SLOW(huzhu_flat_next)
HUZHU_SLOW(huzhu_flat_study)
HUZHU_SLOW(huzhu_study_read)
HUZHU_SLOW(huzhu_arrow_evaluate)
HUZHU_SLOW(huzhu_arrow_set_counter)
HUZHU_SLOW(huzhu_arrow_counter_array)
HUZHU_SLOW(huzhu_tally_take)
HUZHU_SLOW(huzhu_tally_drain)
HUZHU_SLOW(huzhu_tally_array)
HUZHU_SLOW(huzhu_ruleset_handbook)

/* ---- What languages do not bind ------------------------------------------------------------------------------------------- */

/* Counts and diagnostics are the languages' own; options come flat; columns come by Arrow. */
%ignore huzhu_ruleset_retain;
%ignore huzhu_study_retain;
%ignore huzhu_diagnostics;
%ignore huzhu_diagnostic;
%rename("$ignore", regextarget=1, fullname=1) "^huzhu_diagnostics_";
%rename("$ignore", regextarget=1, fullname=1) "^huzhu_batch_";
%rename("$ignore", regextarget=1, fullname=1) "^(huzhu_batch|huzhu_column|huzhu_allocator|huzhu_file|huzhu_text|huzhu_scenario)$";
%rename("$ignore", regextarget=1, fullname=1) "^huzhu_(load|arrow|tally)_options$";
%ignore huzhu_flat_slice;
%ignore huzhu_flat_has;
%ignore huzhu_flat_failed;
%ignore huzhu_ruleset_load;
%ignore huzhu_ruleset_load_files;
%ignore huzhu_examples_run;
%ignore huzhu_rules_tidy;
%ignore huzhu_arrow_bind;
%ignore huzhu_arrow_partition;
%ignore huzhu_arrow_assign;
%ignore huzhu_arrow_assign_counter;
%ignore huzhu_study_new;
%ignore huzhu_tally_bind;
%ignore huzhu_claim_part_at;
%ignore huzhu_decision_part_at;
/* Structs of Arrow cross whole. */
%rename("$ignore", regextarget=1, fullname=1) "^Arrow(Schema|Array|ArrayStream)$";

%include "huzhu/huzhu.h"
%include "huzhu/arrow.h"
%include "huzhu/study.h"
%include "flat.h"
