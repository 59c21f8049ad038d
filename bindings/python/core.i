/* core.i - Python's typemaps for bindings/swig/huzhu.i: the module huzhu._core, flat functions over capsules. The package
 * huzhu is written by hand on top of it. Statuses become exceptions of huzhu._errors, results come back as values. */
%module _core

%{
#include "core.h"
/* In calls that have no diagnostics; the others have a variable of the same name (typemap of diagnostics). */
static huzhu_diagnostics *const _global_found = NULL;
%}

%warnfilter(314); /* `from` is renamed */
%rename("%(regex:/^(huzhu_|HUZHU_)(.*)/\\2/)s") "";
%nothread;

#define HUZHU_SLOW(FUNCTION) %thread FUNCTION;

/* ---- Errors --------------------------------------------------------------------------------------------------------- */

%typemap(in, numinputs=0, noblock=1) huzhu_diagnostics *diagnostics (huzhu_diagnostics *_global_found = NULL) {
  huzhu_diagnostics_new(NULL, &_global_found);
  $1 = _global_found;
}
%typemap(freearg, noblock=1) huzhu_diagnostics *diagnostics { huzhu_diagnostics_free($1); }
%typemap(out, noblock=1) huzhu_status {
  if ($1 != HUZHU_OK) {
    core_raise($1, _global_found, "$symname");
    SWIG_fail;
  }
  Py_INCREF(Py_None);
  $result = Py_None;
}

/* ---- Objects ---------------------------------------------------------------------------------------------------------- */

%define HUZHU_OWNED(TYPE, FREE)
%{
CORE_OWNED(TYPE, FREE)
%}
%ignore TYPE;
%ignore FREE;
%typemap(in, noblock=1) TYPE *, const TYPE * {
  $1 = PyCapsule_GetPointer($input, #TYPE);
  if ($1 == NULL) SWIG_fail;
}
%typemap(in, numinputs=0, noblock=1) TYPE **out (TYPE *made = NULL) { $1 = &made; }
%typemap(argout, noblock=1) TYPE **out { $result = core_append($result, core_owned_ ## TYPE(*$1)); }
%enddef

%define HUZHU_BORROWED(TYPE)
%ignore TYPE;
%typemap(in, noblock=1) TYPE *, const TYPE * {
  $1 = PyCapsule_GetPointer($input, #TYPE);
  if ($1 == NULL) SWIG_fail;
}
%typemap(out, noblock=1) TYPE *, const TYPE * { $result = core_borrowed($1, #TYPE, swig_obj[0]); }
%typemap(in, numinputs=0, noblock=1) TYPE **part (TYPE *found = NULL) { $1 = &found; }
%typemap(argout, noblock=1) TYPE **part { $result = core_append($result, core_borrowed(*$1, #TYPE, swig_obj[0])); }
%enddef

%typemap(in, numinputs=0, noblock=1) const huzhu_plan **out (const huzhu_plan *found = NULL) { $1 = &found; }
%typemap(argout, noblock=1) const huzhu_plan **out { $result = core_append($result, core_borrowed(*$1, "huzhu_plan", swig_obj[0])); }

%typemap(in, numinputs=0, noblock=1) const huzhu_allocator *allocator { $1 = NULL; }

/* ---- Structs of Arrow -------------------------------------------------------------------------------------------------- */

%define HUZHU_ARROW(TYPE, NAME)
%{
CORE_ARROW(TYPE, NAME)
%}
%typemap(in, noblock=1) struct TYPE *, const struct TYPE * {
  $1 = PyCapsule_GetPointer($input, #NAME);
  if ($1 == NULL) SWIG_fail;
}
%typemap(in, numinputs=0, noblock=1) struct TYPE *out (struct TYPE made) {
  memset(&made, 0, sizeof made);
  $1 = &made;
}
%typemap(argout, noblock=1) struct TYPE *out { $result = core_append($result, core_arrow_ ## TYPE($1)); }
%enddef

/* ---- Views ------------------------------------------------------------------------------------------------------------- */

%define HUZHU_VIEW(TYPE)
%ignore TYPE;
%typemap(in, numinputs=0, noblock=1) TYPE *out (TYPE view) {
  memset(&view, 0, sizeof view);
  view.struct_size = sizeof view;
  $1 = &view;
}
%typemap(argout, noblock=1) TYPE *out { $result = core_append($result, core_view_ ## TYPE($1)); }
%enddef

/* ---- Texts and numbers ---------------------------------------------------------------------------------------------------- */

%typemap(out, noblock=1) huzhu_text { $result = core_text($1); }
%typemap(in, numinputs=0, noblock=1) huzhu_text *out (huzhu_text said) { $1 = &said; }
%typemap(argout, noblock=1) huzhu_text *out { $result = core_append($result, core_text(*$1)); }

%typemap(in, noblock=1) const char * {
  $1 = (char *)core_string($input);
  if ($1 == NULL) SWIG_fail;
}
%typemap(freearg) const char * "";

%define HUZHU_TEXT_IN(DATA, SIZE)
%typemap(in, noblock=1) (const char *DATA, size_t SIZE) (Py_ssize_t length = 0) {
  $1 = (char *)core_bytes($input, &length);
  if ($1 == NULL) SWIG_fail;
  $2 = (size_t)length;
}
%typemap(freearg) (const char *DATA, size_t SIZE) "";
%enddef

%define HUZHU_TEXTS_IN(DATA, COUNT)
%typemap(in, noblock=1) (const char *const *DATA, size_t COUNT) (const char **texts = NULL, size_t count = 0) {
  if (core_texts($input, &texts, &count) != 0) SWIG_fail;
  $1 = (void *)texts;
  $2 = count;
}
%typemap(freearg, noblock=1) (const char *const *DATA, size_t COUNT) { free((void *)$1); }
%enddef

%define HUZHU_NUMBERS_IN(TYPE, DATA, COUNT)
%typemap(in, noblock=1) (const TYPE *DATA, size_t COUNT) (TYPE *numbers = NULL, size_t count = 0) {
  if (core_numbers_ ## TYPE($input, &numbers, &count) != 0) {
    free(numbers);
    SWIG_fail;
  }
  $1 = numbers;
  $2 = count;
}
%typemap(freearg, noblock=1) (const TYPE *DATA, size_t COUNT) { free((void *)$1); }
%enddef

%define HUZHU_NUMBERS_OUT(TYPE, COUNT, DATA)
%typemap(in, noblock=1) (size_t COUNT, TYPE *DATA) (TYPE *numbers = NULL) {
  $1 = PyLong_AsSize_t($input);
  if ($1 == (size_t)-1 && PyErr_Occurred()) SWIG_fail;
  numbers = $1 <= 65536 ? calloc($1 + 1, sizeof *numbers) : NULL;
  if (numbers == NULL) {
    PyErr_NoMemory();
    SWIG_fail;
  }
  $2 = numbers;
}
%typemap(argout, noblock=1) (size_t COUNT, TYPE *DATA) { $result = core_append($result, core_list_ ## TYPE($2, $1)); }
%typemap(freearg, noblock=1) (size_t COUNT, TYPE *DATA) { free($2); }
%enddef

%typemap(in, numinputs=0, noblock=1) int64_t *minor (int64_t number = 0) { $1 = &number; }
%typemap(argout, noblock=1) int64_t *minor { $result = core_append($result, PyLong_FromLongLong(*$1)); }
%typemap(in, numinputs=0, noblock=1) size_t *out (size_t number = 0), size_t *count (size_t number = 0), size_t *passed (size_t number = 0), size_t *failed (size_t number = 0) { $1 = &number; }
%typemap(argout, noblock=1) size_t *out, size_t *count, size_t *passed, size_t *failed { $result = core_append($result, PyLong_FromSize_t(*$1)); }
%typemap(in, numinputs=0, noblock=1) int *changed (int flag = 0) { $1 = &flag; }
%typemap(argout, noblock=1) int *changed { $result = core_append($result, PyBool_FromLong(*$1)); }

%include "huzhu.i"


/* ---- For this language alone: arrays handed around --------------------------------------------------------------------- */

%{
#include "arrow.h"
%}
PyObject *hold(PyObject *capsule);
PyObject *stream_of(PyObject *schema, PyObject *arrays);
PyObject *array_of(PyObject *list, int64_t rows);
PyObject *schema_saying(PyObject *schema, PyObject *metadata);
PyObject *columns_of(PyObject *schema, PyObject *array);
PyObject *schema_names(PyObject *schema);
PyObject *is_array(PyObject *capsule);
