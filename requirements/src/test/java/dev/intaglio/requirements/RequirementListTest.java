package dev.intaglio.requirements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RequirementListTest {
    @Test
    @DisplayName("the list that ships can be read, and every id begins with its group")
    void shippedListIsSound() {
        var entries = RequirementList.read().entries();
        assertThat(entries).hasSizeGreaterThan(400).containsKeys("CI-CRED-1", "AS-TOKEN-22", "W-OFFER-16", "HAIP-CI-1");
        assertThat(entries.values()).allSatisfy(entry -> {
            assertThat(entry.id()).startsWith(entry.group() + "-");
            assertThat(entry.title()).isNotBlank();
            assertThat(entry.title().split(" ")).as(entry.id()).hasSizeLessThanOrEqualTo(8);
        });
    }

    @Test
    @DisplayName("an id stands in the list once")
    void refusesRepeatedId() {
        var line = "A-1\tA\tMUST\t1\tsomething";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequirementList.parse(List.of(line, line)))
                .withMessageContaining("A-1");
    }

    @Test
    @DisplayName("a line with a cell too few is refused")
    void refusesShortLine() {
        assertThatIllegalArgumentException().isThrownBy(() -> RequirementList.parse(List.of("A-1\tA\tMUST\t1")));
    }
}
