package dev.cmdai.host;

import java.nio.file.Path;

/**
 * A folder in which plugin jars may lie.
 *
 * @param path the folder; need not exist
 * @param origin who puts plugins there
 */
public record PluginFolder(Path path, PluginOrigin origin) {}
