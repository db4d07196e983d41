package dev.cmdai.config;

import org.jspecify.annotations.Nullable;

/**
 * A key with the value that counts.
 *
 * @param key as a user writes it
 * @param text the value for people; what no value means, where there is none
 * @param plain the value for JSON and YAML; null for none
 * @param origin where it comes from
 * @param isSecret whether it is for nobody's eyes
 */
public record ConfigEntry(
    String key, String text, @Nullable Object plain, Origin origin, boolean isSecret) {}
