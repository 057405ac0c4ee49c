package org.stillpoint.relationship;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;

/** A code may be typed in any way, and means the same; nothing else does. */
class InvitationCodeFuzzTest {
  private static final String CODE = "7K2M9QXC4TBH0WZD";

  @FuzzTest
  void whatIsTypedMeansOneCode(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    InvitationCode typed = InvitationCode.typed(text);

    assertThat(typed.toString()).isEqualTo("[code]");
    assertThat(hash(InvitationCode.typed(typed.shown()))).isEqualTo(hash(typed));
    boolean same = Arrays.equals(typed.hash(), InvitationCode.typed(CODE).hash());
    assertThat(same).isEqualTo(typed.shown().replace("-", "").equals(CODE));
  }

  private static String hash(InvitationCode code) {
    return HexFormat.of().formatHex(code.hash());
  }
}
