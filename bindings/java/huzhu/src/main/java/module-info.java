/** Exact benefit rules: see {@link org.huzhu}. */
@SuppressWarnings("module")
module org.huzhu {
    exports org.huzhu;
    exports org.huzhu.internal to org.huzhu.arrow;
}
