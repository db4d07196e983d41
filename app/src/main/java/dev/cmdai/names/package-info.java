/**
 * Help for mistyped names: which known names come closest. Knows nothing about what is named; who
 * lists names and who reports the mistake live elsewhere.
 */
@NullMarked
package dev.cmdai.names;

import org.jspecify.annotations.NullMarked;
