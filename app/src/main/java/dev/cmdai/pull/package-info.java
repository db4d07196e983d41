/**
 * Fetches models: over the network into a folder that nobody takes for a model, and from there as a
 * whole into the models folder. Says what happens to a {@link dev.cmdai.pull.PullListener} and
 * prints nothing.
 */
@NullMarked
package dev.cmdai.pull;

import org.jspecify.annotations.NullMarked;
