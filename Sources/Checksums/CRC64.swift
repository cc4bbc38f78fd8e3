/// A reflected 64-bit cyclic redundancy check with all bits set before and flipped after, computed 16 bytes a step.
///
/// Slicing by 16, as in `CRC32`.
struct CRC64: Sendable {
  /// CRC-64/NVME, S3's default checksum.
  static let nvme = CRC64(polynomial: 0x9A6C_9329_AC4B_C9B5)

  /// The polynomial, lowest bit the highest power.
  let polynomial: UInt64
  private let tables: [UInt64]

  init(polynomial: UInt64) {
    self.polynomial = polynomial
    var tables = [UInt64](repeating: 0, count: 16 * 256)
    for byte in 0..<256 {
      var value = UInt64(byte)
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
  func update(_ crc: UInt64, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
    guard var next = bytes.baseAddress else { return crc }
    return tables.withUnsafeBufferPointer { tables in
      guard let t = tables.baseAddress else { return crc }
      var state = ~crc
      var left = bytes.count
      while left >= 16 {
        let low = UInt64(littleEndian: next.loadUnaligned(as: UInt64.self)) ^ state
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
        state = state >> 8 ^ t[Int((state ^ UInt64(next.load(as: UInt8.self))) & 255)]
        next += 1
        left -= 1
      }
      return ~state
    }
  }
}
