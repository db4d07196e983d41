/** Programs that measure. Nothing here is shipped, and nothing depends on it. */
@NullMarked
package dev.cmdai.benchmarks;

import org.jspecify.annotations.NullMarked;
