import Synchronization

/// Randomness for ids and secrets: the system's, or a seeded sequence so that a run can be repeated exactly.
///
/// State: the generator in a `Mutex`, held for one draw.
public final class RandomSource: Sendable {
  private let seeded: Mutex<UInt64?>

  /// The system's randomness, or with a seed a repeatable sequence (not for secrets).
  public init(seed: UInt64? = nil) { seeded = Mutex(seed) }

  /// Sixty-four random bits.
  public func next() -> UInt64 {
    seeded.withLock { state in
      guard let value = state else {
        var system = SystemRandomNumberGenerator()
        return system.next()
      }
      // SplitMix64: small, and good enough for ids that need only be repeatable.
      var mixed = value &+ 0x9E37_79B9_7F4A_7C15
      state = mixed
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  /// Characters used for the parts of ids that AWS draws at random.
  public enum Alphabet: String, Sendable {
    /// A to Z and 2 to 7, as in access key ids and unique ids.
    case base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    case lowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789"
    case upperAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    case alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    case base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    case hexadecimal = "0123456789abcdef"
    case digits = "0123456789"
  }

  /// A random text of `length` characters.
  public func text(_ length: Int, _ alphabet: Alphabet) -> String {
    let characters = Array(alphabet.rawValue.utf8)
    return String(unsafeUninitializedCapacity: length) { buffer in
      for index in 0..<length { buffer[index] = characters[Int(next() % UInt64(characters.count))] }
      return length
    }
  }

  /// Random bytes.
  public func bytes(_ count: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count + 8)
    while result.count < count { withUnsafeBytes(of: next()) { result.append(contentsOf: $0) } }
    result.removeLast(result.count - count)
    return result
  }

  /// A random (version 4) UUID in lower case.
  public func uuid() -> String {
    let high = next() & ~0xF000 | 0x4000
    let low = next() & ~(0xC000 << 48) | (0x8000 << 48)
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 36) { buffer in
      var position = 0
      for nibble in 0..<32 {
        if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
          buffer[position] = 45
          position += 1
        }
        let word = nibble < 16 ? high : low
        buffer[position] = digits[Int(word >> UInt64((15 - nibble % 16) * 4) & 15)]
        position += 1
      }
      return 36
    }
  }
}
