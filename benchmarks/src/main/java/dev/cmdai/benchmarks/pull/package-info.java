/** How fast models are pulled, and in how much memory. */
@NullMarked
package dev.cmdai.benchmarks.pull;

import org.jspecify.annotations.NullMarked;
