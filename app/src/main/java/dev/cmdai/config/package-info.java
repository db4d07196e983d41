/**
 * What the user has settled for every run: the settings that there are, the file that they stand
 * in, and what counts when flag, environment and file disagree. Knows no feature: each asks for the
 * settings that it reads.
 */
@NullMarked
package dev.cmdai.config;

import org.jspecify.annotations.NullMarked;
