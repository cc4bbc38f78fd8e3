/// A moment in whole seconds, as signatures carry it.
public struct SigningTime: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public let epochSeconds: Int64

  /// The moment `epochSeconds` after 1970-01-01T00:00:00Z.
  public init(epochSeconds: Int64) { self.epochSeconds = epochSeconds }

  /// The moment that `text` spells as `20150830T123600Z`, `2015-08-30T12:36:00Z` (a fraction is dropped) or
  /// `Sun, 30 Aug 2015 12:36:00 GMT`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard let time = bytes.withUnsafeBufferPointer({ Self.basic($0) }) ?? Self.extended(bytes) ?? Self.http(bytes)
    else { return nil }
    self = time
  }

  /// As in `X-Amz-Date`: `20150830T123600Z`.
  public var basicText: String {
    let c = components
    return "\(Self.digits(c.year, 4))\(Self.digits(c.month, 2))\(Self.digits(c.day, 2))T"
      + "\(Self.digits(c.hour, 2))\(Self.digits(c.minute, 2))\(Self.digits(c.second, 2))Z"
  }

  /// The day, as in a credential scope: `20150830`.
  public var dateText: String { String(basicText.prefix(8)) }

  /// As in S3's errors: `2015-08-30T12:36:00Z`.
  public var extendedText: String {
    let c = components
    return "\(Self.digits(c.year, 4))-\(Self.digits(c.month, 2))-\(Self.digits(c.day, 2))T"
      + "\(Self.digits(c.hour, 2)):\(Self.digits(c.minute, 2)):\(Self.digits(c.second, 2))Z"
  }

  public static func < (first: Self, second: Self) -> Bool { first.epochSeconds < second.epochSeconds }

  /// The moment `seconds` later.
  public static func + (time: Self, seconds: Int64) -> Self { Self(epochSeconds: time.epochSeconds &+ seconds) }

  /// The moment `seconds` earlier.
  public static func - (time: Self, seconds: Int64) -> Self { Self(epochSeconds: time.epochSeconds &- seconds) }

  /// The moment that `text` spells as `20150830T123600Z`; cheaper than trying all forms.
  init?(basic text: String) {
    guard let time = ByteText.with(text, { Self.basic($0) }) else { return nil }
    self = time
  }

  private static func basic(_ bytes: UnsafeBufferPointer<UInt8>) -> Self? {
    guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else { return nil }
    return make(
      number(bytes[0..<4]), number(bytes[4..<6]), number(bytes[6..<8]), number(bytes[9..<11]), number(bytes[11..<13]),
      number(bytes[13..<15]))
  }

  private static func extended(_ bytes: [UInt8]) -> Self? {
    guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      bytes[bytes.count - 1] == UInt8(ascii: "Z")
    else { return nil }
    let fraction = bytes[19..<(bytes.count - 1)]
    guard fraction.isEmpty || (fraction.first == UInt8(ascii: ".") && number(fraction.dropFirst()) != nil) else {
      return nil
    }
    return make(
      number(bytes[0..<4]), number(bytes[5..<7]), number(bytes[8..<10]), number(bytes[11..<13]), number(bytes[14..<16]),
      number(bytes[17..<19]))
  }

  private static func http(_ bytes: [UInt8]) -> Self? {
    let words = bytes.split(separator: UInt8(ascii: " "))
    guard words.count == 6, words[5].elementsEqual("GMT".utf8) || words[5].elementsEqual("UTC".utf8),
      words[0].last == UInt8(ascii: ","), words[1].count <= 2, words[3].count == 4
    else { return nil }
    let clock = words[4].split(separator: UInt8(ascii: ":"))
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard clock.count == 3, let month = names.firstIndex(where: { words[2].elementsEqual($0.utf8) }) else { return nil }
    return make(
      number(words[3]), Int64(month + 1), number(words[1]), number(clock[0]), number(clock[1]), number(clock[2]))
  }

  private static func number(_ digits: some Collection<UInt8>) -> Int64? {
    guard !digits.isEmpty, digits.count <= 9 else { return nil }
    var value: Int64 = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int64(digit - 0x30)
    }
    return value
  }

  private static func make(
    _ year: Int64?, _ month: Int64?, _ day: Int64?, _ hour: Int64?, _ minute: Int64?, _ second: Int64?
  ) -> Self? {
    guard let year, let month, let day, let hour, let minute, let second, (1...12).contains(month),
      (1...daysInMonth(year, month)).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
    // Days from the civil calendar, years counted from March so that the leap day comes last.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted >= 0 ? shifted / 400 : (shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    return Self(epochSeconds: days * 86_400 + hour * 3600 + minute * 60 + second)
  }

  private static func daysInMonth(_ year: Int64, _ month: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private struct Components {
    var year, month, day, hour, minute, second: Int64
  }

  private var components: Components {
    let days = (epochSeconds - (epochSeconds % 86_400 + 86_400) % 86_400) / 86_400
    let rest = epochSeconds - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return Components(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60)
  }

  private static func digits(_ value: Int64, _ width: Int) -> String {
    let text = String(value)
    return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
  }
}
