/* status.h - the numbers of huzhu_status, for the inside; the public header repeats them and a test compares. */
#ifndef HZ_BASE_STATUS_H
#define HZ_BASE_STATUS_H

enum {
    HZ_OK = 0,
    HZ_INVALID_ARGUMENT = 1,
    HZ_NO_MEMORY = 2,
    HZ_NOT_FOUND = 3,
    HZ_IO = 4,
    HZ_RULES = 5,
    HZ_DATA = 6,
    HZ_LIMIT = 7,
    HZ_VERSION = 8,
    HZ_UNSUPPORTED = 9,
    HZ_STATE = 10,
    HZ_NOT_REVERSIBLE = 11
};

#endif
