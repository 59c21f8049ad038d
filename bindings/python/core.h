/* core.h - what the typemaps of core.i call: objects of the library as capsules, texts, lists, views, errors. Part of the
 * wrapper that SWIG makes, called by nothing else. Limited API of CPython 3.11. */
#ifndef HUZHU_PYTHON_CORE_H
#define HUZHU_PYTHON_CORE_H

#include <Python.h>
#include <stdlib.h>
#include <string.h>

#include "huzhu/study.h"

/* ---- Errors: one place ---------------------------------------------------------------------------------------------- */

static PyObject *core_text(huzhu_text text)
{
    return PyUnicode_FromStringAndSize(text.data != NULL ? text.data : "", (Py_ssize_t)text.size);
}

/* The diagnostics as a list of (severity, code, message, hint, file, line, column, end_line, end_column). */
static PyObject *core_diagnostics(const huzhu_diagnostics *diagnostics)
{
    size_t count = diagnostics != NULL ? huzhu_diagnostics_count(diagnostics) : 0;
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list != NULL && i < count; i++) {
        huzhu_diagnostic found = {.struct_size = sizeof found};
        if (huzhu_diagnostics_at(diagnostics, i, &found) != HUZHU_OK) break;
        PyObject *item = Py_BuildValue("(INNNNIIII)", found.severity, core_text(found.code), core_text(found.message),
                                       core_text(found.hint), core_text(found.file), found.line, found.column, found.end_line,
                                       found.end_column);
        if (item == NULL || PyList_Append(list, item) != 0) Py_CLEAR(list);
        Py_XDECREF(item);
    }
    return list;
}

/* Raises what huzhu._errors.failure makes of a status: the only place where one becomes an exception. */
static void core_raise(huzhu_status status, const huzhu_diagnostics *diagnostics, const char *call)
{
    if (PyErr_Occurred()) return;
    PyObject *module = PyImport_ImportModule("huzhu._errors");
    PyObject *list = module != NULL ? core_diagnostics(diagnostics) : NULL;
    PyObject *text = list != NULL && diagnostics != NULL ? core_text(huzhu_diagnostics_text(diagnostics)) : PyUnicode_FromString("");
    PyObject *error = list != NULL && text != NULL
                          ? PyObject_CallMethod(module, "failure", "isOOs", (int)status, huzhu_status_text(status), list, text, call)
                          : NULL;
    if (error != NULL) PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    Py_XDECREF(error);
    Py_XDECREF(text);
    Py_XDECREF(list);
    Py_XDECREF(module);
}

/* ---- Results -------------------------------------------------------------------------------------------------------- */

/* Adds a result: the first stands alone, more make a tuple. Steals both. */
static PyObject *core_append(PyObject *results, PyObject *more)
{
    if (results == NULL || more == NULL) {
        Py_XDECREF(results);
        Py_XDECREF(more);
        return NULL;
    }
    if (results == Py_None) {
        Py_DECREF(results);
        return more;
    }
    PyObject *both = PyTuple_Check(results) ? PyTuple_New(PyTuple_Size(results) + 1) : PyTuple_New(2);
    if (both != NULL) {
        Py_ssize_t count = PyTuple_Size(both) - 1;
        for (Py_ssize_t i = 0; i < count; i++) {
            PyObject *item = PyTuple_Check(results) ? PyTuple_GetItem(results, i) : results;
            Py_INCREF(item);
            PyTuple_SetItem(both, i, item);
        }
        PyTuple_SetItem(both, count, more);
    } else {
        Py_DECREF(more);
    }
    Py_DECREF(results);
    return both;
}

/* ---- Objects as capsules ---------------------------------------------------------------------------------------------- */

/* A borrowed object keeps what it lives in: owner, a capsule, is the context. */
static void core_let_go(PyObject *capsule)
{
    Py_XDECREF((PyObject *)PyCapsule_GetContext(capsule));
}

static PyObject *core_borrowed(const void *object, const char *name, PyObject *owner)
{
    if (object == NULL) Py_RETURN_NONE;
    PyObject *capsule = PyCapsule_New((void *)(uintptr_t)object, name, core_let_go);
    if (capsule == NULL) return NULL;
    Py_INCREF(owner);
    PyCapsule_SetContext(capsule, owner);
    return capsule;
}

/* An object of the library that its capsule frees. Borrowed ones have the same name, so that calls take both. */
#define CORE_OWNED(TYPE, FREE)                                                                                             \
    static void core_free_##TYPE(PyObject *capsule)                                                                        \
    {                                                                                                                      \
        FREE(PyCapsule_GetPointer(capsule, #TYPE));                                                                        \
    }                                                                                                                      \
    static PyObject *core_owned_##TYPE(TYPE *object)                                                                       \
    {                                                                                                                      \
        PyObject *capsule = PyCapsule_New(object, #TYPE, core_free_##TYPE);                                                \
        if (capsule == NULL) FREE(object);                                                                                 \
        return capsule;                                                                                                    \
    }

/* ---- Structs of Arrow as capsules of the PyCapsule protocol ------------------------------------------------------------ */

#define CORE_ARROW(TYPE, NAME)                                                                                             \
    static void core_release_##TYPE(PyObject *capsule)                                                                     \
    {                                                                                                                      \
        struct TYPE *moved = PyCapsule_GetPointer(capsule, #NAME);                                                         \
        if (moved->release != NULL) moved->release(moved);                                                                 \
        free(moved);                                                                                                       \
    }                                                                                                                      \
    static PyObject *core_arrow_##TYPE(struct TYPE *made)                                                                  \
    {                                                                                                                      \
        struct TYPE *moved = malloc(sizeof *moved);                                                                        \
        if (moved != NULL) *moved = *made;                                                                                 \
        PyObject *capsule = moved != NULL ? PyCapsule_New(moved, #NAME, core_release_##TYPE) : PyErr_NoMemory();           \
        if (capsule == NULL) {                                                                                             \
            if (made->release != NULL) made->release(made);                                                                \
            free(moved);                                                                                                   \
        }                                                                                                                  \
        return capsule;                                                                                                    \
    }

/* ---- Texts ------------------------------------------------------------------------------------------------------------ */

/* A str, or bytes of UTF-8; borrowed from the object. NULL: an exception is set. */
static const char *core_bytes(PyObject *object, Py_ssize_t *size)
{
    char *bytes = NULL;
    if (PyUnicode_Check(object)) return PyUnicode_AsUTF8AndSize(object, size);
    if (PyBytes_Check(object)) return PyBytes_AsStringAndSize(object, &bytes, size) == 0 ? bytes : NULL;
    PyErr_SetString(PyExc_TypeError, "expected str or bytes");
    return NULL;
}

/* The same for texts that end with NUL. */
static const char *core_string(PyObject *object)
{
    Py_ssize_t size = 0;
    const char *bytes = core_bytes(object, &size);
    if (bytes == NULL || strlen(bytes) == (size_t)size) return bytes;
    PyErr_SetString(PyExc_ValueError, "a text with a NUL in it");
    return NULL;
}

/* A list or tuple of texts; the array is the caller's to free, its items borrowed. None: *count 0 and NULL. */
static int core_texts(PyObject *object, const char ***texts, size_t *count)
{
    *texts = NULL;
    *count = 0;
    if (object == Py_None) return 0;
    if (!PyList_Check(object) && !PyTuple_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "expected a list of texts");
        return -1;
    }
    Py_ssize_t size = PySequence_Size(object);
    const char **items = calloc((size_t)size + 1, sizeof *items);
    if (items == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < size; i++) {
        PyObject *item = PyList_Check(object) ? PyList_GetItem(object, i) : PyTuple_GetItem(object, i);
        items[i] = item != NULL ? core_string(item) : NULL;
        if (items[i] == NULL) {
            free((void *)items);
            return -1;
        }
    }
    *texts = items;
    *count = (size_t)size;
    return 0;
}

/* A list of whole numbers, each stored as TYPE; the array is the caller's to free. */
#define CORE_NUMBERS(TYPE)                                                                                                 \
    static int core_numbers_##TYPE(PyObject *object, TYPE **numbers, size_t *count)                                        \
    {                                                                                                                      \
        Py_ssize_t size = object == Py_None ? 0 : PySequence_Size(object);                                                 \
        *numbers = size >= 0 ? calloc((size_t)size + 1, sizeof **numbers) : NULL;                                          \
        if (*numbers == NULL) {                                                                                            \
            if (size >= 0) PyErr_NoMemory();                                                                               \
            return -1;                                                                                                     \
        }                                                                                                                  \
        for (Py_ssize_t i = 0; i < size; i++) {                                                                            \
            PyObject *item = PySequence_GetItem(object, i);                                                                \
            long long number = item != NULL ? PyLong_AsLongLong(item) : -1;                                                \
            Py_XDECREF(item);                                                                                              \
            if (number == -1 && PyErr_Occurred()) return -1;                                                               \
            (*numbers)[i] = (TYPE)number;                                                                                  \
            if ((long long)(*numbers)[i] != number) {                                                                      \
                PyErr_SetString(PyExc_OverflowError, "a number that is too large");                                        \
                return -1;                                                                                                 \
            }                                                                                                              \
        }                                                                                                                  \
        *count = (size_t)size;                                                                                             \
        return 0;                                                                                                          \
    }

CORE_NUMBERS(int64_t)
CORE_NUMBERS(uint32_t)

static PyObject *core_list_int64_t(const int64_t *numbers, size_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list != NULL && i < count; i++) PyList_SetItem(list, (Py_ssize_t)i, PyLong_FromLongLong(numbers[i]));
    return list;
}

/* ---- Views: as tuples, fields in the order of the header ---------------------------------------------------------------- */

static PyObject *core_view_huzhu_input_info(const huzhu_input_info *v)
{
    return Py_BuildValue("(IIiNNNNNNnIIN)", v->type, v->need, v->scale, core_text(v->name), core_text(v->label_zh),
                         core_text(v->label_en), core_text(v->unit), core_text(v->fallback), core_text(v->range),
                         (Py_ssize_t)v->code_count, v->for_claim, v->for_enrolment, core_text(v->condition));
}

static PyObject *core_view_huzhu_code_info(const huzhu_code_info *v)
{
    return Py_BuildValue("(NNN)", core_text(v->id), core_text(v->label_zh), core_text(v->label_en));
}

static PyObject *core_view_huzhu_counter_info(const huzhu_counter_info *v)
{
    return Py_BuildValue("(IiNNN)", v->type, v->scale, core_text(v->name), core_text(v->unit), core_text(v->per));
}

static PyObject *core_view_huzhu_counter_read(const huzhu_counter_read *v)
{
    return Py_BuildValue("(INN)", v->counter, core_text(v->name), core_text(v->key));
}

static PyObject *core_view_huzhu_benefit_view(const huzhu_benefit_view *v)
{
    return Py_BuildValue("(INNNLLn)", v->asked, core_text(v->id), core_text(v->gross), core_text(v->net),
                         (long long)v->gross_minor, (long long)v->net_minor, (Py_ssize_t)v->cap_count);
}

static PyObject *core_view_huzhu_cap_view(const huzhu_cap_view *v)
{
    return Py_BuildValue("(INNNNiL)", v->has_limit, core_text(v->code), core_text(v->limit), core_text(v->used),
                         core_text(v->cut), v->scale, (long long)v->cut_value);
}

static PyObject *core_view_huzhu_value_view(const huzhu_value_view *v)
{
    return Py_BuildValue("(iNNNLLn)", v->scale, core_text(v->id), core_text(v->before), core_text(v->after),
                         (long long)v->before_value, (long long)v->after_value, (Py_ssize_t)v->cap_count);
}

static PyObject *core_view_huzhu_fee_view(const huzhu_fee_view *v)
{
    return Py_BuildValue("(NNL)", core_text(v->id), core_text(v->amount), (long long)v->amount_minor);
}

static PyObject *core_view_huzhu_reason_view(const huzhu_reason_view *v)
{
    return Py_BuildValue("(INN)", v->kind, core_text(v->code), core_text(v->clause));
}

static PyObject *core_view_huzhu_counter_view(const huzhu_counter_view *v)
{
    return Py_BuildValue("(IIINNNNNNLLL)", v->counter, v->has_before, v->has_change, core_text(v->name), core_text(v->unit),
                         core_text(v->key), core_text(v->before), core_text(v->change), core_text(v->after),
                         (long long)v->before_value, (long long)v->change_value, (long long)v->after_value);
}

static PyObject *core_view_huzhu_counter_change(const huzhu_counter_change *v)
{
    return Py_BuildValue("(IIILLL)", v->counter, v->has_before, v->has_change, (long long)v->before, (long long)v->change,
                         (long long)v->after);
}

static PyObject *core_view_huzhu_basis_view(const huzhu_basis_view *v)
{
    return Py_BuildValue("(INNNNNN)", v->rests_on, core_text(v->path), core_text(v->value), core_text(v->unit),
                         core_text(v->from), core_text(v->status), core_text(v->source));
}

static PyObject *core_view_huzhu_error_view(const huzhu_error_view *v)
{
    return Py_BuildValue("(NNNN)", core_text(v->code), core_text(v->input), core_text(v->message), core_text(v->hint));
}

#endif
