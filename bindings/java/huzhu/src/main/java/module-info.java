/** Exact benefit rules: see {@link org.huzhu}. */
module org.huzhu {
    exports org.huzhu;
}
