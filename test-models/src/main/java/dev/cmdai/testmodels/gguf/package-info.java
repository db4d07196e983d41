/** GGUF models for tests, made of others. */
@NullMarked
package dev.cmdai.testmodels.gguf;

import org.jspecify.annotations.NullMarked;
