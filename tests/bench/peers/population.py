"""The seeded rows of a plan as NumPy arrays, made by the same C as for the benches in C, and the loops by hand.

The module huzhu_hands_*.so is opened by ctypes: the structs below are those of tests/bench/peer.h.
"""

import ctypes
from ctypes import POINTER, c_bool, c_char_p, c_double, c_int, c_size_t, c_uint64, c_void_p

import numpy as np

INPUTS, COUNTERS, LOOPS = 24, 4, 2
TEXTS, DAYS, FLAGS, NUMBERS = range(4)


class Table(ctypes.Structure):
    _fields_ = [("rows", c_size_t), ("inputs", c_size_t), ("kind", c_int * (INPUTS + COUNTERS)),
                ("values", c_void_p * (INPUTS + COUNTERS)), ("bytes", c_void_p * INPUTS), ("valid", c_void_p * (INPUTS + COUNTERS))]


class Results(ctypes.Structure):
    _fields_ = [("outcome", c_void_p), ("reason", c_void_p), ("total", c_void_p), ("after", c_void_p * COUNTERS)]


class Loop(ctypes.Structure):
    _fields_ = [("name", c_char_p), ("run", ctypes.CFUNCTYPE(None, POINTER(Table), POINTER(Results)))]


class Peer(ctypes.Structure):
    _fields_ = [("plan", c_char_p), ("inputs", c_size_t), ("counters", c_size_t), ("kinds", c_int * (INPUTS + COUNTERS)),
                ("fill", c_void_p), ("loops", Loop * LOOPS), ("carry", c_void_p), ("ledger_bytes", c_size_t)]


def array(address, count, dtype):
    """A view of memory that C owns."""
    dtype = np.dtype(dtype)
    return np.frombuffer((ctypes.c_char * (count * dtype.itemsize)).from_address(address), dtype=dtype)


class Column:
    """Values, and which of them are given (the others are 0, or empty)."""

    def __init__(self, kind, values, valid):
        self.kind, self.values, self.valid = kind, values, valid


class Answers:
    """What every peer gives, row by row: outcome, number of the deciding reason, total in 分, counters after."""

    def __init__(self, outcome, reason, total, after):
        self.outcome, self.reason, self.total, self.after = outcome, reason, total, after

    def first_difference(self, other):
        """The first row that differs, or None."""
        count = min(len(self.total), len(other.total))
        unlike = np.zeros(count, dtype=bool)
        for a, b in [(self.outcome, other.outcome), (self.reason, other.reason), (self.total, other.total), *zip(self.after, other.after)]:
            unlike |= np.asarray(a)[:count] != np.asarray(b)[:count]
        return int(unlike.argmax()) if unlike.any() else None

    def row(self, at):
        return (int(self.outcome[at]), int(self.reason[at]), int(self.total[at]), [int(x[at]) for x in self.after])


class Population:
    def __init__(self, module, plan, rows, seed=20240102):
        self.library = ctypes.CDLL(module)
        count = c_size_t.in_dll(self.library, "hand_peer_count").value
        if c_size_t.in_dll(self.library, "hand_peer_bytes").value != ctypes.sizeof(Peer):
            raise RuntimeError("population.py does not know a peer as peer.h has it")
        peers = (Peer * count).in_dll(self.library, "hand_peers")
        self.peer = next(p for p in peers if p.plan.decode() == plan)
        self.plan, self.rows, self.table, self.results = plan, rows, Table(), Results()
        make, room = self.library.peer_table_make, self.library.peer_results_make
        make.restype = room.restype = c_bool
        make.argtypes = [POINTER(Table), POINTER(Peer), c_size_t, c_uint64]
        room.argtypes = [POINTER(Results), POINTER(Peer), c_size_t]
        if not make(self.table, self.peer, rows, seed) or not room(self.results, self.peer, rows):
            raise MemoryError
        self.library.peer_bytes_a_row.restype = c_double
        self.bytes_a_row = self.library.peer_bytes_a_row(ctypes.byref(self.table), ctypes.byref(self.peer))

    def columns(self, names):
        """The plan's inputs and counters by name."""
        return {name: self._column(i) for i, name in enumerate(names)}

    def _column(self, i):
        kind, words, t = self.peer.kinds[i], self.rows // 64 + 1, self.table
        valid = self._bits(t.valid[i], words)
        if kind == FLAGS:
            return Column(kind, self._bits(t.values[i], words), valid)
        if kind == TEXTS:
            offsets = array(t.values[i], self.rows + 1, np.int32)
            return Column(kind, (offsets, array(t.bytes[i], max(int(offsets[-1]), 1), np.uint8)), valid)
        return Column(kind, array(t.values[i], self.rows, np.int32 if kind == DAYS else np.int64), valid)

    def _bits(self, address, words):
        return np.unpackbits(array(address, words * 8, np.uint8), bitorder="little")[: self.rows].astype(bool)

    def loops(self):
        """The loops by hand as functions that give answers."""
        return [self._loop(loop) for loop in self.peer.loops if loop.run]

    def _loop(self, loop):
        def run():
            loop.run(self.table, self.results)
            return answers_of(self.results, self.peer.counters, self.rows)
        return run


def answers_of(results, counters, rows):
    return Answers(array(results.outcome, rows, np.int32), array(results.reason, rows, np.int32),
                   array(results.total, rows, np.int64), [array(results.after[i], rows, np.int64) for i in range(counters)])
