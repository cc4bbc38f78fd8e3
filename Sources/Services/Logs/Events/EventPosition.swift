/// An event's place in the order in which events are read: by time, and among those of one time by stream and number.
struct EventPosition: Sendable, Hashable, Comparable {
  /// Milliseconds since 1970.
  var time: Int64
  var stream: Int64
  var number: Int64

  static func < (left: EventPosition, right: EventPosition) -> Bool {
    (left.time, left.stream, left.number) < (right.time, right.stream, right.number)
  }

  /// In front of all events from `time` on.
  static func before(_ time: Int64) -> EventPosition { EventPosition(time: time, stream: .min, number: .min) }

  // MARK: As AWS writes them

  /// 56 digits that sort as the events do, like AWS's event ids and tokens: the time, the stream, the number.
  var digits: String {
    "3" + EventPosition.padded(time, 13) + EventPosition.padded(stream, 21) + EventPosition.padded(number, 21)
  }

  init(time: Int64, stream: Int64, number: Int64) {
    self.time = time
    self.stream = stream
    self.number = number
  }

  init?(digits: some StringProtocol) {
    let text = Array(digits.utf8)
    guard text.count == 56, text[0] == UInt8(ascii: "3"), text.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    func value(_ range: Range<Int>) -> Int64? { Int64(String(decoding: text[range], as: UTF8.self)) }
    guard let time = value(1..<14), let stream = value(14..<35), let number = value(35..<56) else { return nil }
    self.init(time: time, stream: stream, number: number)
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let text = String(max(value, 0))
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}

/// A token of GetLogEvents: a gap between two events of a stream, and the way to go on from it.
///
/// AWS: GetLogEvents: at the end of the stream it "returns the same token you passed in".
struct StreamToken: Sendable, Equatable {
  enum Direction: String, Sendable {
    case forward = "f"
    case backward = "b"
  }

  var direction: Direction
  /// The first event behind the gap: events from here on lie ahead for those who go forward.
  var position: EventPosition

  var text: String { "\(direction.rawValue)/\(position.digits)/s" }

  init(_ direction: Direction, _ position: EventPosition) {
    self.direction = direction
    self.position = position
  }

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2] == "s", let direction = Direction(rawValue: String(parts[0])),
      let position = EventPosition(digits: parts[1])
    else { return nil }
    self.init(direction, position)
  }
}
