/**
 * Parses code for sh, bash, zsh and fish into pipelines of words. Knows no command by its name;
 * what\n * the words mean is up to the judges.
 */
@NullMarked
package dev.cmdai.safety.parse.posix;

import org.jspecify.annotations.NullMarked;
