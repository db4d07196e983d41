/** Splits code for the Windows command prompt into commands. */
@NullMarked
package dev.cmdai.safety.parse.cmd;

import org.jspecify.annotations.NullMarked;
