/** The shells that commands are written for. Knows nothing of how they are judged or run. */
@NullMarked
package dev.cmdai.shell;

import org.jspecify.annotations.NullMarked;
