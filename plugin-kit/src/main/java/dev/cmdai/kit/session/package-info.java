/**
 * What a session in this process needs around its engine: one caller at a time, deadlines and
 * cancellation, the reply as it grows. Knows no model and no token.
 */
@NullMarked
package dev.cmdai.kit.session;

import org.jspecify.annotations.NullMarked;
