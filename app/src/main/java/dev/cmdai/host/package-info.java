/**
 * Finds plugin jars, loads the ones that are needed, asks and ranks their backends, reads model
 * files with them, and keeps what is wrong with one away from the rest. Which models there are, and
 * what is printed, lies elsewhere.
 */
@NullMarked
package dev.cmdai.host;

import org.jspecify.annotations.NullMarked;
