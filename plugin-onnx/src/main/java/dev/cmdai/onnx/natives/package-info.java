/** The native libraries inside this plugin's jar, and loading them. Knows no model. */
@NullMarked
package dev.cmdai.onnx.natives;

import org.jspecify.annotations.NullMarked;
