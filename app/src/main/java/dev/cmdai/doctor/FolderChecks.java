package dev.cmdai.doctor;

import dev.cmdai.folders.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at the folders of this program: whether they can be used, and how much room they have. */
final class FolderChecks {
  private static final String AREA = "folder";

  /** The libraries of both engines take a tenth of this, and a small model the rest. */
  private static final long LITTLE_SPACE = 1_000_000_000;

  private static final double GIGABYTE = 1e9;

  private FolderChecks() {}

  static List<Check> of(Folders folders) {
    return List.of(
        shipped("bundled plugins", folders.bundledPlugins()),
        shipped("bundled models", folders.bundledModels()),
        writable("your plugins", folders.userPlugins()),
        writable("your models", folders.userModels()),
        writable("cache", folders.cache()));
  }

  private static Check shipped(String name, Path folder) {
    return Files.isDirectory(folder) && Files.isReadable(folder)
        ? Check.ok(AREA, name, folder.toString(), Map.of("path", folder.toString()))
        : Check.problem(
            AREA, name, folder + " is missing or cannot be read", "Install cmdai again.");
  }

  /** A folder that is made when it is first needed. */
  private static Check writable(String name, Path folder) {
    Path there = nearestExisting(folder);
    if (there == null || !Files.isDirectory(there)) {
      return Check.warning(
          AREA,
          name,
          folder + " cannot be made: " + there + " is no folder",
          "Set CMDAI_HOME to a folder of yours.");
    }
    if (!Files.isWritable(there)) {
      return Check.warning(
          AREA,
          name,
          there + " cannot be written to",
          "Make it writable, or set CMDAI_HOME to a folder of yours.");
    }
    boolean exists = there.equals(folder);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("path", folder.toString());
    facts.put("exists", exists);
    long free;
    try {
      free = Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      return Check.warning(
          AREA,
          name,
          "the disk of " + there + " cannot be looked at: " + e.getMessage(),
          "Look at the disk, or set CMDAI_HOME to a folder on another one.");
    }
    facts.put("free_bytes", free);
    String message =
        "%s (%s, %.1f GB free)"
            .formatted(folder, exists ? "writable" : "not made yet", free / GIGABYTE);
    return free < LITTLE_SPACE
        ? new Check(
            Check.State.WARNING,
            AREA,
            name,
            message,
            "Free some space, or set CMDAI_HOME to a folder on another disk.",
            facts)
        : Check.ok(AREA, name, message, facts);
  }

  private static @Nullable Path nearestExisting(Path folder) {
    Path there = folder;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }
}
