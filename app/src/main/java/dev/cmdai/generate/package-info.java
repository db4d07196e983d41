/**
 * The way from words to a checked command: choose a backend, open a model, ask, parse, assess. Each
 * of these steps is a package of its own; here is only their order.
 */
@NullMarked
package dev.cmdai.generate;

import org.jspecify.annotations.NullMarked;
