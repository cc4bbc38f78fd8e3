/// A moment with millisecond precision, as AWS's protocols carry it.
public struct Timestamp: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  /// Milliseconds since 1970-01-01T00:00:00Z; negative before.
  public var milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// - Parameter seconds: whole seconds since 1970; beyond what milliseconds can hold, the nearest moment that fits.
  public init(seconds: Int64) {
    let (value, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    milliseconds = overflow ? (seconds < 0 ? .min : .max) : value
  }

  /// Seconds with a fraction since 1970; nothing for what isn't a number or is out of range.
  public init?(epochSeconds: Double) {
    let value = (epochSeconds * 1000).rounded()
    guard value.isFinite, abs(value) < 9e18 else { return nil }
    milliseconds = Int64(value)
  }

  /// Whole seconds since 1970, rounded down.
  public var seconds: Int64 { milliseconds.dividedFloor(by: 1000) }

  /// Seconds since 1970 with the fraction.
  public var epochSeconds: Double { Double(milliseconds) / 1000 }

  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

  /// This moment, `seconds` later.
  public func adding(seconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds &+ seconds &* 1000) }

  /// This moment, `milliseconds` later.
  public func adding(milliseconds more: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds &+ more) }

  /// Without its milliseconds, as IAM and STS keep time.
  public var wholeSeconds: Timestamp { Timestamp(seconds: seconds) }

  public var description: String { iso8601 }

  public init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}

extension Timestamp {
  /// A date and time of day in UTC.
  public struct Components: Sendable, Equatable {
    public var year: Int
    /// 1 to 12.
    public var month: Int
    /// 1 to 31.
    public var day: Int
    public var hour: Int
    public var minute: Int
    public var second: Int
    public var millisecond: Int
    /// 0 is Sunday.
    public var weekday: Int
  }

  /// The date and time of day in UTC (proleptic Gregorian calendar).
  public var components: Components {
    let days = milliseconds.dividedFloor(by: 86_400_000)
    let rest = Int(milliseconds &- days &* 86_400_000)
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days to a civil date.
    let shifted = days + 719_468
    let era = shifted.dividedFloor(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    let month = Int(monthIndex < 10 ? monthIndex + 3 : monthIndex - 9)
    let year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    return Components(
      year: year, month: month, day: day, hour: rest / 3_600_000, minute: rest / 60_000 % 60, second: rest / 1000 % 60,
      millisecond: rest % 1000, weekday: Int((days % 7 + 11) % 7))
  }

  /// A moment from a UTC date and time; nothing when a part is out of range. Second 60 (a leap second) is accepted.
  public init?(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0
  ) {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (-9999...99_999).contains(year), (1...12).contains(month), day >= 1, day <= lengths[month - 1],
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second), (0...999).contains(millisecond)
    else { return nil }
    let shiftedYear = Int64(month <= 2 ? year - 1 : year)
    let era = shiftedYear.dividedFloor(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    let secondsOfDay = Int64(hour * 3600 + minute * 60 + second)
    milliseconds = (days * 86_400 + secondsOfDay) * 1000 + Int64(millisecond)
  }
}

extension Int64 {
  /// Division that rounds towards negative infinity.
  func dividedFloor(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
