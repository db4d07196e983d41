/** A server of models on loopback, in the manner of Hugging Face, that fails where a test wants. */
@NullMarked
package dev.cmdai.testmodels.hub;

import org.jspecify.annotations.NullMarked;
