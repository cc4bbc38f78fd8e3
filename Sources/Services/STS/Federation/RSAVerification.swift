import Crypto
import Foundation

/// Checks RSA signatures (RFC 8017, RSASSA-PKCS1-v1_5). Everything here is public, so nothing has to take constant time.
enum RSAVerification {
  enum Hash {
    case sha256, sha384, sha512

    /// The DER of `DigestInfo` up to the digest.
    var prefix: [UInt8] {
      switch self {
      case .sha256: RSAVerification.prefix(1, 32)
      case .sha384: RSAVerification.prefix(2, 48)
      case .sha512: RSAVerification.prefix(3, 64)
      }
    }

    func digest(_ bytes: [UInt8]) -> [UInt8] {
      switch self {
      case .sha256: Array(SHA256.hash(data: bytes))
      case .sha384: Array(SHA384.hash(data: bytes))
      case .sha512: Array(SHA512.hash(data: bytes))
      }
    }
  }

  private static func prefix(_ algorithm: UInt8, _ size: UInt8) -> [UInt8] {
    [
      0x30, 0x11 + size, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, algorithm, 0x05, 0x00,
      0x04, size,
    ]
  }

  /// Whether `signature` is the key's for `message`. Keys of 1,024 to 8,192 bits.
  static func isValid(
    _ signature: [UInt8], of message: [UInt8], _ hash: Hash, modulus: [UInt8], exponent: [UInt8]
  ) -> Bool {
    let modulus = Array(modulus.drop { $0 == 0 })
    let exponent = Array(exponent.drop { $0 == 0 })
    guard (128...1024).contains(modulus.count), let last = modulus.last, last & 1 == 1,
      signature.count == modulus.count,
      (1...4).contains(exponent.count)
    else { return false }
    let digest = hash.prefix + hash.digest(message)
    let padding = modulus.count - digest.count - 3
    guard padding >= 8 else { return false }
    let expected = [0, 1] + Array(repeating: UInt8(0xFF), count: padding) + [0] + digest
    let power = exponent.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return Montgomery(limbs(modulus)).raise(limbs(signature), to: power).map { bytes($0, modulus.count) } == expected
  }

  /// Least significant first.
  private static func limbs(_ bytes: [UInt8]) -> [UInt32] {
    var result = Array(repeating: UInt32(0), count: (bytes.count + 3) / 4)
    for (index, byte) in bytes.reversed().enumerated() { result[index / 4] |= UInt32(byte) << UInt32(index % 4 * 8) }
    return result
  }

  private static func bytes(_ limbs: [UInt32], _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: limbs[$0 / 4] >> UInt32($0 % 4 * 8)) }
  }
}

/// Multiplication modulo an odd number, by Montgomery's method.
private struct Montgomery {
  private let modulus: [UInt32]
  /// −modulus⁻¹ modulo 2³².
  private let inverse: UInt32

  init(_ modulus: [UInt32]) {
    self.modulus = modulus
    // Newton's iteration: each round doubles the bits that are right.
    var inverse: UInt32 = 1
    for _ in 0..<5 { inverse = inverse &* (2 &- modulus[0] &* inverse) }
    self.inverse = 0 &- inverse
  }

  /// `base` to a power; nothing if `base` is not below the modulus.
  func raise(_ base: [UInt32], to power: UInt32) -> [UInt32]? {
    guard base.count == modulus.count, isLess(base, modulus), power > 0 else { return nil }
    // R² modulo the modulus, by doubling 1.
    var square = Array(repeating: UInt32(0), count: modulus.count)
    square[0] = 1
    for _ in 0..<(64 * modulus.count) { square = doubled(square) }
    let factor = product(base, square)
    var result = factor
    for bit in (0..<(31 - power.leadingZeroBitCount)).reversed() {
      result = product(result, result)
      if power >> UInt32(bit) & 1 == 1 { result = product(result, factor) }
    }
    var one = Array(repeating: UInt32(0), count: modulus.count)
    one[0] = 1
    return product(result, one)
  }

  /// a·b·R⁻¹.
  private func product(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    let count = modulus.count
    var sum = Array(repeating: UInt32(0), count: count + 2)
    for i in 0..<count {
      var carry: UInt64 = 0
      for j in 0..<count {
        let value = UInt64(sum[j]) + UInt64(a[j]) * UInt64(b[i]) + carry
        sum[j] = UInt32(truncatingIfNeeded: value)
        carry = value >> 32
      }
      let top = UInt64(sum[count]) + carry
      sum[count] = UInt32(truncatingIfNeeded: top)
      sum[count + 1] = UInt32(truncatingIfNeeded: top >> 32)
      let factor = UInt64(sum[0] &* inverse)
      carry = (UInt64(sum[0]) + factor * UInt64(modulus[0])) >> 32
      for j in 1..<max(count, 1) where count > 1 {
        let value = UInt64(sum[j]) + factor * UInt64(modulus[j]) + carry
        sum[j - 1] = UInt32(truncatingIfNeeded: value)
        carry = value >> 32
      }
      let rest = UInt64(sum[count]) + carry
      sum[count - 1] = UInt32(truncatingIfNeeded: rest)
      sum[count] = sum[count + 1] &+ UInt32(truncatingIfNeeded: rest >> 32)
    }
    let result = Array(sum.prefix(count))
    return sum[count] != 0 || !isLess(result, modulus) ? difference(result, modulus) : result
  }

  private func doubled(_ a: [UInt32]) -> [UInt32] {
    var result = a
    var carry: UInt32 = 0
    for index in result.indices {
      let next = result[index] >> 31
      result[index] = result[index] << 1 | carry
      carry = next
    }
    return carry != 0 || !isLess(result, modulus) ? difference(result, modulus) : result
  }

  private func difference(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var result = a
    var borrow: Int64 = 0
    for index in result.indices {
      let value = Int64(a[index]) - Int64(b[index]) + borrow
      result[index] = UInt32(truncatingIfNeeded: value)
      borrow = value < 0 ? -1 : 0
    }
    return result
  }

  private func isLess(_ a: [UInt32], _ b: [UInt32]) -> Bool {
    for index in a.indices.reversed() where a[index] != b[index] { return a[index] < b[index] }
    return false
  }
}
