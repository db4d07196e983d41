package dev.cmdai.testmodels.onnx;

import java.util.Arrays;

/**
 * Computes in plain Java what a model must answer, with the weights as they are stored.
 *
 * <p>It is slow and keeps all weights in memory: for tiny models. Not safe for concurrent use.
 */
public final class ReferenceDecoder {
  private final Dimensions size;
  private final WeightFormat format;
  private final Weights weights;

  /** Makes the reference of a model. */
  public ReferenceDecoder(DecoderModel model) {
    this.size = model.size();
    this.format = model.weights();
    this.weights = model.parameters();
  }

  /** The logits after each token: {@code [tokens, vocabulary]}. */
  public float[][] logits(int... tokens) {
    float[][] embedding = load(weights.embedding(), format.embedding());
    float[][] stream = new float[tokens.length][];
    for (int i = 0; i < tokens.length; i++) {
      stream[i] = embedding[tokens[i]].clone();
    }
    for (int layer = 0; layer < size.layers(); layer++) {
      float[][] normalized = normalize(stream, weights.attentionGains(layer));
      add(stream, attend(normalized, layer));
      normalized = normalize(stream, weights.feedForwardGains(layer));
      add(stream, feedForward(normalized, layer));
    }
    WeightFormat head =
        weights.tiedHead() && format != WeightFormat.Q4 ? format.embedding() : format;
    return multiply(normalize(stream, weights.finalGains()), load(weights.head(), head));
  }

  /** Appends the likeliest token, {@code count} times, and returns the appended ones. */
  public int[] greedy(int[] prompt, int count) {
    int[] tokens = prompt;
    for (int i = 0; i < count; i++) {
      tokens = Arrays.copyOf(tokens, tokens.length + 1);
      float[][] logits = logits(Arrays.copyOf(tokens, tokens.length - 1));
      tokens[tokens.length - 1] = likeliest(logits[logits.length - 1]);
    }
    return Arrays.copyOfRange(tokens, prompt.length, tokens.length);
  }

  /** The index of the largest number, the first one of equals. */
  public static int likeliest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  private float[][] attend(float[][] x, int layer) {
    float[][] queries = multiply(x, load(weights.query(layer), format));
    float[][] keys = multiply(x, load(weights.key(layer), format));
    float[][] values = multiply(x, load(weights.value(layer), format));
    rotate(queries, size.heads());
    rotate(keys, size.kvHeads());
    float[][] context = new float[x.length][size.queryWidth()];
    for (int token = 0; token < x.length; token++) {
      for (int head = 0; head < size.heads(); head++) {
        int from = head * size.headSize();
        int kvFrom = head / (size.heads() / size.kvHeads()) * size.headSize();
        double[] shares = shares(queries[token], from, keys, kvFrom, token);
        for (int other = 0; other <= token; other++) {
          for (int i = 0; i < size.headSize(); i++) {
            context[token][from + i] += (float) (shares[other] * values[other][kvFrom + i]);
          }
        }
      }
    }
    return multiply(context, load(weights.attentionOutput(layer), format));
  }

  /** How much a token takes from each token up to itself: softmax(q * k / sqrt(headSize)). */
  private double[] shares(float[] query, int from, float[][] keys, int kvFrom, int token) {
    double[] shares = new double[token + 1];
    double sum = 0;
    for (int other = 0; other <= token; other++) {
      double product = 0;
      for (int i = 0; i < size.headSize(); i++) {
        product += query[from + i] * keys[other][kvFrom + i];
      }
      shares[other] = Math.exp(product / Math.sqrt(size.headSize()));
      sum += shares[other];
    }
    for (int other = 0; other <= token; other++) {
      shares[other] /= sum;
    }
    return shares;
  }

  private void rotate(float[][] x, int heads) {
    int half = size.headSize() / 2;
    for (int position = 0; position < x.length; position++) {
      for (int head = 0; head < heads; head++) {
        for (int i = 0; i < half; i++) {
          int first = head * size.headSize() + i;
          int second = first + half;
          double angle = Rotation.angle(position, i, size.headSize());
          double a = x[position][first];
          double b = x[position][second];
          x[position][first] = (float) (a * Math.cos(angle) - b * Math.sin(angle));
          x[position][second] = (float) (b * Math.cos(angle) + a * Math.sin(angle));
        }
      }
    }
  }

  private float[][] feedForward(float[][] x, int layer) {
    float[][] gate = multiply(x, load(weights.gate(layer), format));
    float[][] up = multiply(x, load(weights.up(layer), format));
    for (int token = 0; token < x.length; token++) {
      for (int i = 0; i < size.feedForward(); i++) {
        gate[token][i] *= (float) (up[token][i] / (1 + Math.exp(-gate[token][i])));
      }
    }
    return multiply(gate, load(weights.down(layer), format));
  }

  private float[][] normalize(float[][] x, Weight gains) {
    float[] factors = Quantized.storedRow(gains, format.gain(), 0);
    float[][] result = new float[x.length][size.hidden()];
    for (int token = 0; token < x.length; token++) {
      double squares = 0;
      for (float value : x[token]) {
        squares += value * value;
      }
      double root = Math.sqrt(squares / size.hidden() + DecoderModel.NORM_EPSILON);
      for (int i = 0; i < size.hidden(); i++) {
        result[token][i] = (float) (x[token][i] / root * factors[i]);
      }
    }
    return result;
  }

  private static void add(float[][] x, float[][] addition) {
    for (int token = 0; token < x.length; token++) {
      for (int i = 0; i < x[token].length; i++) {
        x[token][i] += addition[token][i];
      }
    }
  }

  /** x times the matrix, turned: [tokens, columns] to [tokens, rows]. */
  private static float[][] multiply(float[][] x, float[][] matrix) {
    float[][] result = new float[x.length][matrix.length];
    for (int token = 0; token < x.length; token++) {
      for (int row = 0; row < matrix.length; row++) {
        double sum = 0;
        for (int column = 0; column < matrix[row].length; column++) {
          sum += x[token][column] * matrix[row][column];
        }
        result[token][row] = (float) sum;
      }
    }
    return result;
  }

  private static float[][] load(Weight weight, WeightFormat format) {
    float[][] rows = new float[weight.rows()][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Quantized.storedRow(weight, format, row);
    }
    return rows;
  }
}
