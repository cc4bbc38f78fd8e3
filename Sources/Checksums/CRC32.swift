/// A reflected 32-bit cyclic redundancy check with all bits set before and flipped after, computed 16 bytes a step.
///
/// Slicing by 16: table k holds the remainders of a byte followed by k zero bytes, so that the sixteen look-ups of a
/// step don't wait for each other.
struct CRC32: Sendable {
  /// CRC-32 of zlib, gzip and Ethernet.
  static let ieee = CRC32(polynomial: 0xEDB8_8320)
  /// CRC-32C of iSCSI and ext4.
  static let castagnoli = CRC32(polynomial: 0x82F6_3B78)

  /// The polynomial, lowest bit the highest power.
  let polynomial: UInt32
  private let tables: [UInt32]

  init(polynomial: UInt32) {
    self.polynomial = polynomial
    var tables = [UInt32](repeating: 0, count: 16 * 256)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1 }
      tables[byte] = value
    }
    for index in 256..<tables.count {
      let previous = tables[index - 256]
      tables[index] = previous >> 8 ^ tables[Int(previous & 255)]
    }
    self.tables = tables
  }

  /// The check of what `crc` covers followed by `bytes`.
  func update(_ crc: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    guard var next = bytes.baseAddress else { return crc }
    return tables.withUnsafeBufferPointer { tables in
      guard let t = tables.baseAddress else { return crc }
      var state = ~crc
      var left = bytes.count
      while left >= 16 {
        let low = UInt64(littleEndian: next.loadUnaligned(as: UInt64.self)) ^ UInt64(state)
        let high = UInt64(littleEndian: next.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        let a =
          t[15 * 256 + Int(low & 255)] ^ t[14 * 256 + Int(low >> 8 & 255)] ^ t[13 * 256 + Int(low >> 16 & 255)]
          ^ t[12 * 256 + Int(low >> 24 & 255)]
        let b =
          t[11 * 256 + Int(low >> 32 & 255)] ^ t[10 * 256 + Int(low >> 40 & 255)] ^ t[9 * 256 + Int(low >> 48 & 255)]
          ^ t[8 * 256 + Int(low >> 56)]
        let c =
          t[7 * 256 + Int(high & 255)] ^ t[6 * 256 + Int(high >> 8 & 255)] ^ t[5 * 256 + Int(high >> 16 & 255)]
          ^ t[4 * 256 + Int(high >> 24 & 255)]
        let d =
          t[3 * 256 + Int(high >> 32 & 255)] ^ t[2 * 256 + Int(high >> 40 & 255)] ^ t[256 + Int(high >> 48 & 255)]
          ^ t[Int(high >> 56)]
        state = (a ^ b) ^ (c ^ d)
        next += 16
        left -= 16
      }
      while left > 0 {
        state = state >> 8 ^ t[Int((state ^ UInt32(next.load(as: UInt8.self))) & 255)]
        next += 1
        left -= 1
      }
      return ~state
    }
  }
}
