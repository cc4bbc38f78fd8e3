/// Percent encoding of URIs and forms (RFC 3986).
public enum Percent {
  /// Decodes `%XX`; a percent sign that begins no escape stands for itself.
  public static func decode<Bytes: Collection<UInt8>>(_ bytes: Bytes, plusIsSpace: Bool = false) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index != bytes.endIndex {
      let byte = bytes[index]
      bytes.formIndex(after: &index)
      if byte == UInt8(ascii: "%"), index != bytes.endIndex, let high = hexValue(bytes[index]) {
        let next = bytes.index(after: index)
        if next != bytes.endIndex, let low = hexValue(bytes[next]) {
          result.append(high << 4 | low)
          index = bytes.index(after: next)
          continue
        }
      }
      result.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
    }
    return result
  }

  /// Decodes text; what isn't UTF-8 afterwards is replaced by U+FFFD.
  public static func decode(_ text: String, plusIsSpace: Bool = false) -> String {
    String(decoding: decode(text.utf8, plusIsSpace: plusIsSpace), as: UTF8.self)
  }

  /// Encodes all but unreserved characters, as AWS's canonical form does.
  /// - Parameter keeping: further bytes to leave as they are (the slash in a path).
  public static func encode(_ text: String, keeping: String = "") -> String {
    var result: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      if isUnreserved(byte) || keeping.utf8.contains(byte) {
        result.append(byte)
      } else {
        result.append(UInt8(ascii: "%"))
        result.append(digits[Int(byte >> 4)])
        result.append(digits[Int(byte & 15)])
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
