package dev.cmdai.chattemplate;

import java.util.List;

/**
 * What {@code keys()}, {@code values()} and {@code items()} of a dict give: it can be walked and
 * counted, but not indexed.
 */
record View(String type, List<Object> items) {}
