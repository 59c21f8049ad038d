/** Batches of claims as columns of Arrow: see {@link org.huzhu.arrow}. */
module org.huzhu.arrow {
    requires transitive org.huzhu;
    requires transitive org.apache.arrow.memory.core;
    requires transitive org.apache.arrow.vector;
    requires org.apache.arrow.c;
    exports org.huzhu.arrow;
}
