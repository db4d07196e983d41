/**
 * TOML 1.0: reads a text with the place of every key and value, and changes single values in it
 * without touching the rest. Knows no file and no setting; which keys there are lives elsewhere.
 * Reading uses no lambda, stream or pattern switch: their bootstrap would take longer than it.
 */
@NullMarked
package dev.cmdai.toml;

import org.jspecify.annotations.NullMarked;
