package dev.cmdai.testkit;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendDescriptor;
import dev.cmdai.api.Capability;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.ProbeContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Backends with a wrong descriptor or a wrong probe. */
final class BrokenProbes {
  private BrokenProbes() {}

  @Breaks("descriptorNamesTheBackend")
  static final class HasNoVersion extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public BackendDescriptor descriptor() {
          return WordBackend.describe(" ").capabilities(Capability.values()).build();
        }
      };
    }
  }

  @Breaks("descriptorDeclaresEveryCapabilityButTheAbsentOnes")
  static final class DeclaresNoSeed extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public BackendDescriptor descriptor() {
          return WordBackend.describe("1.0")
              .capabilities(
                  Capability.STREAMING,
                  Capability.ASSISTANT_PREFIX,
                  Capability.GRAMMAR,
                  Capability.JSON_SCHEMA,
                  Capability.PREFIX_CACHE)
              .build();
        }
      };
    }
  }

  @Breaks("probeIsReadyWithTheModel")
  static final class IsNeverReady extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public Availability probe(ProbeContext context) {
          return new Availability.NeedsModel("another", 0, "Get another model.");
        }
      };
    }
  }

  @Breaks("probeWithoutModelsSaysWhatIsNeeded")
  static final class NamesNoRemedy extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public Availability probe(ProbeContext context) {
          return context.models().isEmpty()
              ? new Availability.NeedsModel("words", 0, "")
              : super.probe(context);
        }
      };
    }
  }

  @Breaks("probeSaysWhatIsWrongAndNeverThrows")
  static final class ThrowsForMissingModels extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public Availability probe(ProbeContext context) {
          if (super.probe(context) instanceof Availability.Unavailable unavailable) {
            throw new IllegalArgumentException(unavailable.reason());
          }
          return super.probe(context);
        }
      };
    }
  }

  @Breaks("probeSaysWhatIsWrongAndNeverThrows")
  static final class IsReadyWithoutAModel extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public Availability probe(ProbeContext context) {
          return context.models().isEmpty()
              ? super.probe(context)
              : new Availability.Ready(context.models().getFirst(), "surely");
        }
      };
    }
  }

  @Breaks("probeTakesUnderFiftyMilliseconds")
  static final class ProbesSlowly extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public Availability probe(ProbeContext context) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(60));
          return super.probe(context);
        }
      };
    }
  }
}
