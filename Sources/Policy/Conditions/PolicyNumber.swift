/// Numbers in conditions: decimal, with an optional sign, fraction and exponent. `01`, `+1`, `1.0` and `1e0` are the same
/// number; `NaN`, `Infinity` and everything else are none (AWS captures).
enum PolicyNumber {
  /// Reads a number; nothing if `text` is none or too large.
  static func read(_ text: String) -> Double? {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, first == 0x20 || (0x09...0x0D).contains(first) { bytes.removeFirst() }
    while let last = bytes.last, last == 0x20 || (0x09...0x0D).contains(last) { bytes.removeLast() }
    guard isDecimal(bytes), let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }

  private static func isDecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
    var at = bytes.startIndex
    func digits() -> Int {
      let start = at
      while at < bytes.endIndex, (48...57).contains(bytes[at]) { at += 1 }
      return at - start
    }
    func take(_ first: UInt8, _ second: UInt8) -> Bool {
      guard at < bytes.endIndex, bytes[at] == first || bytes[at] == second else { return false }
      at += 1
      return true
    }
    _ = take(UInt8(ascii: "+"), UInt8(ascii: "-"))
    var count = digits()
    if take(UInt8(ascii: "."), UInt8(ascii: ".")) { count += digits() }
    guard count > 0 else { return false }
    if take(UInt8(ascii: "e"), UInt8(ascii: "E")) {
      _ = take(UInt8(ascii: "+"), UInt8(ascii: "-"))
      guard digits() > 0 else { return false }
    }
    return at == bytes.endIndex
  }
}
