/**
 * Files that several processes read and change at once: replaced as a whole, or held by a lock.
 * Knows nothing of what is in them.
 */
@NullMarked
package dev.cmdai.files;

import org.jspecify.annotations.NullMarked;
