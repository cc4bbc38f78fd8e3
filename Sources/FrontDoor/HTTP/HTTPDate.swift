/// `Date` header values, formatted once a second.
struct HTTPDate {
  private var second = Int.min
  private var text = ""

  /// The IMF-fixdate (RFC 9110, section 5.6.7) of a Unix time.
  mutating func text(at unixTime: Int) -> String {
    if unixTime != second {
      second = unixTime
      text = Self.format(unixTime)
    }
    return text
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`
  static func format(_ unixTime: Int) -> String {
    let days = unixTime >= 0 ? unixTime / 86_400 : (unixTime - 86_399) / 86_400
    let inDay = unixTime - days * 86_400
    // Civil date from days since 1970-01-01 (proleptic Gregorian calendar in eras of 400 years that begin in March).
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let weekday = weekdays[((days + 4) % 7 + 7) % 7]
    let time = [inDay / 3600, inDay / 60 % 60, inDay % 60].map(twoDigits).joined(separator: ":")
    return "\(weekday), \(twoDigits(day)) \(months[month - 1]) \(year) \(time) GMT"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : String(number)
  }
}
