/**
 * Follows what a command would do, through shells, wrappers and pipes, and says which rules fire
 * on\n * it. The door is {@link dev.cmdai.safety.judge.Judge}; what follows from a rule is decided
 * elsewhere.
 */
@NullMarked
package dev.cmdai.safety.judge;

import org.jspecify.annotations.NullMarked;
