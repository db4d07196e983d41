package dev.cmdai.pull;

import dev.cmdai.catalogue.CatalogueModel;
import dev.cmdai.config.ModelFile;
import dev.cmdai.http.Call;
import dev.cmdai.http.Http;
import dev.cmdai.http.HttpFailure;
import dev.cmdai.http.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks how large the parts of a split model are before the first byte comes, so that room for all
 * of them is looked for, and the progress knows where it ends.
 */
record PartSizes(Http http, PullSettings settings, Function<ModelFile, URI> addresses) {
  /**
   * The same model with the sizes that the server tells, if it tells all of them.
   *
   * @param token for the server; null for none
   */
  CatalogueModel ask(CatalogueModel model, @Nullable String token) {
    List<ModelFile> files = new ArrayList<>();
    for (ModelFile file : model.files()) {
      ModelFile measured = file.bytes() > 0 ? file : file.withEstimate(size(file, token));
      if (measured.bytes() == 0) {
        return model;
      }
      files.add(measured);
    }
    return model.withFiles(files);
  }

  /** 0 when the server does not tell: why, is said when the file itself is asked for. */
  private long size(ModelFile file, @Nullable String token) {
    Request request =
        Request.head(addresses.apply(file))
            .header("Accept-Encoding", "identity")
            .idleTimeout(settings.stall());
    if (token != null) {
      request = request.secret("Authorization", "Bearer " + token);
    }
    try (Call call = http.call(request)) {
      Announcement announced = Announcement.of(call.reply());
      boolean isLinked = call.reply().firstHeaders().firstValue("X-Linked-Size").isPresent();
      return call.reply().status() == 200 || isLinked ? announced.size() : 0;
    } catch (HttpFailure e) {
      return 0;
    }
  }
}
