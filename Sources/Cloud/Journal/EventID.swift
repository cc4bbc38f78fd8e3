/// The id of an event: a GUID.
public struct EventID: Sendable, Hashable, CustomStringConvertible {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A random (version 4) GUID.
  public init(_ random: RandomSource) {
    high = random.next() & ~0xF000 | 0x4000
    low = random.next() & ~(0xC000 << 48) | (0x8000 << 48)
  }

  /// Reads the form with hyphens, in lower case; nothing for any other text.
  public init?(_ text: String) {
    guard text.utf8.count == 36 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    var count = 0
    for (index, byte) in text.utf8.enumerated() {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == 45 else { return nil }
        continue
      }
      let digit: UInt64
      switch byte {
      case 48...57: digit = UInt64(byte - 48)
      case 97...102: digit = UInt64(byte - 87)
      default: return nil
      }
      if count < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
      count += 1
    }
    high = words.0
    low = words.1
  }

  public var description: String {
    let digits: StaticString = "0123456789abcdef"
    return String(unsafeUninitializedCapacity: 36) { buffer in
      var position = 0
      for nibble in 0..<32 {
        if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
          buffer[position] = 45
          position += 1
        }
        let word = nibble < 16 ? high : low
        buffer[position] = digits.utf8Start[Int(word >> UInt64((15 - nibble % 16) * 4) & 15)]
        position += 1
      }
      return 36
    }
  }
}
