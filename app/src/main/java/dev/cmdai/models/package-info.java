/**
 * Which models lie on this machine, and which of them a name means. Loading and running them is the
 * backends' business.
 */
@NullMarked
package dev.cmdai.models;

import org.jspecify.annotations.NullMarked;
