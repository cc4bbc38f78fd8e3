import Cloud
import Foundation
import Wire

/// What `@ptr` says: an event's group and place.
struct EventPointer: Sendable, Equatable {
  var group: String
  var position: EventPosition

  var text: String { Data("\(position.digits)\(group)".utf8).base64EncodedString() }

  init(group: String, position: EventPosition) {
    self.group = group
    self.position = position
  }

  init?(_ text: String) {
    guard let data = Data(base64Encoded: text), let whole = String(data: data, encoding: .utf8),
      let position = EventPosition(digits: whole.prefix(56)), whole.utf8.count > 56
    else { return nil }
    self.init(group: String(whole.dropFirst(56)), position: position)
  }
}

/// GetLogRecord and GetLogGroupFields.
enum Records {
  static func get(
    _ input: GetLogRecordRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetLogRecordResponse {
    guard let pointer = EventPointer(input.logRecordPointer) else {
      throw .invalidParameter("The specified log record pointer is invalid.")  // unverified: words
    }
    let location = try GroupLocation(name: pointer.group, context)
    let group = try location.group(transaction)
    try Encryption.requireKey(of: group, at: location, context, transaction)
    let position = pointer.position
    let start = max(position.time, group.cutoff(at: transaction.now.milliseconds) ?? 0)
    var scan = EventScan(
      .stream(position.stream), EventScan.Bounds(start: start, end: position.time + 1, from: position),
      in: location.scope, transaction)
    let names = StreamNames(group: group, scope: location.scope, transaction)
    guard let event = try scan.next(), event.position == position, let stream = try names.name(of: event.stream) else {
      throw .resourceNotFound("The specified log record does not exist.")  // unverified: words
    }
    var fields = [
      "@timestamp": String(event.time), "@message": event.message, "@logStream": stream,
      "@log": "\(location.account):\(group.name)", "@ingestionTime": String(event.ingestedAt),
      "@ptr": input.logRecordPointer,
    ]
    for (name, value) in discovered(event.message) { fields[name] = value }
    return GetLogRecordResponse(logRecord: fields)
  }

  static func getAccess(
    _ input: GetLogRecordRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    guard let pointer = EventPointer(input.logRecordPointer) else { return try Access.any("GetLogRecord", context) }
    return try Access.group("GetLogRecord", GroupLocation(name: pointer.group, context), context, transaction)
  }

  /// AWS: user guide, "Supported logs and discovered fields": at most 200 of a message.
  private static let fieldLimit = 200

  /// The members of a JSON message by their paths.
  static func discovered(_ message: String) -> [(name: String, value: String)] {
    guard let root = JSONPattern.parse(message) else { return [] }
    var found: [(name: String, value: String)] = []
    func walk(_ node: JSONValue, _ path: String, _ depth: Int) {
      guard found.count < fieldLimit, depth < 50 else { return }
      switch node {
      case .object(let members):
        for member in members { walk(member.value, path.isEmpty ? member.name : "\(path).\(member.name)", depth + 1) }
      case .array(let values):
        for (index, value) in values.enumerated() {
          walk(value, path.isEmpty ? "\(index)" : "\(path).\(index)", depth + 1)
        }
      default: if let text = node.patternText { found.append((path, text)) }
      }
    }
    walk(root, "", 0)
    return found
  }

  /// So many events are looked at.
  private static let sample = 2000

  static func fields(
    _ input: GetLogGroupFieldsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetLogGroupFieldsResponse {
    let location = try GroupLocation(name: input.logGroupName, identifier: input.logGroupIdentifier, context)
    let group = try location.group(transaction)
    try Encryption.requireKey(of: group, at: location, context, transaction)
    // AWS: GetLogGroupFields, `time`: the eight minutes before and after it; without it, the last fifteen minutes.
    let now = transaction.now.milliseconds
    var bounds = EventScan.Bounds(start: now - 900_000, end: now + 1)
    if let time = input.time {
      let center = Int64(time) < 100_000_000_000 ? Int64(time) * 1000 : Int64(time)
      bounds = EventScan.Bounds(start: center - 480_000, end: center + 480_001)
    }
    if let cutoff = group.cutoff(at: now) { bounds.start = max(bounds.start, cutoff) }
    var scan = EventScan(.group(group.id), bounds, reversed: true, in: location.scope, transaction)
    var counts: [String: Int] = [:]
    var total = 0
    while total < sample, let event = try scan.next() {
      total += 1
      for (name, _) in discovered(event.message) { counts[name, default: 0] += 1 }
    }
    if total == 0 { return GetLogGroupFieldsResponse(logGroupFields: []) }
    for name in ["@timestamp", "@message", "@logStream", "@log", "@ingestionTime"] { counts[name] = total }
    let sorted = counts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    return GetLogGroupFieldsResponse(
      logGroupFields: sorted.map { LogGroupField(name: $0.key, percent: $0.value * 100 / total) })
  }
}
