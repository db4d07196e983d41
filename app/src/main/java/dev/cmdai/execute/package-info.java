/**
 * Runs commands in the user's shell, with the terminal attached, and asks before it where somebody
 * is there to ask. Whether a command may run at all is the caller's business.
 */
@NullMarked
package dev.cmdai.execute;

import org.jspecify.annotations.NullMarked;
