/**
 * Looks for what is wrong with an installation: folders, plugins, models, and whether each backend
 * really answers. Only looks; what it finds is data that the command line prints.
 */
@NullMarked
package dev.cmdai.doctor;

import org.jspecify.annotations.NullMarked;
