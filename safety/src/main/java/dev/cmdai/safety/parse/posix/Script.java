package dev.cmdai.safety.parse.posix;

import java.util.List;

/**
 * A parsed piece of shell code.
 *
 * @param isComplete every quote and bracket is closed
 * @param isTooDeep brackets were nested so deep that the innermost were not read
 */
public record Script(List<Pipeline> pipelines, boolean isComplete, boolean isTooDeep) {}
