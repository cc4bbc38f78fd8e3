/// The ways AWS's models write a timestamp (`timestampFormat`).
public enum TimestampFormat: Sendable, Equatable {
  /// `2015-01-25T08:00:00Z`
  case iso8601
  /// Seconds since 1970.
  case epoch
  /// `Sun, 25 Jan 2015 08:00:00 GMT`
  case httpDate
}

/// Whether a timestamp in XML has milliseconds.
public enum FractionStyle: Sendable, Equatable {
  /// Only when they aren't zero.
  case whenNeeded
  /// `.000` too, as S3 does.
  case always
  /// Never, as IAM and STS do.
  case never
}

extension Timestamp {
  private static let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  private static let dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  /// `2015-01-25T08:00:00Z`, with milliseconds only when they aren't zero.
  public var iso8601: String { iso8601(.whenNeeded) }

  /// `2015-01-25T08:00:00.000Z`, always with milliseconds.
  public var iso8601WithMilliseconds: String { iso8601(.always) }

  /// `2015-01-25T08:00:00Z`.
  public func iso8601(_ fraction: FractionStyle) -> String {
    let parts = components
    var text: [UInt8] = []
    text.reserveCapacity(24)
    if parts.year < 0 { text.append(UInt8(ascii: "-")) }
    text.appendDigits(abs(parts.year), width: 4)
    text.append(UInt8(ascii: "-"))
    text.appendDigits(parts.month, width: 2)
    text.append(UInt8(ascii: "-"))
    text.appendDigits(parts.day, width: 2)
    text.append(UInt8(ascii: "T"))
    text.appendTime(parts)
    if fraction == .always || (fraction == .whenNeeded && parts.millisecond != 0) {
      text.append(UInt8(ascii: "."))
      text.appendDigits(parts.millisecond, width: 3)
    }
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// `Sun, 25 Jan 2015 08:00:00 GMT` (RFC 9110).
  public var httpDate: String {
    let parts = components
    var text = Array("\(Timestamp.dayNames[parts.weekday]), ".utf8)
    text.appendDigits(parts.day, width: 2)
    text.append(contentsOf: " \(Timestamp.monthNames[parts.month - 1]) ".utf8)
    text.appendDigits(parts.year, width: 4)
    text.append(UInt8(ascii: " "))
    text.appendTime(parts)
    text.append(contentsOf: " GMT".utf8)
    return String(decoding: text, as: UTF8.self)
  }

  /// `1422172800`, with up to three decimals when there are milliseconds.
  public var epochText: String {
    let whole = milliseconds / 1000
    let rest = Int(abs(milliseconds % 1000))
    if rest == 0 { return String(whole) }
    var text = Array((milliseconds < 0 && whole == 0 ? "-0" : String(whole)).utf8)
    text.append(UInt8(ascii: "."))
    text.appendDigits(rest, width: 3)
    while text.last == UInt8(ascii: "0") { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  /// `20150125T080000Z`, as signatures carry it.
  public var basicISO8601: String {
    let parts = components
    var text: [UInt8] = []
    text.appendDigits(parts.year, width: 4)
    text.appendDigits(parts.month, width: 2)
    text.appendDigits(parts.day, width: 2)
    text.append(UInt8(ascii: "T"))
    text.appendDigits(parts.hour, width: 2)
    text.appendDigits(parts.minute, width: 2)
    text.appendDigits(parts.second, width: 2)
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads `2015-01-25`, `2015-01-25T08:00:00Z`, with any fraction and any offset, and `20150125T080000Z`.
  public init?(iso8601 text: String) {
    var scanner = DigitScanner(text)
    guard let year = scanner.digits(4) else { return nil }
    let isExtended = scanner.skip("-")
    guard let month = scanner.digits(2), !isExtended || scanner.skip("-"), let day = scanner.digits(2) else {
      return nil
    }
    if scanner.isAtEnd {
      self.init(year: year, month: month, day: day)
      return
    }
    guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" "), let hour = scanner.digits(2),
      !isExtended || scanner.skip(":"), let minute = scanner.digits(2)
    else { return nil }
    var second = 0
    if scanner.skip(":") || (!isExtended && scanner.isAtDigit) {
      guard let value = scanner.digits(2) else { return nil }
      second = value
    }
    var millisecond = 0
    if scanner.skip(".") || scanner.skip(",") {
      guard let value = scanner.thousandths() else { return nil }
      millisecond = value
    }
    var offset = 0
    if !scanner.skip("Z"), !scanner.skip("z"), !scanner.isAtEnd {
      let isNegative = scanner.skip("-")
      guard isNegative || scanner.skip("+"), let hours = scanner.digits(2) else { return nil }
      _ = scanner.skip(":")
      guard let minutes = scanner.digits(2), hours < 24, minutes < 60 else { return nil }
      offset = (hours * 60 + minutes) * (isNegative ? -60 : 60)
    }
    guard scanner.isAtEnd,
      let base = Timestamp(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond)
    else { return nil }
    self = base.adding(seconds: Int64(-offset))
  }

  /// Reads `Sun, 25 Jan 2015 08:00:00 GMT`, also with a fraction or another offset, and without the day's name.
  public init?(httpDate text: String) {
    var rest = Substring(text)
    if let comma = rest.firstIndex(of: ",") { rest = rest[rest.index(after: comma)...] }
    let words = rest.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count >= 4, let day = Int(words[0]), let year = Int(words[2]), words[2].utf8.count == 4,
      let month = Timestamp.monthNames.firstIndex(where: { $0.lowercased() == words[1].lowercased() })
    else { return nil }
    var scanner = DigitScanner(String(words[3]))
    guard let hour = scanner.digits(2), scanner.skip(":"), let minute = scanner.digits(2), scanner.skip(":"),
      let second = scanner.digits(2)
    else { return nil }
    var millisecond = 0
    if scanner.skip(".") {
      guard let value = scanner.thousandths() else { return nil }
      millisecond = value
    }
    var offset = 0
    if words.count > 4, !["GMT", "UTC", "Z"].contains(words[4]) {
      var zone = DigitScanner(String(words[4]))
      let isNegative = zone.skip("-")
      guard isNegative || zone.skip("+"), let hours = zone.digits(2), let minutes = zone.digits(2) else { return nil }
      offset = (hours * 60 + minutes) * (isNegative ? -60 : 60)
    }
    guard scanner.isAtEnd,
      let base = Timestamp(
        year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond)
    else { return nil }
    self = base.adding(seconds: Int64(-offset))
  }

  /// Reads seconds since 1970, with or without a fraction or exponent.
  public init?(epochText text: String) {
    if let whole = Int64(text) {
      self.init(seconds: whole)
    } else {
      guard let value = Double(text) else { return nil }
      self.init(epochSeconds: value)
    }
  }

  /// Reads any of the three formats, the expected one first: services accept more than their models say.
  public init?(text: String, format: TimestampFormat) {
    switch format {
    case .iso8601:
      guard let value = Timestamp(iso8601: text) ?? Timestamp(epochText: text) else { return nil }; self = value
    case .epoch:
      guard let value = Timestamp(epochText: text) ?? Timestamp(iso8601: text) else { return nil }; self = value
    case .httpDate:
      guard let value = Timestamp(httpDate: text) ?? Timestamp(iso8601: text) else { return nil }; self = value
    }
  }

  /// Written in a format.
  public func text(_ format: TimestampFormat, fraction: FractionStyle = .whenNeeded) -> String {
    switch format {
    case .iso8601: iso8601(fraction)
    case .epoch: epochText
    case .httpDate: httpDate
    }
  }
}

/// Reads fixed-width numbers from ASCII text.
private struct DigitScanner {
  private let text: [UInt8]
  private var index = 0

  init(_ text: String) { self.text = Array(text.utf8) }

  var isAtEnd: Bool { index == text.count }
  var isAtDigit: Bool { index < text.count && text[index].isDigit }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard index < text.count, text[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  mutating func digits(_ count: Int) -> Int? {
    guard index + count <= text.count else { return nil }
    var value = 0
    for byte in text[index..<index + count] {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    index += count
    return value
  }

  /// A fraction's digits, cut to thousandths.
  mutating func thousandths() -> Int? {
    guard isAtDigit else { return nil }
    var value = 0
    var count = 0
    while isAtDigit {
      if count < 3 { value = value * 10 + Int(text[index] - UInt8(ascii: "0")) }
      count += 1
      index += 1
    }
    while count < 3 {
      value *= 10
      count += 1
    }
    return value
  }
}

extension [UInt8] {
  fileprivate mutating func appendTime(_ parts: Timestamp.Components) {
    appendDigits(parts.hour, width: 2)
    append(UInt8(ascii: ":"))
    appendDigits(parts.minute, width: 2)
    append(UInt8(ascii: ":"))
    appendDigits(parts.second, width: 2)
  }

  /// Appends a number that isn't negative, with leading zeros.
  mutating func appendDigits(_ number: Int, width: Int) {
    var divisor = 1
    for _ in 1..<Swift.max(width, 1) { divisor *= 10 }
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
