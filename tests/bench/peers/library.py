"""libhuzhu over the same memory, by ctypes through the plain C interface (huzhu.h, "Columns")."""

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_int32, c_size_t, c_uint32, c_uint64, c_void_p

import numpy as np

from population import DAYS, FLAGS, NUMBERS, TEXTS, Results, answers_of

TEXT = [("data", c_char_p), ("size", c_size_t)]
INT32, INT64, BITS, TEXT_COLUMN = 1, 2, 3, 6
NUL = c_size_t(-1)


class Text(ctypes.Structure):
    _fields_ = TEXT


class InputInfo(ctypes.Structure):
    _fields_ = [("struct_size", c_uint32), ("type", c_uint32), ("need", c_uint32), ("scale", c_int32), ("name", Text),
                ("rest", Text * 5), ("code_count", c_size_t), ("for", c_uint32 * 2), ("condition", Text)]


class CounterInfo(ctypes.Structure):
    _fields_ = [("struct_size", c_uint32), ("type", c_uint32), ("scale", c_int32), ("name", Text), ("unit", Text), ("per", Text)]


class ColumnStruct(ctypes.Structure):
    _fields_ = [("struct_size", c_uint32), ("layout", c_uint32), ("values", c_void_p), ("valid", c_void_p), ("scale", c_int32),
                ("dictionary_count", c_uint32), ("dictionary", c_void_p), ("bytes", c_void_p), ("byte_count", c_uint64)]


class BatchResults(ctypes.Structure):
    _fields_ = [("struct_size", c_uint32), ("reserved", c_uint32), ("outcome", c_void_p), ("reason", c_void_p), ("total", c_void_p),
                ("bad_input", c_void_p)]


class Huzhu:
    def __init__(self, path, folder):
        self.so = ctypes.CDLL(path)
        for name in ("huzhu_batch_evaluate", "huzhu_ruleset_load"):
            getattr(self.so, name).restype = c_int
        self.ruleset = c_void_p()
        self.check(self.so.huzhu_ruleset_load(folder.encode(), None, None, byref(self.ruleset)))

    @staticmethod
    def check(status):
        if status != 0:
            raise RuntimeError(f"the library answers with status {status}")

    def plan(self, name):
        plan = c_void_p()
        self.check(self.so.huzhu_ruleset_plan_find(self.ruleset, name.encode(), NUL, byref(plan)))
        return plan

    def _infos(self, plan, count, at, kind):
        out = []
        for i in range(getattr(self.so, count)(plan)):
            info = kind(struct_size=ctypes.sizeof(kind))
            self.check(getattr(self.so, at)(plan, c_size_t(i), byref(info)))
            out.append(info)
        return out

    def inputs(self, plan):
        return self._infos(plan, "huzhu_plan_input_count", "huzhu_plan_input_at", InputInfo)

    def counters(self, plan):
        return self._infos(plan, "huzhu_plan_counter_count", "huzhu_plan_counter_at", CounterInfo)

    def names(self, plan):
        """Names of a plan's inputs, then of its counters: the columns of its population."""
        return [info.name.data.decode() for info in self.inputs(plan) + self.counters(plan)]


class Batch:
    """A plan over a population."""

    def __init__(self, huzhu, population):
        self.huzhu, self.population = huzhu, population
        plan, peer, table = huzhu.plan(population.plan), population.peer, population.table
        self.results = Results()
        room = population.library.peer_results_make
        if not room(self.results, peer, c_size_t(population.rows)):
            raise MemoryError
        self.batch = c_void_p()
        huzhu.check(huzhu.so.huzhu_batch_new(plan, byref(self.batch)))
        scales = [info.scale for info in huzhu.inputs(plan) + huzhu.counters(plan)]
        for i in range(peer.inputs + peer.counters):
            column = self._column(table, peer, i, scales[i])
            if i < peer.inputs:
                huzhu.check(huzhu.so.huzhu_batch_set_input(self.batch, c_size_t(i), byref(column)))
                continue
            counter = c_size_t(i - peer.inputs)
            huzhu.check(huzhu.so.huzhu_batch_set_counter(self.batch, counter, byref(column)))
            huzhu.check(huzhu.so.huzhu_batch_set_counter_after(self.batch, counter, c_void_p(self.results.after[i - peer.inputs]), None))
        results = BatchResults(ctypes.sizeof(BatchResults), 0, self.results.outcome, self.results.reason, self.results.total, None)
        huzhu.check(huzhu.so.huzhu_batch_set_results(self.batch, byref(results)))

    @staticmethod
    def _column(table, peer, i, scale):
        kind = peer.kinds[i]
        layout = {TEXTS: TEXT_COLUMN, DAYS: INT32, FLAGS: BITS, NUMBERS: INT64}[kind]
        column = ColumnStruct(ctypes.sizeof(ColumnStruct), layout, table.values[i], table.valid[i], scale if kind == NUMBERS else 0)
        if kind == TEXTS:
            column.bytes = table.bytes[i]
            column.byte_count = ctypes.cast(table.values[i], POINTER(c_int32))[table.rows]
        return column

    def run(self):
        self.huzhu.check(self.huzhu.so.huzhu_batch_evaluate(self.batch, c_size_t(0), c_size_t(self.population.rows)))
        return answers_of(self.results, self.population.peer.counters, self.population.rows)
