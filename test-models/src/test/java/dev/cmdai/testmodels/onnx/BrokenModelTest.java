package dev.cmdai.testmodels.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtSession;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shows that ONNX Runtime refuses every broken model. */
class BrokenModelTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "FUTURE_OPERATOR_SET, ORT_FAIL, Opset 99 is under development",
    "FUTURE_FILE_FORMAT, ORT_FAIL, Unsupported model IR version: 99",
    "UNKNOWN_OPERATOR, ORT_INVALID_GRAPH, No Op registered for NoSuchOperator",
    "UNKNOWN_DOMAIN, ORT_FAIL, com.example:NoSuchOperator(-1) is not a registered function/op",
    "EXTERNAL_DATA_MISSING, ORT_FAIL, External data path does not exist",
    "EXTERNAL_DATA_TRUNCATED, ORT_FAIL, are out of bounds or can not be read in full",
    "TRUNCATED, ORT_INVALID_PROTOBUF, Protobuf parsing failed",
    "GARBAGE, ORT_INVALID_PROTOBUF, Protobuf parsing failed",
    "EMPTY, ORT_FAIL, ModelProto does not have a graph",
    "HTML, ORT_INVALID_PROTOBUF, Protobuf parsing failed",
    "LFS_POINTER, ORT_INVALID_PROTOBUF, Protobuf parsing failed",
  })
  void isRefused(BrokenModel broken, OrtErrorCode code, String message) throws Exception {
    Path file = folder.resolve("model.onnx");
    broken.write(file);

    OrtException refusal = catchThrowableOfType(OrtException.class, () -> open(file));

    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.getCode()).isEqualTo(code);
  }

  @Test
  void modelThatIsNoDecoderLoads() throws Exception {
    Path file = folder.resolve("model.onnx");
    BrokenModel.NO_DECODER.write(file);

    try (OrtSession session = open(file)) {
      assertThat(session.getInputNames()).containsExactly("x");
    }
  }

  @Test
  void missingDataLiesNotBesideTheModel() throws Exception {
    BrokenModel.EXTERNAL_DATA_MISSING.write(folder.resolve("model.onnx"));

    try (var files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName)).containsExactly(Path.of("model.onnx"));
    }
  }

  private static OrtSession open(Path file) throws OrtException {
    return OrtEnvironment.getEnvironment().createSession(file.toString());
  }
}
