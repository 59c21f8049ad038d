/* support.h - the C that the typemaps of huzhu_java.i call: bytes in and out of arrays, and statuses made exceptions. Included by the
 * file that SWIG writes, and by nothing else. No function here leaves a Java exception cleared that it did not make. */
#ifndef HUZHU_JAVA_SUPPORT_H
#define HUZHU_JAVA_SUPPORT_H

#include "huzhu/huzhu.h"
#include <jni.h>
#include <stdlib.h>
#include <string.h>

/* A copy of a byte[], with a NUL behind it. Most are short and need no malloc. data is NULL for null, and where memory is out (an
 * OutOfMemoryError is then pending): the library refuses it. */
typedef struct bytes {
    char *data;
    size_t size;
    char small[1024];
} bytes;

/* Copies of the items of a byte[][]; items is NULL for null. */
typedef struct byte_list {
    size_t count;
    char **items;
    size_t *sizes;
} byte_list;

static void out_of_memory(JNIEnv *env)
{
    if ((*env)->ExceptionCheck(env)) return;
    jclass type = (*env)->FindClass(env, "java/lang/OutOfMemoryError");
    if (type) (*env)->ThrowNew(env, type, "libhuzhu: out of native memory");
}

static char *copy_bytes(JNIEnv *env, jbyteArray from, char *small, size_t room, size_t *size)
{
    if (!from) return NULL;
    size_t length = (size_t)(*env)->GetArrayLength(env, from);
    char *data = length < room ? small : malloc(length + 1);
    if (!data) {
        out_of_memory(env);
        return NULL;
    }
    (*env)->GetByteArrayRegion(env, from, 0, (jsize)length, (jbyte *)data);
    data[length] = '\0';
    *size = length;
    return data;
}

static void take_bytes(JNIEnv *env, jbyteArray from, bytes *to)
{
    to->size = 0;
    to->data = copy_bytes(env, from, to->small, sizeof to->small, &to->size);
}

static void drop_bytes(bytes *held)
{
    if (held->data != held->small) free(held->data);
}

static void drop_list(byte_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    free(list->sizes);
    memset(list, 0, sizeof *list);
}

static void take_list(JNIEnv *env, jobjectArray from, byte_list *list)
{
    memset(list, 0, sizeof *list);
    if (!from) return;
    size_t count = (size_t)(*env)->GetArrayLength(env, from);
    list->items = calloc(count + 1, sizeof *list->items);
    list->sizes = calloc(count + 1, sizeof *list->sizes);
    if (!list->items || !list->sizes) {
        drop_list(list);
        out_of_memory(env);
        return;
    }
    for (; list->count < count; list->count++) {
        jobject item = (*env)->GetObjectArrayElement(env, from, (jsize)list->count);
        char *data = copy_bytes(env, item, NULL, 0, &list->sizes[list->count]);
        if (item) (*env)->DeleteLocalRef(env, item);
        if (!data) {
            drop_list(list);
            return;
        }
        list->items[list->count] = data;
    }
}

static jbyteArray give_bytes(JNIEnv *env, huzhu_text text)
{
    jbyteArray made = (*env)->NewByteArray(env, (jsize)text.size);
    if (made) (*env)->SetByteArrayRegion(env, made, 0, (jsize)text.size, (const jbyte *)text.data);
    return made;
}

static void put_bytes(JNIEnv *env, jobjectArray into, huzhu_text text)
{
    if (!into || (*env)->ExceptionCheck(env)) return;
    jbyteArray made = give_bytes(env, text);
    if (made) (*env)->SetObjectArrayElement(env, into, 0, made);
}

static void put_long(JNIEnv *env, jlongArray into, jlong value)
{
    if (into && !(*env)->ExceptionCheck(env)) (*env)->SetLongArrayRegion(env, into, 0, 1, &value);
}

/* Room for as many numbers as a long[] has; none, and an exception, where there is no array or no memory. */
static size_t take_longs(JNIEnv *env, jlongArray like, jlong **out)
{
    size_t count = like ? (size_t)(*env)->GetArrayLength(env, like) : 0;
    *out = calloc(count + 1, sizeof **out);
    if (*out) return count;
    out_of_memory(env);
    return 0;
}

static void put_longs(JNIEnv *env, jlongArray into, const jlong *values)
{
    if (into && !(*env)->ExceptionCheck(env)) (*env)->SetLongArrayRegion(env, into, 0, (*env)->GetArrayLength(env, into), values);
}

/* Throws what Failures.of(int, byte[]) makes of a status and of the diagnostics, as JSON. What is pending already stands,
 * unless there are diagnostics: then it is what this function threw for the same status without them. */
static void raise_status(JNIEnv *env, huzhu_status status, const huzhu_diagnostics *diagnostics)
{
    if ((*env)->ExceptionCheck(env)) {
        if (huzhu_diagnostics_count(diagnostics) == 0) return;
        (*env)->ExceptionClear(env);
    }
    jclass type = (*env)->FindClass(env, "org/huzhu/internal/Failures");
    if (!type) return;
    jmethodID of = (*env)->GetStaticMethodID(env, type, "of", "(I[B)Ljava/lang/RuntimeException;");
    if (!of) return;
    jbyteArray json = diagnostics ? give_bytes(env, huzhu_diagnostics_json(diagnostics)) : NULL;
    if ((*env)->ExceptionCheck(env)) return;
    jthrowable thrown = (*env)->CallStaticObjectMethod(env, type, of, (jint)status, json);
    if (thrown && !(*env)->ExceptionCheck(env)) (*env)->Throw(env, thrown);
}

#endif
