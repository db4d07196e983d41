/**
 * How dangerous a command is, judged by what its parts would do and to what. Knows nothing of
 * models and runs nothing; what follows from a judgement is up to the caller.
 */
@NullMarked
package dev.cmdai.safety;

import org.jspecify.annotations.NullMarked;
