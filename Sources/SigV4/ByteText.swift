/// Text as bytes: the few helpers that canonical requests are written with.
enum ByteText {
  /// Calls `body` with the UTF-8 of `text`, without a copy for all but strings bridged from elsewhere.
  @inline(__always)
  static func with<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
    return Array(text.utf8).withUnsafeBufferPointer(body)
  }

  /// True when `name` in lower case (ASCII) is `lowered`.
  @inline(__always)
  static func equals(_ name: String, lowered: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.utf8.count == lowered.count else { return false }
    return with(name) { bytes in
      for index in 0..<bytes.count where lower(bytes[index]) != lowered[index] { return false }
      return true
    }
  }

  /// True when `name` in lower case (ASCII) is `lowered`.
  static func equals(_ name: String, _ lowered: String) -> Bool {
    guard name.utf8.count == lowered.utf8.count else { return false }
    return with(lowered) { equals(name, lowered: $0) }
  }

  /// The index of the first `separator` at or after `start`, or the end.
  @inline(__always)
  static func end(of bytes: UnsafeBufferPointer<UInt8>, from start: Int, before separator: UInt8) -> Int {
    var end = min(start, bytes.count)
    while end < bytes.count, bytes[end] != separator { end += 1 }
    return end
  }

  @inline(__always)
  static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// The value of a hexadecimal digit of either case.
  @inline(__always)
  static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  /// Writes `bytes` in lower-case hexadecimal.
  static func appendHex(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    for byte in bytes {
      out.append(lowerDigit(byte >> 4))
      out.append(lowerDigit(byte & 15))
    }
  }

  /// `bytes` in lower-case hexadecimal.
  static func hex(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(64)
    for byte in bytes {
      out.append(lowerDigit(byte >> 4))
      out.append(lowerDigit(byte & 15))
    }
    return out
  }

  /// `bytes` in hexadecimal with spaces between, as in S3's `StringToSignBytes`.
  static func spacedHex(_ bytes: some Collection<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 3)
    for byte in bytes {
      if !out.isEmpty { out.append(0x20) }
      out.append(lowerDigit(byte >> 4))
      out.append(lowerDigit(byte & 15))
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// `bytes` in padded base64.
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      bits <<= UInt32(8 * (3 - group.count))
      for position in 0..<4 {
        out.append(position <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * position) & 63)] : 0x3D)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// True when both are the same; takes equally long for all of one length, so that time tells nothing of a signature.
  static func equalInConstantTime(_ first: [UInt8], _ second: String) -> Bool {
    with(second) { second in
      guard first.count == second.count else { return false }
      var difference: UInt8 = 0
      for index in 0..<first.count { difference |= first[index] ^ second[index] }
      return difference == 0
    }
  }

  @inline(__always)
  private static func lowerDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
