/**
 * The contracts of cmdai's extension points, as tests that a plugin's author extends: {@link
 * dev.cmdai.testkit.InferenceBackendContract} and {@link
 * dev.cmdai.testkit.TokenizerProviderContract}. What a rule asks stands in the package-private
 * classes; nothing here knows an engine.
 */
@NullMarked
package dev.cmdai.testkit;

import org.jspecify.annotations.NullMarked;
