package dev.cmdai.remote;

import java.util.List;

/**
 * A model that a server runs.
 *
 * @param id what the server calls it
 * @param otherNames what else the server understands
 * @param contextLength in tokens; 0 when unknown
 */
record ServerModel(String id, List<String> otherNames, int contextLength) {
  boolean isCalled(String name) {
    return id.equals(name) || otherNames.contains(name);
  }
}
