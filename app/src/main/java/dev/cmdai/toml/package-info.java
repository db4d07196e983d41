/**
 * TOML 1.0: reads a text with the place of every key and value, and changes single values in it
 * without touching the rest. Knows no file and no setting; which keys there are lives elsewhere.
 */
@NullMarked
package dev.cmdai.toml;

import org.jspecify.annotations.NullMarked;
