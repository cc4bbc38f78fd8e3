import Crypto
import CryptoExtras

/// AES Key Wrap with Padding, RFC 5649: how long key material is wrapped for import.
enum PaddedKeyWrap {
  /// The wrapped key, or nothing if `bytes` were not made with this key.
  static func unwrap(_ bytes: [UInt8], with key: SymmetricKey) -> [UInt8]? {
    guard bytes.count >= 16, bytes.count.isMultiple(of: 8) else { return nil }
    let count = bytes.count / 8 - 1
    var integrity = Array(bytes[..<8])
    var blocks = (1...count).map { Array(bytes[($0 * 8)..<($0 * 8 + 8)]) }
    do {
      if count == 1 {
        var block = bytes
        try AES.inversePermute(&block, key: key)
        integrity = Array(block[..<8])
        blocks = [Array(block[8...])]
      } else {
        for round in stride(from: 5, through: 0, by: -1) {
          for index in stride(from: count, through: 1, by: -1) {
            let step = UInt64(count * round + index)
            for byte in 0..<8 { integrity[byte] ^= UInt8(truncatingIfNeeded: step >> (8 * UInt64(7 - byte))) }
            var block = integrity + blocks[index - 1]
            try AES.inversePermute(&block, key: key)
            integrity = Array(block[..<8])
            blocks[index - 1] = Array(block[8...])
          }
        }
      }
    } catch { return nil }
    guard integrity.starts(with: [0xA6, 0x59, 0x59, 0xA6]) else { return nil }
    let length = integrity[4...].reduce(0) { $0 << 8 | Int($1) }
    guard length > (count - 1) * 8, length <= count * 8 else { return nil }
    let whole = Array(blocks.joined())
    guard whole[length...].allSatisfy({ $0 == 0 }) else { return nil }
    return Array(whole[..<length])
  }
}
