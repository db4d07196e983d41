/**
 * Keeps the state of constant prompt prefixes on disk from one run to the next. What a state is,
 * only the engine knows: {@link dev.cmdai.kit.prefix.SavedState}.
 */
@NullMarked
package dev.cmdai.kit.prefix;

import org.jspecify.annotations.NullMarked;
