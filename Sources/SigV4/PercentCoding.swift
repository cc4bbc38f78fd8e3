/// Percent-encoding as Signature Version 4 wants it: all but `A-Z a-z 0-9 - . _ ~`, with upper-case digits.
enum PercentCoding {
  /// Writes `byte`, encoded unless it is unreserved (or a slash, if `keepingSlash`).
  @inline(__always)
  static func append(_ byte: UInt8, keepingSlash: Bool, to out: inout [UInt8]) {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x2D, 0x2E, 0x5F, 0x7E: out.append(byte)
    case 0x2F where keepingSlash: out.append(byte)
    default:
      out.append(0x25)
      out.append(upperDigit(byte >> 4))
      out.append(upperDigit(byte & 15))
    }
  }

  /// Writes `bytes` decoded and encoded again, so that every spelling of a text becomes the same. A percent sign that
  /// begins no escape stands for itself.
  static func recode(
    _ bytes: UnsafeBufferPointer<UInt8>.SubSequence, plusIsSpace: Bool, keepingSlash: Bool, to out: inout [UInt8]
  ) {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      var byte = bytes[index]
      if byte == 0x25, index + 2 < bytes.endIndex, let high = ByteText.hexValue(bytes[index + 1]),
        let low = ByteText.hexValue(bytes[index + 2])
      {
        byte = high << 4 | low
        index += 2
      } else if byte == 0x2B, plusIsSpace {
        byte = 0x20
      }
      append(byte, keepingSlash: keepingSlash, to: &out)
      index += 1
    }
  }

  /// `text` encoded, slashes too.
  static func encode(_ text: String) -> String {
    var out: [UInt8] = []
    for byte in text.utf8 { append(byte, keepingSlash: false, to: &out) }
    return String(decoding: out, as: UTF8.self)
  }

  /// `bytes` decoded, as a query parameter is.
  static func decode(_ bytes: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == 0x25, index + 2 < bytes.endIndex, let high = ByteText.hexValue(bytes[index + 1]),
        let low = ByteText.hexValue(bytes[index + 2])
      {
        out.append(high << 4 | low)
        index += 3
      } else {
        out.append(bytes[index] == 0x2B ? 0x20 : bytes[index])
        index += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  @inline(__always)
  private static func upperDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}
