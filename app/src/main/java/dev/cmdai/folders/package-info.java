/**
 * Where cmdai keeps things on this machine. Only places: what lies in them belongs to the features.
 */
@NullMarked
package dev.cmdai.folders;

import org.jspecify.annotations.NullMarked;
