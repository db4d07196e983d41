/**
 * Gets llama.cpp's shared libraries out of the plugin jar and into a folder from which the system
 * can load them. Knows files and platforms; loads and calls nothing.
 */
@NullMarked
package dev.cmdai.llamacpp.natives;

import org.jspecify.annotations.NullMarked;
