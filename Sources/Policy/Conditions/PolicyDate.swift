/// Dates in conditions: W3C profile of ISO 8601, from the bare year to fractions of a second, or seconds since 1970.
enum PolicyDate {
  /// Seconds since 1970-01-01T00:00:00Z; nothing if `text` is no date. Without a zone, times are UTC; a fraction of a
  /// second needs a zone, as in the W3C profile.
  static func read(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    if let seconds = epoch(bytes, text) { return seconds }
    var scanner = Scanner(bytes: bytes)
    return scanner.date()
  }

  /// Four digits alone are a year, any other number is seconds.
  private static func epoch(_ bytes: [UInt8], _ text: String) -> Double? {
    var digits = bytes[...]
    if digits.first == UInt8(ascii: "-") {
      digits.removeFirst()
    } else if digits.count == 4, !digits.contains(0x2E) {
      return nil
    }
    let halves = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard halves.count <= 2, halves.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }) else {
      return nil
    }
    return Double(text)
  }

  private struct Scanner {
    let bytes: [UInt8]
    var at = 0

    mutating func take(_ byte: Character) -> Bool {
      guard at < bytes.count, bytes[at] == byte.asciiValue else { return false }
      at += 1
      return true
    }

    mutating func digits(_ least: Int, _ most: Int) -> Int? {
      var value = 0
      var count = 0
      while count < most, at < bytes.count, (48...57).contains(bytes[at]) {
        value = value * 10 + Int(bytes[at] - 48)
        at += 1
        count += 1
      }
      return count < least ? nil : value
    }

    var isAtEnd: Bool { at == bytes.count }

    mutating func date() -> Double? {
      guard let year = digits(4, 4), year > 0 else { return nil }
      var month = 1
      var day = 1
      if take("-") {
        guard let value = digits(1, 2), (1...12).contains(value) else { return nil }
        month = value
        if take("-") {
          guard let value = digits(1, 2), value >= 1, value <= PolicyDate.days(inMonth: month, year) else { return nil }
          day = value
          if take("T") || take("t") {
            return time(onDay: PolicyDate.daysSince1970(year, month, day))
          }
        }
      }
      return isAtEnd ? Double(PolicyDate.daysSince1970(year, month, day)) * 86_400 : nil
    }

    mutating func time(onDay days: Int) -> Double? {
      guard let hour = digits(1, 2), hour < 24, take(":"), let minute = digits(1, 2), minute < 60 else { return nil }
      var second = 0
      var micros = 0
      var needsZone = false
      if take(":") {
        guard let value = digits(1, 2), value < 60 else { return nil }
        second = value
        if take(".") {
          let start = at
          guard let value = digits(1, 6) else { return nil }
          micros = value
          for _ in (at - start)..<6 { micros *= 10 }
          needsZone = true
        }
      }
      guard let offset = zone(), !needsZone || offset.isWritten else { return nil }
      let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset.seconds
      return Double(seconds * 1_000_000 + micros) / 1_000_000
    }

    /// `Z`, `+hh:mm`, `+hhmm`, either with seconds, or nothing.
    mutating func zone() -> (seconds: Int, isWritten: Bool)? {
      if isAtEnd { return (0, false) }
      if take("Z") { return isAtEnd ? (0, true) : nil }
      let sign = take("-") ? -1 : 1
      guard sign < 0 || take("+"), let hours = digits(2, 2), hours < 24 else { return nil }
      _ = take(":")
      guard let minutes = digits(2, 2), minutes < 60 else { return nil }
      var seconds = 0
      if !isAtEnd {
        _ = take(":")
        guard let value = digits(2, 2), value < 60 else { return nil }
        seconds = value
      }
      return isAtEnd ? (sign * (hours * 3_600 + minutes * 60 + seconds), true) : nil
    }
  }

  private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  private static func days(inMonth month: Int, _ year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days of the proleptic Gregorian calendar, counted with years that begin in March.
  private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
