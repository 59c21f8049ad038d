/* huzhu_java.i - SWIG's file for Java: how the declarations that bindings/swig/huzhu.i binds cross into the JVM. The classes that come of
 * it are Abi and AbiJNI in org.huzhu.internal, which the hand-written org.huzhu stands on; nobody else calls them.
 *
 *   handles          long, 0 for NULL; the Java objects above own and free them, nothing here does
 *   texts, bytes     byte[] of UTF-8, both ways; Java's modified UTF-8 never crosses
 *   T **out, T *out  an array of one element, which is filled
 *   huzhu_status     nothing when it is HUZHU_OK, else the exception that Failures.of makes of it: the one place of exceptions.
 *                    Where the claim remembers what does not fit, the status itself
 *   diagnostics      no parameter: they are in the exception
 */
%module Abi

%ignore HUZHU_API;
%javaconst(1);

%{
#include "support.h"
%}

/* ---- Status ---- */

%typemap(jni) huzhu_status "void"
%typemap(jtype) huzhu_status "void"
%typemap(jstype) huzhu_status "void"
%typemap(javaout) huzhu_status "{ $jnicall; }"
%typemap(out) huzhu_status "if ($1 != HUZHU_OK) raise_status(jenv, $1, NULL);"

%typemap(jni) huzhu_status status "jint"
%typemap(jtype) huzhu_status status "int"
%typemap(jstype) huzhu_status status "int"

/* What does not fit is remembered by the claim, and its decision says it. */
%typemap(out) huzhu_status huzhu_claim_read_json
    "if ($1 != HUZHU_OK && $1 != HUZHU_DATA) raise_status(jenv, $1, NULL);"

%typemap(in, numinputs = 0) huzhu_diagnostics *diagnostics
    "$1 = NULL; (void)huzhu_diagnostics_new(NULL, &$1);"
%typemap(argout) huzhu_diagnostics *diagnostics "if (result != HUZHU_OK) raise_status(jenv, result, $1);"
%typemap(freearg) huzhu_diagnostics *diagnostics "huzhu_diagnostics_free($1);"

%typemap(in, numinputs = 0) const huzhu_allocator *allocator "$1 = NULL;"

/* ---- Handles ---- */

%define HUZHU_HANDLE(type)
%typemap(jni) type * "jlong"
%typemap(jtype) type * "long"
%typemap(jstype) type * "long"
%typemap(javain) type * "$javainput"
%typemap(javaout) type * "{ return $jnicall; }"
%typemap(in) type * "$1 = ($1_ltype)(intptr_t)$input;"
%typemap(out) type * "$result = (jlong)(intptr_t)$1;"
%enddef

%define HUZHU_OUT(type, way)
%typemap(jni) type "jlongArray"
%typemap(jtype) type "long[]"
%typemap(jstype) type "long[]"
%typemap(javain) type "$javainput"
%typemap(in) type ($*1_ltype made) "memset(&made, 0, sizeof made); $1 = &made;"
%typemap(argout) type { jlong out = (jlong)way made$argnum; put_long(jenv, $input, out); }
%enddef

%define HUZHU_OWNED(type, release)
HUZHU_HANDLE(type)
HUZHU_OUT(type **out, (intptr_t))
%enddef

%define HUZHU_BORROWED(type)
HUZHU_HANDLE(type)
HUZHU_OUT(const type **out, (intptr_t))
HUZHU_OUT(type **part, (intptr_t))
%enddef

/* The addresses that ArrowSchema.memoryAddress() and its like give: 0 is refused by every call that is bound here. */
%define HUZHU_ARROW(type, capsule)
HUZHU_HANDLE(struct type)
%enddef

HUZHU_OUT(size_t *out, )
HUZHU_OUT(size_t *count, )
HUZHU_OUT(size_t *passed, )
HUZHU_OUT(size_t *failed, )
HUZHU_OUT(int64_t *minor, )
HUZHU_OUT(int *changed, )
%apply long long { uint64_t line, uint64_t group_limit, uint64_t amount_limit };

/* ---- Texts ---- */

%define HUZHU_TEXT_IN(pointer, length)
%typemap(jni) (const char *pointer, size_t length) "jbyteArray"
%typemap(jtype) (const char *pointer, size_t length) "byte[]"
%typemap(jstype) (const char *pointer, size_t length) "byte[]"
%typemap(javain) (const char *pointer, size_t length) "$javainput"
%typemap(freearg) (const char *pointer, size_t length) "drop_bytes(&held$argnum);"
%typemap(argout) (const char *pointer, size_t length) ""
%typemap(in) (const char *pointer, size_t length) (bytes held)
    "take_bytes(jenv, $input, &held); $1 = ($1_ltype)held.data; $2 = held.size;"
%enddef

/* A text that ends with NUL. */
%define HUZHU_ENDED(pointer)
%typemap(jni) const char *pointer "jbyteArray"
%typemap(jtype) const char *pointer "byte[]"
%typemap(jstype) const char *pointer "byte[]"
%typemap(javain) const char *pointer "$javainput"
%typemap(freearg) const char *pointer "drop_bytes(&held$argnum);"
%typemap(argout) const char *pointer ""
%typemap(in) const char *pointer (bytes held) "take_bytes(jenv, $input, &held); $1 = ($1_ltype)held.data;"
%enddef

HUZHU_ENDED(folder)
HUZHU_ENDED(name)
HUZHU_ENDED(file)

%define HUZHU_TEXTS_IN(pointer, length)
%typemap(jni) (const char *const *pointer, size_t length) "jobjectArray"
%typemap(jtype) (const char *const *pointer, size_t length) "byte[][]"
%typemap(jstype) (const char *const *pointer, size_t length) "byte[][]"
%typemap(javain) (const char *const *pointer, size_t length) "$javainput"
%typemap(in) (const char *const *pointer, size_t length) (byte_list list)
    "take_list(jenv, $input, &list); $1 = ($1_ltype)list.items; $2 = list.count;"
%typemap(freearg) (const char *const *pointer, size_t length) "drop_list(&list$argnum);"
%typemap(argout) (const char *const *pointer, size_t length) ""
%enddef

%define HUZHU_NUMBERS_IN(type, data, count) %enddef

/* A long[], which is filled: its length says how many are wanted. */
%define HUZHU_NUMBERS_OUT(type, count, data)
%typemap(jni) (size_t count, type *data) "jlongArray"
%typemap(jtype) (size_t count, type *data) "long[]"
%typemap(jstype) (size_t count, type *data) "long[]"
%typemap(javain) (size_t count, type *data) "$javainput"
%typemap(in) (size_t count, type *data) "$1 = take_longs(jenv, $input, (jlong **)&$2);"
%typemap(argout) (size_t count, type *data) "if (result == HUZHU_OK) put_longs(jenv, $input, (const jlong *)$2);"
%typemap(freearg) (size_t count, type *data) "free($2);"
%enddef

%define HUZHU_SLOW(function) %enddef

%typemap(jni) huzhu_text, huzhu_text * "jbyteArray"
%typemap(jtype) huzhu_text, huzhu_text * "byte[]"
%typemap(jstype) huzhu_text, huzhu_text * "byte[]"
%typemap(javaout) huzhu_text, huzhu_text * "{ return $jnicall; }"
%typemap(out) huzhu_text "$result = give_bytes(jenv, $1);"
%typemap(out) huzhu_text * "$result = give_bytes(jenv, *$1);"

%typemap(jni) huzhu_text *out "jobjectArray"
%typemap(jtype) huzhu_text *out "byte[][]"
%typemap(jstype) huzhu_text *out "byte[][]"
%typemap(javain) huzhu_text *out "$javainput"
%typemap(in) huzhu_text *out (huzhu_text made) "made.data = \"\"; made.size = 0; $1 = &made;"
%typemap(argout) huzhu_text *out "put_bytes(jenv, $input, made$argnum);"

/* ---- Structs that describe plans: filled by the library, freed by delete(), never by a finalizer ---- */

%typemap(javafinalize) SWIGTYPE ""

%define HUZHU_VIEW(type)
%ignore type::struct_size;
%extend type {
    type() { type *made = calloc(1, sizeof *made); if (made) made->struct_size = sizeof *made; return made; }
    ~type() { free($self); }
}
%enddef

%immutable;

/* ---- Not for Java: its decisions are read as a whole (huzhu_decision_json), studies are Python's ---- */

%rename("$ignore", regextarget = 1) "^huzhu_(tally|study|flat_study|flat_tally|flat_take|flat_stream|flat_next|flat_rows)";
%rename("$ignore", regextarget = 1) "^huzhu_(cap|benefit|value|fee|reason|basis|error|counter)_view$";
%rename("$ignore", regextarget = 1) "^huzhu_decision_(benefit|value|fee|reason|counter|basis)_(cap_)?at$";
%rename("$ignore", regextarget = 1) "^huzhu_(counter_change$|decision_counter_change_at|decision_error)";
%rename("$ignore", regextarget = 1) "^(ARROW_.*|huzhu_arrow_stream)$";

%include "huzhu.i"

/* ---- For Plan.due: two codes without views ---- */

%inline %{
/* The code of the reason that decides; empty where there is none. */
static huzhu_text huzhu_java_reason(const huzhu_decision *decision) {
    huzhu_reason_view view = {.struct_size = sizeof view};
    if (huzhu_decision_reason_count(decision) == 0 || huzhu_decision_reason_at(decision, 0, &view) != HUZHU_OK) return (huzhu_text){"", 0};
    return view.code;
}

/* The code of what is wrong with the claim; empty where nothing is. */
static huzhu_text huzhu_java_error(const huzhu_decision *decision) {
    huzhu_error_view view = {.struct_size = sizeof view};
    if (huzhu_decision_error(decision, &view) != HUZHU_OK) return (huzhu_text){"", 0};
    return view.code;
}
%}
