import Wire

/// The `Range` header of a read.
/// AWS: GetObject, "Amazon S3 doesn't support retrieving multiple ranges of data per GET request."
enum ByteRange: Sendable, Equatable {
  /// From a first byte to a last one, or to the end.
  case from(Int64, to: Int64?)
  /// So many bytes at the end.
  case last(Int64)

  /// Nothing for what isn't one single range: such a header is ignored (RFC 9110, section 14.2).
  init?(_ header: String) {
    let text = header.utf8.filter { $0 != UInt8(ascii: " ") }
    guard text.count > 6, String(decoding: text.prefix(6), as: UTF8.self).lowercased() == "bytes=" else { return nil }
    let parts = text.dropFirst(6).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let first = ByteRange.number(parts[0])
    let last = ByteRange.number(parts[1])
    if parts[0].isEmpty {
      guard let last else { return nil }
      self = .last(last)
    } else {
      guard let first, parts[1].isEmpty || last != nil else { return nil }
      if let last, last < first { return nil }
      self = .from(first, to: last)
    }
  }

  /// The bytes it means of an object of this size; nothing when there are none.
  func resolved(size: Int64) -> Range<Int64>? {
    switch self {
    case .from(let first, let last):
      guard first < size else { return nil }
      return first..<min(size, (last.map { $0 == .max ? $0 : $0 + 1 }) ?? size)
    case .last(let count):
      guard count > 0, size > 0 else { return nil }
      return max(0, size - count)..<size
    }
  }

  /// Digits only; what is too large counts as very large.
  private static func number(_ text: some Collection<UInt8>) -> Int64? {
    guard !text.isEmpty, text.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    return Int64(String(decoding: Array(text), as: UTF8.self)) ?? .max
  }
}

/// `bytes 0-9/100`
func contentRange(_ range: Range<Int64>, of size: Int64) -> String {
  "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
}
