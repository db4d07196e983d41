/**
 * Gets the native libraries of a plugin out of its jar and into a folder from which the system can
 * load them. Loads and calls nothing.
 */
@NullMarked
package dev.cmdai.kit.natives;

import org.jspecify.annotations.NullMarked;
