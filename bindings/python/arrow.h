/* arrow.h - arrays of Arrow that Python hands around: held by count and given out as streams any number of times, made of
 * buffers of NumPy, and read back into bytes. Part of the wrapper that SWIG makes (core.i). Without an Arrow library.
 *
 * What goes to other libraries (held arrays, streams) is counted with atomics: they may release it on any thread. What is
 * made of Python's buffers takes the GIL when the last of it is released. */
#ifndef HUZHU_PYTHON_ARROW_H
#define HUZHU_PYTHON_ARROW_H

#include <errno.h>
#include <stdatomic.h>

#include "core.h"

/* ---- Schemas, copied ------------------------------------------------------------------------------------------------------ */

static void schema_release(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i] == NULL) continue;
        if (schema->children[i]->release != NULL) schema->children[i]->release(schema->children[i]);
        free(schema->children[i]);
    }
    if (schema->dictionary != NULL && schema->dictionary->release != NULL) schema->dictionary->release(schema->dictionary);
    free(schema->dictionary);
    free((void *)schema->children);
    free((void *)schema->format);
    free((void *)schema->name);
    free((void *)schema->metadata);
    schema->release = NULL;
}

static char *text_copy(const char *text)
{
    size_t size = strlen(text != NULL ? text : "") + 1;
    char *copy = malloc(size);
    return copy != NULL ? memcpy(copy, text != NULL ? text : "", size) : NULL;
}

/* Metadata: a count, and for each key and value a size and so many bytes. */
static size_t metadata_size(const char *metadata)
{
    int32_t pairs, size;
    size_t at = sizeof pairs;
    memcpy(&pairs, metadata, sizeof pairs);
    for (int32_t i = 0; i < 2 * pairs; i++, at += sizeof size + (size_t)size) memcpy(&size, metadata + at, sizeof size);
    return at;
}

static char *metadata_copy(const char *metadata)
{
    char *copy = malloc(metadata_size(metadata));
    return copy != NULL ? memcpy(copy, metadata, metadata_size(metadata)) : NULL;
}

/* Whatever was copied is in *out, which can be released, also when it fails. */
static int schema_copy(const struct ArrowSchema *in, struct ArrowSchema *out)
{
    *out = (struct ArrowSchema){.flags = in->flags, .release = schema_release};
    out->format = text_copy(in->format);
    out->name = text_copy(in->name);
    out->metadata = in->metadata != NULL ? metadata_copy(in->metadata) : NULL;
    out->children = calloc((size_t)in->n_children + 1, sizeof *out->children);
    if (out->format == NULL || out->name == NULL || out->children == NULL) return -1;
    if (in->metadata != NULL && out->metadata == NULL) return -1;
    for (; out->n_children < in->n_children; out->n_children++) {
        struct ArrowSchema *child = calloc(1, sizeof *child);
        out->children[out->n_children] = child;
        if (child == NULL) return -1;
        if (schema_copy(in->children[out->n_children], child) != 0) {
            out->n_children++;
            return -1;
        }
    }
    if (in->dictionary == NULL) return 0;
    out->dictionary = calloc(1, sizeof *out->dictionary);
    return out->dictionary != NULL ? schema_copy(in->dictionary, out->dictionary) : -1;
}

/* ---- Arrays, held by count -------------------------------------------------------------------------------------------------- */

typedef struct held {
    atomic_size_t count;
    struct ArrowArray array;
} held;

static void held_release(held *held)
{
    if (held == NULL || atomic_fetch_sub(&held->count, 1) != 1) return;
    if (held->array.release != NULL) held->array.release(&held->array);
    free(held);
}

/* An array that is given out: nodes of its own, buffers of the one held. */
static void given_release(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i] == NULL) continue;
        if (array->children[i]->release != NULL) array->children[i]->release(array->children[i]);
        free(array->children[i]);
    }
    if (array->dictionary != NULL && array->dictionary->release != NULL) array->dictionary->release(array->dictionary);
    free(array->dictionary);
    free((void *)array->children);
    held_release(array->private_data);
    array->release = NULL;
}

static int give(held *from, const struct ArrowArray *in, struct ArrowArray *out)
{
    *out = *in;
    out->children = calloc((size_t)in->n_children + 1, sizeof *out->children);
    out->n_children = 0;
    out->dictionary = NULL;
    out->private_data = from;
    out->release = given_release;
    atomic_fetch_add(&from->count, 1);
    if (out->children == NULL) return -1;
    for (; out->n_children < in->n_children; out->n_children++) {
        struct ArrowArray *child = calloc(1, sizeof *child);
        out->children[out->n_children] = child;
        if (child == NULL) return -1;
        if (give(from, in->children[out->n_children], child) != 0) {
            out->n_children++;
            return -1;
        }
    }
    if (in->dictionary == NULL) return 0;
    out->dictionary = calloc(1, sizeof *out->dictionary);
    return out->dictionary != NULL ? give(from, in->dictionary, out->dictionary) : -1;
}

static void held_free(PyObject *capsule)
{
    held_release(PyCapsule_GetPointer(capsule, "huzhu_held"));
}

/* Takes an array over, so that streams can give it out. */
static PyObject *hold(PyObject *capsule)
{
    struct ArrowArray *array = PyCapsule_GetPointer(capsule, "arrow_array");
    if (array == NULL) return NULL;
    held *made = calloc(1, sizeof *made);
    if (made == NULL) return PyErr_NoMemory();
    atomic_init(&made->count, 1);
    made->array = *array;
    PyObject *result = PyCapsule_New(made, "huzhu_held", held_free);
    if (result != NULL) array->release = NULL;
    else free(made);
    return result;
}

/* ---- Streams of held arrays --------------------------------------------------------------------------------------------------- */

typedef struct supply {
    struct ArrowSchema schema;
    size_t count, next;
    held *arrays[];
} supply;

static int supply_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    supply *from = stream->private_data;
    if (schema_copy(&from->schema, out) == 0) return 0;
    out->release(out);
    return ENOMEM;
}

static int supply_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    supply *from = stream->private_data;
    memset(out, 0, sizeof *out);
    if (from->next == from->count) return 0;
    held *array = from->arrays[from->next];
    if (give(array, &array->array, out) == 0) {
        from->next++;
        return 0;
    }
    out->release(out);
    return ENOMEM;
}

static const char *supply_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return NULL;
}

static void supply_release(struct ArrowArrayStream *stream)
{
    supply *from = stream->private_data;
    if (from->schema.release != NULL) from->schema.release(&from->schema);
    for (size_t i = 0; i < from->count; i++) held_release(from->arrays[i]);
    free(from);
    stream->release = NULL;
}

/* A stream of the arrays of a list (hold), under a schema, which is copied. */
static PyObject *stream_of(PyObject *schema, PyObject *arrays)
{
    const struct ArrowSchema *said = PyCapsule_GetPointer(schema, "arrow_schema");
    if (said == NULL) return NULL;
    if (!PyList_Check(arrays)) return PyErr_Format(PyExc_TypeError, "expected a list of arrays");
    size_t count = (size_t)PyList_Size(arrays);
    supply *made = calloc(1, sizeof *made + count * sizeof *made->arrays);
    if (made == NULL) return PyErr_NoMemory();
    struct ArrowArrayStream stream = {supply_schema, supply_next, supply_error, supply_release, made};
    int failed = schema_copy(said, &made->schema) != 0;
    if (failed) PyErr_NoMemory();
    for (size_t i = 0; !failed && i < count; i++) {
        held *array = PyCapsule_GetPointer(PyList_GetItem(arrays, (Py_ssize_t)i), "huzhu_held");
        failed = array == NULL;
        if (failed) break;
        atomic_fetch_add(&array->count, 1);
        made->arrays[made->count++] = array;
    }
    if (!failed) return core_arrow_ArrowArrayStream(&stream);
    supply_release(&stream);
    return NULL;
}

/* ---- Arrays of Python's buffers ------------------------------------------------------------------------------------------------- */

/* A column: its buffers as Arrow has them, the first being the validity, and what holds them. */
typedef struct column {
    struct ArrowArray array;
    const void *pointers[3];
    Py_buffer views[3];
    struct column *dictionary; /* NULL: the values are what they stand for */
} column;

typedef struct columns {
    struct ArrowSchema schema;
    struct ArrowArray array;
    const void *none[1];
    struct ArrowArray **children;
    column *items;
    Py_ssize_t count;
} columns;

static void column_let_go(column *item, int alive)
{
    for (int b = 0; b < 3; b++)
        if (alive && item->views[b].obj != NULL) PyBuffer_Release(&item->views[b]);
    if (item->dictionary != NULL) column_let_go(item->dictionary, alive);
    free(item->dictionary);
}

/* On any thread, and after the interpreter's end: then what held the buffers is gone or stays. */
static void columns_release(struct ArrowArray *array)
{
    columns *all = array->private_data;
    const int alive = Py_IsInitialized();
    const PyGILState_STATE state = alive ? PyGILState_Ensure() : PyGILState_UNLOCKED;
    for (Py_ssize_t i = 0; i < all->count; i++) column_let_go(&all->items[i], alive);
    if (alive) PyGILState_Release(state);
    free((void *)all->children);
    free(all->items);
    free(all);
    array->release = NULL;
}

static void nothing_release(struct ArrowArray *array)
{
    array->release = NULL;
}

/* The schema of a column; children NULL: there is no memory. */
static int schema_begin(struct ArrowSchema *schema, const char *name, const char *format)
{
    *schema = (struct ArrowSchema){.flags = ARROW_FLAG_NULLABLE, .release = schema_release};
    schema->format = text_copy(format);
    schema->name = text_copy(name);
    schema->children = calloc(1, sizeof *schema->children);
    if (schema->format != NULL && schema->name != NULL && schema->children != NULL) return 0;
    PyErr_NoMemory();
    return -1;
}

/* Fills a column from (name, format, buffers) and, where its values are places in a dictionary, a fourth: the dictionary as
 * such a column, and its length. Buffers are a list of objects with a buffer, None where there is none. */
static int column_fill(column *item, struct ArrowSchema *schema, int64_t rows, PyObject *said)
{
    const char *name, *format;
    PyObject *buffers, *dictionary = NULL, *inner = NULL;
    Py_ssize_t length = 0;
    if (!PyArg_ParseTuple(said, "ssO!|O!", &name, &format, &PyList_Type, &buffers, &PyTuple_Type, &dictionary)) return -1;
    if (schema_begin(schema, name, format) != 0) return -1;
    Py_ssize_t count = PyList_Size(buffers);
    for (Py_ssize_t b = 0; b < count && b < 3; b++) {
        PyObject *buffer = PyList_GetItem(buffers, b);
        if (buffer == Py_None) continue;
        if (PyObject_GetBuffer(buffer, &item->views[b], PyBUF_SIMPLE) != 0) return -1;
        item->pointers[b] = item->views[b].buf;
    }
    item->array = (struct ArrowArray){.length = rows,
                                      .null_count = item->pointers[0] != NULL ? -1 : 0,
                                      .n_buffers = count,
                                      .buffers = item->pointers,
                                      .release = nothing_release};
    if (dictionary == NULL) return 0;
    if (!PyArg_ParseTuple(dictionary, "On", &inner, &length)) return -1;
    schema->dictionary = calloc(1, sizeof *schema->dictionary);
    item->dictionary = calloc(1, sizeof *item->dictionary);
    if (schema->dictionary == NULL || item->dictionary == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    item->array.dictionary = &item->dictionary->array;
    return column_fill(item->dictionary, schema->dictionary, length, inner);
}

/* An array of columns, each (name, format, [validity, values, …]), of so many rows: (schema, array). Buffers have to be as
 * long as Arrow asks; _numpy.py makes them so. */
static PyObject *array_of(PyObject *list, int64_t rows)
{
    if (!PyList_Check(list)) return PyErr_Format(PyExc_TypeError, "expected a list of columns");
    Py_ssize_t count = PyList_Size(list);
    columns *all = calloc(1, sizeof *all);
    if (all == NULL) return PyErr_NoMemory();
    struct ArrowSchema schema = {.release = schema_release};
    schema.format = text_copy("+s");
    schema.name = text_copy("");
    schema.children = calloc((size_t)count + 1, sizeof *schema.children);
    all->items = calloc((size_t)count + 1, sizeof *all->items);
    all->children = calloc((size_t)count + 1, sizeof *all->children);
    all->array = (struct ArrowArray){.length = rows, .n_buffers = 1, .buffers = all->none, .children = all->children,
                                     .release = columns_release, .private_data = all};
    int failed = schema.format == NULL || schema.name == NULL || schema.children == NULL || all->items == NULL || all->children == NULL;
    if (failed) PyErr_NoMemory();
    for (Py_ssize_t i = 0; !failed && i < count; i++) {
        struct ArrowSchema *child = calloc(1, sizeof *child);
        if (child == NULL) PyErr_NoMemory();
        schema.children[i] = child;
        schema.n_children = i + 1;
        all->count = i + 1;
        failed = child == NULL || column_fill(&all->items[i], child, rows, PyList_GetItem(list, i)) != 0;
        all->children[i] = &all->items[i].array;
        all->array.n_children = i + 1;
    }
    struct ArrowArray array = all->array;
    if (failed) {
        schema_release(&schema);
        columns_release(&array);
        return NULL;
    }
    return core_append(core_append(Py_NewRef(Py_None), core_arrow_ArrowSchema(&schema)), core_arrow_ArrowArray(&array));
}

/* A copy of a schema with metadata: bytes as Arrow has them. */
static PyObject *schema_saying(PyObject *schema, PyObject *metadata)
{
    const struct ArrowSchema *said = PyCapsule_GetPointer(schema, "arrow_schema");
    const char *bytes = said != NULL ? PyBytes_AsString(metadata) : NULL;
    if (bytes == NULL) return NULL;
    struct ArrowSchema copy;
    int failed = schema_copy(said, &copy) != 0;
    if (!failed) {
        free((void *)copy.metadata);
        copy.metadata = metadata_copy(bytes);
        failed = copy.metadata == NULL;
    }
    if (!failed) return core_arrow_ArrowSchema(&copy);
    copy.release(&copy);
    return PyErr_NoMemory();
}

/* ---- Results, read ------------------------------------------------------------------------------------------------------------------ */

/* Bytes of a buffer of so many items; None where there is none. */
static PyObject *buffer_copy(const struct ArrowArray *array, int64_t index, size_t size)
{
    if (index >= array->n_buffers || array->buffers[index] == NULL) Py_RETURN_NONE;
    return PyBytes_FromStringAndSize(array->buffers[index], (Py_ssize_t)size);
}

static size_t item_size(const char *format)
{
    switch (format[0]) {
    case 'c': case 'C': return 1;
    case 's': case 'S': return 2;
    case 'i': case 'I': return 4;
    case 'l': case 'L': return 8;
    case 'd': return 16;
    case 't': return format[1] == 'd' && format[2] == 'D' ? 4 : 8;
    default: return 0;
    }
}

/* A column of results, whose offset is 0: (name, format, rows, validity, values, more, child, dictionary): more are the bytes of
 * texts, whose values are offsets; child that of a list. */
static PyObject *column_read(const struct ArrowSchema *schema, const struct ArrowArray *array)
{
    size_t rows = (size_t)array->length;
    const char *format = schema->format;
    int texts = strcmp(format, "u") == 0, large = strcmp(format, "U") == 0, list = strcmp(format, "+l") == 0;
    size_t size = texts || list ? (rows + 1) * 4 : large ? (rows + 1) * 8 : format[0] == 'b' ? (rows + 7) / 8 : rows * item_size(format);
    size_t more = 0;
    if (texts && rows > 0) more = (size_t)((const int32_t *)array->buffers[1])[rows];
    if (large && rows > 0) more = (size_t)((const int64_t *)array->buffers[1])[rows];
    PyObject *child = list ? column_read(schema->children[0], array->children[0]) : Py_NewRef(Py_None);
    PyObject *dictionary = schema->dictionary != NULL ? column_read(schema->dictionary, array->dictionary) : Py_NewRef(Py_None);
    if (child == NULL || dictionary == NULL) {
        Py_XDECREF(child);
        Py_XDECREF(dictionary);
        return NULL;
    }
    return Py_BuildValue("(ssnNNNNN)", schema->name, format, (Py_ssize_t)rows, buffer_copy(array, 0, (rows + 7) / 8),
                         buffer_copy(array, 1, size), buffer_copy(array, 2, more), child, dictionary);
}

/* The columns of an array of results. */
static PyObject *columns_of(PyObject *schema, PyObject *array)
{
    const struct ArrowSchema *said = PyCapsule_GetPointer(schema, "arrow_schema");
    const struct ArrowArray *data = said != NULL ? PyCapsule_GetPointer(array, "arrow_array") : NULL;
    PyObject *list = data != NULL ? PyList_New(0) : NULL;
    for (int64_t i = 0; list != NULL && i < said->n_children; i++) {
        PyObject *item = column_read(said->children[i], data->children[i]);
        if (item == NULL || PyList_Append(list, item) != 0) Py_CLEAR(list);
        Py_XDECREF(item);
    }
    return list;
}

/* Names of the columns of a schema. */
static PyObject *schema_names(PyObject *schema)
{
    const struct ArrowSchema *said = PyCapsule_GetPointer(schema, "arrow_schema");
    PyObject *list = said != NULL ? PyList_New(0) : NULL;
    for (int64_t i = 0; list != NULL && i < said->n_children; i++) {
        PyObject *name = PyUnicode_FromString(said->children[i]->name != NULL ? said->children[i]->name : "");
        if (name == NULL || PyList_Append(list, name) != 0) Py_CLEAR(list);
        Py_XDECREF(name);
    }
    return list;
}

/* Whether a capsule of an array has one: a stream gives none at its end. */
static PyObject *is_array(PyObject *capsule)
{
    const struct ArrowArray *array = PyCapsule_GetPointer(capsule, "arrow_array");
    return array != NULL ? PyBool_FromLong(array->release != NULL) : NULL;
}

#endif
