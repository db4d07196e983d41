/** Measures what the safety judgement of a command costs. */
@NullMarked
package dev.cmdai.benchmarks.safety;

import org.jspecify.annotations.NullMarked;
