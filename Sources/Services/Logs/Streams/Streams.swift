import Cloud
import Wire

/// CreateLogStream, DeleteLogStream and DescribeLogStreams.
enum Streams {
  static func create(
    _ input: CreateLogStreamRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try GroupLocation(name: input.logGroupName, context)
    let group = try location.group(transaction)
    let stream = LogStreamRecord(
      group: group.id, name: input.logStreamName, id: Groups.newID(transaction),
      createdAt: transaction.now.milliseconds)
    guard try !transaction.contains(LogStreamRecord.self, stream.key, in: location.scope) else {
      throw .alreadyExists("The specified log stream already exists")
    }
    try transaction.insert(stream, in: location.scope)
    return NoMembers()
  }

  static func delete(
    _ input: DeleteLogStreamRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try GroupLocation(name: input.logGroupName, context)
    let group = try location.group(transaction)
    if group.isProtected { throw .deletionProtected(group.name) }
    let stream = try LogStreamRecord.find(input.logStreamName, in: group, location.scope, transaction)
    try transaction.delete(stream, in: location.scope)
    try Sweeping.sweep(.stream(stream.id), location.scope, transaction)
    return NoMembers()
  }

  static func describe(
    _ input: DescribeLogStreamsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeLogStreamsResponse {
    let location = try GroupLocation(name: input.logGroupName, identifier: input.logGroupIdentifier, context)
    let isByTime = input.orderBy == "LastEventTime"
    if isByTime, input.logStreamNamePrefix != nil {
      throw .invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.")
    }
    let group = try location.group(transaction)
    let isDescending = input.descending ?? false
    let limit = input.limit ?? 50
    let streams: [LogStreamRecord]
    if isByTime {
      var range = KeyRange.prefix(.integer(group.id))
      if let token = input.nextToken {
        let last = Key(.integer(group.id), .integer(try time(token)), .string(try name(token)))
        range = isDescending ? range.before(last) : range.after(last)
      }
      streams = try transaction.scan(
        LogStreamRecord.self, by: LogStreamRecord.byLastEvent, in: location.scope, range, limit: limit + 1,
        reversed: isDescending)
    } else {
      var range = KeyRange.prefix(
        Key(.integer(group.id)), stringStartingWith: input.logStreamNamePrefix ?? "")
      if let token = input.nextToken {
        let last = Key(.integer(group.id), .string(try name(token)))
        range = isDescending ? range.before(last) : range.after(last)
      }
      streams = try transaction.scan(
        LogStreamRecord.self, in: location.scope, range, limit: limit + 1, reversed: isDescending)
    }
    let shown = streams.prefix(limit)
    return DescribeLogStreamsResponse(
      logStreams: shown.map { stream($0, at: location) },
      nextToken: streams.count > limit
        ? shown.last.map { PageToken.text("\($0.lastEvent ?? 0)/\($0.name)") } : nil)
  }

  private static func time(_ token: String) throws(AWSError) -> Int64 {
    guard let time = Int64(try PageToken.name(token).prefix { $0 != "/" }) else { throw .invalidToken() }
    return time
  }

  private static func name(_ token: String) throws(AWSError) -> String {
    let text = try PageToken.name(token)
    guard let slash = text.firstIndex(of: "/") else { throw .invalidToken() }
    return String(text[text.index(after: slash)...])
  }

  private static func stream(_ record: LogStreamRecord, at location: GroupLocation) -> LogStream {
    LogStream(
      logStreamName: record.name, creationTime: Int(record.createdAt),
      firstEventTimestamp: record.firstEvent.map { Int($0) }, lastEventTimestamp: record.lastEvent.map { Int($0) },
      lastIngestionTime: record.lastIngestion.map { Int($0) }, uploadSequenceToken: record.sequenceToken,
      arn: "\(location.arn):log-stream:\(record.name)",
      // AWS: LogStream, `storedBytes`: "always reported as zero" since June 2019.
      storedBytes: 0)
  }
}

extension LogStreamRecord {
  /// What AWS still answers and no longer looks at.
  var sequenceToken: String { EventPosition(time: 0, stream: id, number: nextNumber).digits.replacingFirst(with: "4") }
}

extension String {
  fileprivate func replacingFirst(with text: String) -> String { text + dropFirst() }
}
