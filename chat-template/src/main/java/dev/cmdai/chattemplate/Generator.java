package dev.cmdai.chattemplate;

import java.util.Iterator;

/**
 * What filters such as {@code select} and {@code map} give: it can be walked once, then it is
 * empty, and it has no length.
 */
record Generator(Iterator<Object> rest) {}
