package dev.cmdai.models;

import dev.cmdai.files.AtomicFile;
import dev.cmdai.models.StoredModel.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a model is still what it was when it came here.
 *
 * @param model which one
 * @param state the answer
 * @param detail what was compared, or what is wrong
 */
public record ModelCheck(InstalledModel model, State state, String detail) {
  /** The answer in one word. */
  public enum State {
    /** Every file has the hash that it had. */
    SOUND,
    /** A file is missing, has another size or another hash, is no model, or is damaged within. */
    DAMAGED,
    /** Nobody noted a hash. */
    UNKNOWN;

    /** The word. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads all files of a model, and has it looked into: damage may be older than its hashes. */
  public static ModelCheck of(InstalledModel model, ModelInspection inspection) {
    try {
      Optional<Path> folder = model.folder();
      ModelCheck check = folder.isEmpty() ? glance(model) : check(model, folder.get());
      Optional<String> damage =
          check.state() == State.DAMAGED
              ? Optional.empty()
              : inspection.damage(model.path(), model.format());
      return damage.map(what -> new ModelCheck(model, State.DAMAGED, what)).orElse(check);
    } catch (IOException e) {
      return new ModelCheck(model, State.DAMAGED, "it cannot be read: " + AtomicFile.reason(e));
    }
  }

  /** Of a file that the user put there, only its beginning can be checked. */
  private static ModelCheck glance(InstalledModel model) throws IOException {
    Optional<String> problem =
        Files.isRegularFile(model.path())
            ? Soundness.wrongBeginning(model.path())
            : Optional.empty();
    return problem
        .map(what -> new ModelCheck(model, State.DAMAGED, what))
        .orElseGet(
            () -> new ModelCheck(model, State.UNKNOWN, "no hash was noted when it came here"));
  }

  private static ModelCheck check(InstalledModel model, Path folder) throws IOException {
    StoredModel stored = ModelManifest.stored(folder);
    int hashed = 0;
    for (StoredFile file : stored.files()) {
      Optional<String> problem = problem(file, folder.resolve(file.path()));
      if (problem.isPresent()) {
        return new ModelCheck(model, State.DAMAGED, problem.get());
      }
      hashed += file.sha256().isEmpty() ? 0 : 1;
    }
    if (hashed == 0) {
      return glance(model);
    }
    String what =
        stored.files().size() == 1
            ? "SHA-256 " + Objects.requireNonNull(stored.files().getFirst()).sha256()
            : hashed + " of " + stored.files().size() + " files have the hash that they had";
    return new ModelCheck(model, State.SOUND, what);
  }

  private static Optional<String> problem(StoredFile stored, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.of(stored.path() + " is missing");
    }
    long bytes = Files.size(file);
    if (bytes != stored.bytes()) {
      return Optional.of("%s has %,d of %,d bytes".formatted(stored.path(), bytes, stored.bytes()));
    }
    if (!stored.sha256().isEmpty()) {
      String hash = Hashes.of(file, _ -> {});
      if (!hash.equals(stored.sha256())) {
        return Optional.of(
            "%s has the SHA-256 %s instead of %s".formatted(stored.path(), hash, stored.sha256()));
      }
    }
    return Optional.empty();
  }
}
