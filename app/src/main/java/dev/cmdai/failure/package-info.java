/**
 * How cmdai ends when it cannot do what it was asked: exit codes and the one exception that carries
 * them. What went wrong inside a feature is described by that feature.
 */
@NullMarked
package dev.cmdai.failure;

import org.jspecify.annotations.NullMarked;
