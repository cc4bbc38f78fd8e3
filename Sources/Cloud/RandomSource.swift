import Foundation
import Synchronization

/// Randomness for ids and secrets: the system's, or a seeded sequence so that a run can be repeated exactly.
///
/// State: the generator in a `Mutex`, held for one draw.
public final class RandomSource: Sendable {
  private enum State {
    case seeded(UInt64)
    /// Words drawn from the system ahead of need: a system call for each would cost more than most handlers.
    case system([UInt64])
  }

  private let state: Mutex<State>
  private static let wordsAhead = 512

  /// The system's randomness, or with a seed a repeatable sequence (not for secrets).
  public init(seed: UInt64? = nil) { state = Mutex(seed.map { .seeded($0) } ?? .system([])) }

  /// Sixty-four random bits.
  public func next() -> UInt64 { state.withLock { RandomSource.draw(&$0) } }

  private static func draw(_ state: inout State) -> UInt64 {
    switch state {
    case .system(var words):
      state = .seeded(0)  // Lets the array change in place.
      if words.isEmpty {
        words = [UInt64](unsafeUninitializedCapacity: wordsAhead) { buffer, count in
          let bytes = UnsafeMutableRawBufferPointer(buffer)
          var filled = 0
          while filled < bytes.count {
            // getentropy gives at most 256 bytes at a time, and never fewer than asked.
            let wanted = min(256, bytes.count - filled)
            guard getentropy(bytes.baseAddress.map { $0 + filled }, wanted) == 0 else {
              preconditionFailure("the system has no randomness")
            }
            filled += wanted
          }
          count = wordsAhead
        }
      }
      let word = words.removeLast()
      state = .system(words)
      return word
    case .seeded(let value):
      // SplitMix64: small, and good enough for ids that need only be repeatable.
      var mixed = value &+ 0x9E37_79B9_7F4A_7C15
      state = .seeded(mixed)
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
    let base = UInt64(characters.count)
    return state.withLock { state in
      String(unsafeUninitializedCapacity: length) { buffer in
        var word: UInt64 = 0
        for index in 0..<length {
          // Eight characters from a word: of the largest alphabet they use 48 of its 64 bits, so the bias is negligible.
          if index % 8 == 0 { word = RandomSource.draw(&state) }
          buffer[index] = characters[Int(word % base)]
          word /= base
        }
        return length
      }
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
