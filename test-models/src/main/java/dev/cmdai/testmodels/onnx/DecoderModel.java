package dev.cmdai.testmodels.onnx;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A Llama-like decoder with random weights, and the form in which it is written as an ONNX model.
 *
 * <p>It has root-mean-square normalisation, rotary positions whose pairs lie half a head apart,
 * grouped-query attention and a gated feed-forward part. The same values give the same file, byte
 * by byte. Inputs and outputs, with the names of {@link TensorNames#OPTIMUM}:
 *
 * <pre>{@code
 * input_ids                   int64 [batch, seq]
 * attention_mask              int64 [batch, past + seq]
 * position_ids                int64 [batch, seq]            with Positions.INPUT
 * use_cache_branch            bool  [1]                     with Caching.MERGED
 * num_logits_to_keep          int64 []                      with logitsToKeep
 * past_key_values.{i}.key     cache [batch, kvHeads, past, headSize]    unless Caching.NONE
 * past_key_values.{i}.value   cache [batch, kvHeads, past, headSize]    unless Caching.NONE
 * logits                             [batch, seq, vocabulary]
 * present.{i}.key             cache [batch, kvHeads, past + seq, headSize]    unless Caching.NONE
 * present.{i}.value           cache [batch, kvHeads, past + seq, headSize]    unless Caching.NONE
 * }</pre>
 *
 * <pre>{@code
 * DecoderModel model = DecoderModel.builder().weights(WeightFormat.Q4).build();
 * model.write(folder.resolve("model.onnx"));
 * }</pre>
 *
 * @param size the sizes
 * @param seed which random weights
 * @param tiedHead whether the embedding is the head too
 * @param weights how weights are stored
 * @param cacheType the type of cached keys and values; computing is in binary32, but for fused
 *     attention, which computes in this type
 * @param logitsType the type of the logits
 * @param positions where positions come from
 * @param caching what happens with earlier keys and values
 * @param logitsToKeep whether an input says for how many last tokens logits are wanted (0: all)
 * @param fused whether attention and normalisations are ONNX Runtime's own operators, as in newer
 *     exports, in place of plain ONNX ones
 * @param names the names of inputs and outputs
 */
public record DecoderModel(
    Dimensions size,
    long seed,
    boolean tiedHead,
    WeightFormat weights,
    ElementType cacheType,
    ElementType logitsType,
    Positions positions,
    Caching caching,
    boolean logitsToKeep,
    boolean fused,
    TensorNames names) {

  /** Added to the mean square before its root is taken. */
  public static final float NORM_EPSILON = 1e-5f;

  /** The base of the rotary frequencies. */
  public static final float ROPE_THETA = 10_000;

  /** Checks that the parts fit together. */
  public DecoderModel {
    if (fused && (caching != Caching.PAST || positions == Positions.MASK)) {
      throw new IllegalArgumentException(
          "GroupQueryAttention needs a past, and counts positions itself or takes them as input");
    }
    if (fused && cacheType == ElementType.BFLOAT16) {
      throw new IllegalArgumentException(
          "ONNX Runtime's GroupQueryAttention knows no bfloat16 on the CPU");
    }
    if (weights == WeightFormat.Q4
        && (size.hidden() % Quantized.BLOCK
                + size.queryWidth() % Quantized.BLOCK
                + size.feedForward() % Quantized.BLOCK
            != 0)) {
      throw new IllegalArgumentException("the sizes of a q4 model are multiples of 32: " + size);
    }
    requireFloat(cacheType);
    requireFloat(logitsType);
  }

  /** Starts from a tiny model of 32-bit floats with past and position inputs, as optimum's. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Writes the model into one file; its folder must exist.
   *
   * @throws IllegalArgumentException if it needs more than 2 GiB
   */
  public void write(Path file) throws IOException {
    OnnxFile.CURRENT.write(DecoderGraph.of(this), file);
  }

  /**
   * Writes the model into two files: the graph, and beside it all large tensors in a file of that
   * name with {@code _data} behind it.
   *
   * @return the file with the tensors
   */
  public Path writeWithExternalData(Path file) throws IOException {
    Path data = file.resolveSibling(file.getFileName() + "_data");
    OnnxFile.CURRENT.write(DecoderGraph.of(this), file, data);
    return data;
  }

  /** A builder that starts from this model. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  Weights parameters() {
    return new Weights(size, seed, tiedHead);
  }

  private static void requireFloat(ElementType type) {
    switch (type) {
      case FLOAT32, FLOAT16, BFLOAT16 -> {}
      default -> throw new IllegalArgumentException("not a floating-point type: " + type);
    }
  }

  /** Collects what is different about a model. */
  public static final class Builder {
    private Dimensions size = Dimensions.TINY;
    private long seed = 1;
    private boolean tiedHead = true;
    private WeightFormat weights = WeightFormat.FLOAT32;
    private ElementType cacheType = ElementType.FLOAT32;
    private ElementType logitsType = ElementType.FLOAT32;
    private Positions positions = Positions.INPUT;
    private Caching caching = Caching.PAST;
    private boolean logitsToKeep;
    private boolean fused;
    private TensorNames names = TensorNames.OPTIMUM;

    private Builder() {}

    private Builder(DecoderModel model) {
      size = model.size;
      seed = model.seed;
      tiedHead = model.tiedHead;
      weights = model.weights;
      cacheType = model.cacheType;
      logitsType = model.logitsType;
      positions = model.positions;
      caching = model.caching;
      logitsToKeep = model.logitsToKeep;
      fused = model.fused;
      names = model.names;
    }

    /** Sets the sizes; {@link Dimensions#TINY} otherwise. */
    public Builder size(Dimensions value) {
      size = value;
      return this;
    }

    /** Sets which random weights; 1 otherwise. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Gives the head a matrix of its own. */
    public Builder untiedHead() {
      tiedHead = false;
      return this;
    }

    /** Sets how weights are stored; {@link WeightFormat#FLOAT32} otherwise. */
    public Builder weights(WeightFormat value) {
      weights = value;
      return this;
    }

    /** Sets the type of cached keys and values; {@link ElementType#FLOAT32} otherwise. */
    public Builder cacheType(ElementType value) {
      cacheType = value;
      return this;
    }

    /** Sets the type of the logits; {@link ElementType#FLOAT32} otherwise. */
    public Builder logitsType(ElementType value) {
      logitsType = value;
      return this;
    }

    /** Sets where positions come from; {@link Positions#INPUT} otherwise. */
    public Builder positions(Positions value) {
      positions = value;
      return this;
    }

    /** Sets what happens with earlier keys and values; {@link Caching#PAST} otherwise. */
    public Builder caching(Caching value) {
      caching = value;
      return this;
    }

    /** Adds the input {@code num_logits_to_keep}. */
    public Builder logitsToKeep() {
      logitsToKeep = true;
      return this;
    }

    /** Uses ONNX Runtime's own operators for attention and normalisations. */
    public Builder fused() {
      fused = true;
      return this;
    }

    /** Sets the names of inputs and outputs; {@link TensorNames#OPTIMUM} otherwise. */
    public Builder names(TensorNames value) {
      names = value;
      return this;
    }

    /**
     * Makes the model.
     *
     * @throws IllegalArgumentException if the parts do not fit together
     */
    public DecoderModel build() {
      return new DecoderModel(
          size,
          seed,
          tiedHead,
          weights,
          cacheType,
          logitsType,
          positions,
          caching,
          logitsToKeep,
          fused,
          names);
    }
  }
}
