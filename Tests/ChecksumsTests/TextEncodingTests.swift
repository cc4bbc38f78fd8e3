import Checksums
import Testing

@Suite("Hexadecimal and base64 text")
struct TextEncodingTests {
  @Test(
    "base64 test vectors of RFC 4648",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func vectors(text: String, encoded: String) {
    #expect(Base64.encode(Array(text.utf8)) == encoded)
    #expect(Base64.decode(encoded) == Array(text.utf8))
  }

  @Test("any bytes survive base64 and hexadecimal")
  func roundTrip() {
    var random = SeededRandom(seed: 1)
    for count in 0..<300 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
      #expect(Hex.decode(Hex.encode(bytes)) == bytes)
      #expect(Hex.decode(Hex.encode(bytes).uppercased()) == bytes)
    }
  }

  @Test(
    "what isn't base64 is refused", arguments: ["Z", "Zg=", "Zg", "Z===", "====", "Zg==Zg==", "Zm9 ", "Zm\n9", "Zm9é="])
  func badBase64(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test("what isn't hexadecimal is refused", arguments: ["0", "0g", "é", "0x00"])
  func badHex(text: String) {
    #expect(Hex.decode(text) == nil)
  }
}

/// A small deterministic generator (SplitMix64), so that a failing case can be run again.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
