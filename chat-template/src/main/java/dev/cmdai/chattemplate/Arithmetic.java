package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.LimitExceeded;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.List;

/** The operators {@code + - * / // % **} as Python has them, on numbers, text and lists. */
final class Arithmetic {
  private Arithmetic() {}

  static Object binary(Run run, String operator, Object a, Object b) {
    if (operator.equals("+") && a instanceof String x && b instanceof String y) {
      run.makes((long) x.length() + y.length());
      return x.concat(y);
    }
    if (a instanceof Undefined undefined) {
      throw undefined.used();
    }
    if (operator.equals("%") && a instanceof String format) {
      return PercentFormat.format(run, format, b);
    }
    if (operator.equals("%") && a instanceof Markup) {
      throw new Unsupported("formatting with text marked as safe");
    }
    if (b instanceof Undefined undefined) {
      throw undefined.used();
    }
    if (Values.isNumber(a) && Values.isNumber(b)) {
      try {
        return Values.isWhole(a) && Values.isWhole(b)
            ? whole(operator, Values.whole(a), Values.whole(b))
            : real(operator, Values.real(a), Values.real(b));
      } catch (ArithmeticException e) {
        throw tooBig();
      }
    }
    if (operator.equals("+")) {
      if (a instanceof Markup || b instanceof Markup) {
        return Markups.add(run, a, b);
      }
      if (a instanceof List<?> x
          && b instanceof List<?> y
          && !(a instanceof Range)
          && Values.typeName(a).equals(Values.typeName(b))) {
        return Sequences.concatenated(run, x, y);
      }
    }
    if (operator.equals("*") && Values.isWhole(b)) {
      return repeated(run, operator, a, b);
    }
    if (operator.equals("*") && Values.isWhole(a)) {
      return repeated(run, operator, b, a);
    }
    throw unsupported(operator, a, b);
  }

  private static Object repeated(Run run, String operator, Object value, Object count) {
    if (Values.isText(value)) {
      String text = Texts.repeated(run, Values.text(value, operator), Values.whole(count));
      return value instanceof Markup ? new Markup(text) : text;
    }
    if (value instanceof List<?> list && !(value instanceof Range)) {
      return Sequences.repeated(run, list, Values.whole(count));
    }
    throw unsupported(operator, value, count);
  }

  private static Object whole(String operator, long a, long b) {
    return switch (operator) {
      case "+" -> Math.addExact(a, b);
      case "-" -> Math.subtractExact(a, b);
      case "*" -> Math.multiplyExact(a, b);
      case "/" -> (double) a / divisor(b);
      case "//" -> {
        if (a == Long.MIN_VALUE && b == -1) {
          throw tooBig();
        }
        yield Math.floorDiv(a, divisor(b));
      }
      case "%" -> Math.floorMod(a, divisor(b));
      default -> b < 0 ? power((double) a, (double) b) : (Object) power(a, (int) Math.min(b, 128));
    };
  }

  private static long power(long base, int exponent) {
    if (base == 0 || base == 1 || exponent == 0) {
      return exponent == 0 ? 1 : base;
    }
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power = Math.multiplyExact(power, base);
    }
    return power;
  }

  private static double power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw new Failure("0.0 cannot be raised to a negative power");
    }
    double power = Math.pow(base, exponent);
    if (Double.isNaN(power) && !Double.isNaN(base) && !Double.isNaN(exponent)) {
      throw new Unsupported("a complex number, the power of a negative one,");
    }
    if (Double.isInfinite(power) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
      throw new Failure("numerical result out of range");
    }
    return power;
  }

  private static long divisor(long value) {
    if (value == 0) {
      throw new Failure("division by zero");
    }
    return value;
  }

  private static Object real(String operator, double a, double b) {
    if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
      throw new Failure("division by zero");
    }
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "//" -> floorDiv(a, b);
      case "%" -> floorMod(a, b);
      default -> power(a, b);
    };
  }

  /** As CPython computes it, to the last bit and the sign of zero. */
  private static double floorDiv(double a, double b) {
    double rest = a % b;
    double quotient = (a - rest) / b;
    if (rest != 0 && (b < 0) != (rest < 0)) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0.0, a / b);
    }
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  /** The remainder with the sign of the divisor. */
  private static double floorMod(double a, double b) {
    double rest = a % b;
    if (rest == 0) {
      return Math.copySign(0.0, b);
    }
    return (rest < 0) == (b < 0) ? rest : rest + b;
  }

  static Object sign(boolean isMinus, Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.used();
    }
    if (value instanceof Double number) {
      return isMinus ? -number : number;
    }
    if (!Values.isWhole(value)) {
      throw new Failure("bad operand type for unary sign: '" + Values.typeName(value) + "'");
    }
    long number = Values.whole(value);
    if (isMinus && number == Long.MIN_VALUE) {
      throw tooBig();
    }
    return isMinus ? -number : number;
  }

  private static LimitExceeded tooBig() {
    return new LimitExceeded(Limits.INTEGER_BITS + " bits for an integer");
  }

  private static Failure unsupported(String operator, Object a, Object b) {
    return new Failure(
        "unsupported operand types for "
            + operator
            + ": '"
            + Values.typeName(a)
            + "' and '"
            + Values.typeName(b)
            + "'");
  }
}
