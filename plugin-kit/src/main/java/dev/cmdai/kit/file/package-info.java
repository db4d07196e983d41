/** Says in words what is wrong with files. */
@NullMarked
package dev.cmdai.kit.file;

import org.jspecify.annotations.NullMarked;
