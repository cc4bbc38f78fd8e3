import Wire

/// A cron expression of AWS: minutes, hours, day of month, month, day of week and year, in UTC.
///
/// AWS: EventBridge user guide, "Setting a schedule pattern for scheduled rules", "Cron expressions".
struct CronExpression: Sendable, Equatable {
  /// Which days of a month are meant: one of the two day fields is always `?`.
  private enum Days: Sendable, Equatable {
    case ofMonth(Set<Int>, isLast: Bool, nearestWeekday: Int?)
    /// 1 is Sunday.
    case ofWeek(Set<Int>)
    case lastOfWeek(Int)
    case nthOfWeek(day: Int, nth: Int)
  }

  private let minutes: [Int]
  private let hours: [Int]
  private let days: Days
  private let months: Set<Int>
  private let years: Set<Int>

  /// - Parameter text: the six fields; nothing if AWS would refuse them.
  init?(_ text: some StringProtocol) {
    let fields = text.split(separator: " ", omittingEmptySubsequences: true).map { $0.uppercased() }
    guard fields.count == 6 else { return nil }
    guard let minutes = CronExpression.numbers(fields[0], 0...59),
      let hours = CronExpression.numbers(fields[1], 0...23),
      let months = CronExpression.numbers(fields[3], 1...12, CronExpression.monthNames),
      let years = CronExpression.numbers(fields[5], 1970...2199)
    else { return nil }
    // AWS: "If you specify a value (or a *) in one of the fields, you must use a ? (question mark) in the other."
    if fields[4] == "?" {
      guard let days = CronExpression.daysOfMonth(fields[2]) else { return nil }
      self.days = days
    } else {
      guard fields[2] == "?", let days = CronExpression.daysOfWeek(fields[4]) else { return nil }
      self.days = days
    }
    self.minutes = minutes.sorted()
    self.hours = hours.sorted()
    self.months = months
    self.years = years
  }

  private static let monthNames = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
  ]
  private static let dayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

  // MARK: Reading

  private static func daysOfMonth(_ text: String) -> Days? {
    if text == "L" { return .ofMonth([], isLast: true, nearestWeekday: nil) }
    if text.hasSuffix("W") {
      guard let day = Int(text.dropLast()), (1...31).contains(day) else { return nil }
      return .ofMonth([], isLast: false, nearestWeekday: day)
    }
    return numbers(text, 1...31).map { .ofMonth($0, isLast: false, nearestWeekday: nil) }
  }

  private static func daysOfWeek(_ text: String) -> Days? {
    // Alone it is the last day of the week.
    if text == "L" { return .ofWeek([7]) }
    if text.hasSuffix("L") {
      return number(String(text.dropLast()), 1...7, dayNames).map { .lastOfWeek($0) }
    }
    let halves = text.split(separator: "#", omittingEmptySubsequences: false)
    if halves.count == 2 {
      guard let day = number(String(halves[0]), 1...7, dayNames), let nth = number(String(halves[1]), 1...5, []) else {
        return nil
      }
      return .nthOfWeek(day: day, nth: nth)
    }
    return numbers(text, 1...7, dayNames).map { .ofWeek($0) }
  }

  /// A list of values, ranges and steps.
  private static func numbers(_ text: String, _ range: ClosedRange<Int>, _ names: [String] = []) -> Set<Int>? {
    var result: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = part.split(separator: "/", omittingEmptySubsequences: false)
      guard halves.count <= 2 else { return nil }
      var values: [Int]
      if halves[0] == "*" {
        values = Array(range)
      } else {
        let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count <= 2, let first = number(String(ends[0]), range, names) else { return nil }
        var last = halves.count == 2 ? range.upperBound : first
        if ends.count == 2 {
          guard let end = number(String(ends[1]), range, names) else { return nil }
          last = end
        }
        // FRI-MON goes over the end of the week.
        values = first <= last ? Array(first...last) : Array(first...range.upperBound) + Array(range.lowerBound...last)
      }
      if halves.count == 2 {
        guard let step = Int(halves[1]), step > 0 else { return nil }
        values = stride(from: 0, to: values.count, by: step).map { values[$0] }
      }
      result.formUnion(values)
    }
    return result.isEmpty ? nil : result
  }

  private static func number(_ text: String, _ range: ClosedRange<Int>, _ names: [String]) -> Int? {
    if let index = names.firstIndex(of: text) { return index + range.lowerBound }
    guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(text), range.contains(value)
    else { return nil }
    return value
  }

  // MARK: Times

  /// The first moment behind `time`; nothing if there is none before 2200.
  func next(after time: Timestamp) -> Timestamp? {
    let start = time.components
    guard let lastYear = years.max() else { return nil }
    var (year, month, firstDay) = (start.year, start.month, start.day)
    while year <= lastYear {
      if years.contains(year), months.contains(month) {
        for day in days(year, month) where day >= firstDay {
          for hour in hours {
            for minute in minutes {
              guard let moment = Timestamp(year: year, month: month, day: day, hour: hour, minute: minute) else {
                continue
              }
              if moment > time { return moment }
            }
          }
        }
      }
      firstDay = 1
      month += 1
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    return nil
  }

  /// The days of a month that are meant, ascending.
  private func days(_ year: Int, _ month: Int) -> [Int] {
    guard let first = Timestamp(year: year, month: month, day: 1) else { return [] }
    let length = CronExpression.length(year, month)
    /// 1 is Sunday.
    func weekday(_ day: Int) -> Int { (first.components.weekday + day - 1) % 7 + 1 }
    switch days {
    case .ofMonth(let wanted, let isLast, let nearest):
      if isLast { return [length] }
      guard let nearest else { return wanted.filter { $0 <= length }.sorted() }
      guard nearest <= length else { return [] }
      switch weekday(nearest) {
      case 7: return [nearest == 1 ? 3 : nearest - 1]
      case 1: return [nearest == length ? nearest - 2 : nearest + 1]
      default: return [nearest]
      }
    case .ofWeek(let wanted): return (1...length).filter { wanted.contains(weekday($0)) }
    case .lastOfWeek(let wanted): return ((length - 6)...length).filter { weekday($0) == wanted }
    case .nthOfWeek(let wanted, let nth):
      return (1...length).filter { weekday($0) == wanted && ($0 - 1) / 7 + 1 == nth }
    }
  }

  private static func length(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
