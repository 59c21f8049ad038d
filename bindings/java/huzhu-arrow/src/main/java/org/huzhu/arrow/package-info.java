/** Batches of claims as columns of Arrow: each row is a claim, decided as {@link org.huzhu.Plan#evaluate} decides it. Begin with {@link org.huzhu.arrow.Columns}. */
package org.huzhu.arrow;
