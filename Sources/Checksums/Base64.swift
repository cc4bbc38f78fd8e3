/// Base64 with the standard alphabet and padding (RFC 4648 section 4), as `Content-MD5` and `x-amz-checksum-*` have it.
public enum Base64 {
  /// The padded base64 form of `bytes`. O(n).
  public static func encode(_ bytes: some Collection<UInt8>) -> String {
    if let text = bytes.withContiguousStorageIfAvailable({ encode(buffer: $0) }) { return text }
    return Array(bytes).withUnsafeBufferPointer { encode(buffer: $0) }
  }

  /// The bytes that `text` spells. O(n).
  ///
  /// Padding is required and white space is not allowed. Unused low bits of the last character are ignored, as most
  /// decoders do.
  /// - Returns: nil when `text` isn't base64.
  public static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let utf8 = text.utf8
    let count = utf8.count
    guard count.isMultiple(of: 4) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count / 4 * 3)
    var bits: UInt32 = 0
    var held = 0
    var padding = 0
    for character in utf8 {
      if character == 0x3D {
        padding += 1
        continue
      }
      let value = values[Int(character)]
      guard value < 64, padding == 0 else { return nil }
      bits = bits << 6 | UInt32(value)
      held += 1
      if held == 4 {
        bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
        bytes.append(UInt8(truncatingIfNeeded: bits))
        held = 0
        bits = 0
      }
    }
    switch (held, padding) {
    case (0, 0): break
    case (2, 2): bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
    case (3, 1):
      bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
    default: return nil
    }
    return bytes
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 255, count: 256)
    for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
    return table
  }()

  private static func encode(buffer: UnsafeBufferPointer<UInt8>) -> String {
    let alphabet = alphabet
    return String(unsafeUninitializedCapacity: (buffer.count + 2) / 3 * 4) { out in
      var written = 0
      var index = 0
      while index < buffer.count {
        let remaining = buffer.count - index
        var group = UInt32(buffer[index]) << 16
        if remaining > 1 { group |= UInt32(buffer[index + 1]) << 8 }
        if remaining > 2 { group |= UInt32(buffer[index + 2]) }
        out[written] = alphabet[Int(group >> 18)]
        out[written + 1] = alphabet[Int(group >> 12 & 63)]
        out[written + 2] = remaining > 1 ? alphabet[Int(group >> 6 & 63)] : 0x3D
        out[written + 3] = remaining > 2 ? alphabet[Int(group & 63)] : 0x3D
        written += 4
        index += 3
      }
      return written
    }
  }
}
