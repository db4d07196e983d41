package dev.cmdai.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendDescriptor;
import dev.cmdai.api.Capability;
import java.util.EnumSet;
import java.util.Set;

/** What a descriptor says, without a model. */
final class DescriptorRules {
  private final BackendUnderTest subject;

  DescriptorRules(BackendUnderTest subject) {
    this.subject = subject;
  }

  void namesTheBackend() {
    BackendDescriptor descriptor = subject.backend().descriptor();
    assertThat(descriptor.name()).as("the name for people").isNotBlank();
    assertThat(descriptor.version()).as("the plugin's version").isNotBlank();
    if (!descriptor.isRemote()) {
      assertThat(descriptor.modelFormats())
          .as("the formats of models that it opens, that of the contract's model among them")
          .contains(subject.model().format());
    }
    assertThat(facts(subject.backend().descriptor()))
        .as("the descriptor of another instance: it has to be the same always")
        .isEqualTo(facts(descriptor));
  }

  void declaresEveryCapabilityButTheAbsentOnes() {
    Set<Capability> declared = EnumSet.noneOf(Capability.class);
    declared.addAll(subject.backend().descriptor().capabilities());
    Set<Capability> expected = EnumSet.allOf(Capability.class);
    expected.removeAll(subject.contract().absentCapabilities());
    assertThat(declared)
        .as("capabilities in the descriptor; absentCapabilities() names those that it lacks")
        .isEqualTo(expected);
  }

  private static String facts(BackendDescriptor descriptor) {
    Set<Capability> inOrder = EnumSet.noneOf(Capability.class);
    inOrder.addAll(descriptor.capabilities());
    return "%s, %s, %s, %s, %s, %s, %s"
        .formatted(
            descriptor.id(),
            descriptor.name(),
            descriptor.version(),
            descriptor.engine(),
            inOrder,
            descriptor.modelFormats(),
            descriptor.isRemote());
  }
}
