/**
 * What a plugin implements that can tell about model files without running them ({@link
 * dev.cmdai.api.model.ModelInspector}), and the facts it tells. How they are printed is the host's
 * business.
 */
@NullMarked
package dev.cmdai.api.model;

import org.jspecify.annotations.NullMarked;
