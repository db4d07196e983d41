package dev.cmdai.testkit;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.OpenOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * The model of {@link WordBackend}: a file of megabytes that is loaded for real, and words that
 * depend on nothing but the prompt.
 */
final class WordModel implements AutoCloseable {
  static final int CONTEXT = 512;

  private static final byte[] MAGIC = "words 1\n".getBytes(StandardCharsets.UTF_8);
  private static final int WEIGHTS = 4 << 20;
  private static final String REMEDY = "Choose another model with --model FILE.";
  private static final String[] WORDS = {
    "find", "list", "-name", "日本語", "|", "grep", "sort", "\uD83D\uDE00", "café", "ls"
  };

  private final Arena memory = Arena.ofShared();

  private WordModel() {}

  static Path writeTo(Path file) throws IOException {
    byte[] bytes = new byte[MAGIC.length + WEIGHTS];
    System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
    return Files.write(file, bytes);
  }

  /** Looks at the first bytes; throws when this is no model. */
  static Path checked(ModelReference model) throws BackendException {
    Path path = model.path().orElse(null);
    if (path == null || !Files.isRegularFile(path)) {
      throw new BackendException.ModelNotFound("there is no model " + model, REMEDY);
    }
    try (var in = Files.newInputStream(path)) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new BackendException.ModelCorrupt(path + " holds no words", REMEDY, null);
      }
    } catch (IOException e) {
      throw new BackendException.ModelCorrupt(path + " cannot be read", REMEDY, e);
    }
    return path;
  }

  static WordModel load(ModelReference reference, OpenOptions options, LoadListener progress)
      throws BackendException {
    WordLimits limits = new WordLimits(options.deadline(), options.cancellation());
    limits.check("loading");
    Path path = checked(reference);
    WordModel model = new WordModel();
    try (FileChannel file = FileChannel.open(path)) {
      if (file.size() < MAGIC.length + WEIGHTS) {
        throw new BackendException.ModelCorrupt(path + " is too short", REMEDY, null);
      }
      progress.onProgress(0.5);
      limits.check("loading");
      MemorySegment weights = model.memory.allocate(WEIGHTS);
      file.read(weights.asByteBuffer(), MAGIC.length);
      return model;
    } catch (IOException e) {
      model.close();
      throw new BackendException.ModelCorrupt(path + " cannot be read", REMEDY, e);
    } catch (BackendException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** How many words the reply to a prompt has. */
  static int length(int prompt) {
    return 12 + Math.floorMod(prompt, 8);
  }

  static String likeliest(int prompt, int position) {
    return WORDS[Math.floorMod(prompt * 31 + position * 7 + position * position, WORDS.length)];
  }

  static String sampled(int prompt, int position, int seed) {
    return WORDS[new Random(seed * 1_000_003L + prompt + position * 31L).nextInt(WORDS.length)];
  }

  @Override
  public void close() {
    memory.close();
  }
}
