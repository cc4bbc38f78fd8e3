/// Looks into ARNs without taking them apart.
enum ARNText {
  /// The account in an ARN; nothing if it has none.
  static func account(_ arn: String) -> Substring? {
    let utf8 = arn.utf8
    guard let part = part(4, utf8), utf8.distance(from: part.lowerBound, to: part.upperBound) == 12 else { return nil }
    return arn[part]
  }

  /// The service in an ARN and what stands behind the account; nothing for another text.
  static func serviceAndRest(_ arn: String) -> (service: Substring, rest: Substring)? {
    let utf8 = arn.utf8
    guard let service = part(2, utf8), let account = part(4, utf8), account.upperBound != utf8.endIndex else {
      return nil
    }
    return (arn[service], arn[utf8.index(after: account.upperBound)...])
  }

  /// The part behind so many colons, up to the next.
  private static func part(_ number: Int, _ utf8: String.UTF8View) -> Range<String.Index>? {
    var start = utf8.startIndex
    for _ in 0..<number {
      guard let colon = utf8[start...].firstIndex(of: UInt8(ascii: ":")) else { return nil }
      start = utf8.index(after: colon)
    }
    return start..<(utf8[start...].firstIndex(of: UInt8(ascii: ":")) ?? utf8.endIndex)
  }
}
