/// Base64 in `BinaryEquals`, read forgivingly: characters outside of the alphabet are skipped, missing padding is not.
enum PolicyBinary {
  /// The bytes; nothing if the text is not ASCII or its padding is wrong.
  static func read(_ text: [UInt8]) -> [UInt8]? {
    var out: [UInt8] = []
    var bits: UInt32 = 0
    var phase = 0
    var pads = 0
    for byte in text {
      if byte >= 0x80 { return nil }
      if byte == UInt8(ascii: "=") {
        if phase >= 2 {
          pads += 1
          if phase + pads >= 4 { return out }
        }
        continue
      }
      guard let value = value(of: byte) else { continue }
      pads = 0
      bits = bits << 6 | value
      phase += 1
      if phase > 1 { out.append(UInt8(truncatingIfNeeded: bits >> UInt32(8 - 2 * phase))) }
      if phase == 4 {
        phase = 0
        bits = 0
      }
    }
    return phase == 0 ? out : nil
  }

  private static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
