/**
 * What a backend plugin implements ({@link dev.cmdai.api.InferenceBackend}) and the values that
 * pass between it and the host. Prompting, parsing and safety live in the host, not here: a backend
 * only turns messages into text.
 */
@NullMarked
package dev.cmdai.api;

import org.jspecify.annotations.NullMarked;
