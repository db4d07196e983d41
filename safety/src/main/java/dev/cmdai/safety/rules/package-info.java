/**
 * The rules: ids, levels, and sentences. Knows nothing of shells or of how a rule comes to fire.
 */
@NullMarked
package dev.cmdai.safety.rules;

import org.jspecify.annotations.NullMarked;
