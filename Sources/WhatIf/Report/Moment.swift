/// A time as logs write it, to the second: `2026-11-25T04:00:00Z`.
public struct Moment: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  /// Since 1970.
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let value = Array(text.utf8).withUnsafeBufferPointer(Moment.milliseconds) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "\(text) is no time"))
    }
    milliseconds = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  public var description: String { Moment.text(milliseconds) }

  public static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

  /// The text of milliseconds since 1970, to the second.
  public static func text(_ milliseconds: Int64) -> String {
    let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - day * 86_400
    let (year, month, date) = civil(day)
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let years = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
    return "\(years)-\(two(month))-\(two(date))T\(two(rest / 3600)):\(two(rest % 3600 / 60)):\(two(rest % 60))Z"
  }

  /// Milliseconds since 1970 of `yyyy-mm-ddThh:mm:ss[.fff]Z`; nothing for another text.
  public static func milliseconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text.count >= 20, text[4] == 45, text[7] == 45, text[10] == 84, text[13] == 58, text[16] == 58,
      text[text.count - 1] == 90
    else { return nil }
    func number(_ range: Range<Int>) -> Int64? {
      var value: Int64 = 0
      for index in range {
        guard (48...57).contains(text[index]) else { return nil }
        value = value * 10 + Int64(text[index] - 48)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19), (1...12).contains(month)
    else { return nil }
    var fraction: Int64 = 0
    if text.count > 21, text[19] == 46 {
      var scale: Int64 = 100
      for index in 20..<min(text.count - 1, 23) {
        guard (48...57).contains(text[index]) else { return nil }
        fraction += Int64(text[index] - 48) * scale
        scale /= 10
      }
    }
    return (days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second) * 1000 + fraction
  }

  // Days of the Gregorian calendar, counted with years that begin in March.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marched = (5 * dayOfYear + 2) / 153
    let month = marched < 10 ? marched + 3 : marched - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marched + 2) / 5 + 1)
  }
}
