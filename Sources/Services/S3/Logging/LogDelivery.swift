import Cloud
import Foundation
import Wire

/// A line that waits for the next delivery.
struct LogLineRecord: Record {
  static let kind = "s3.logline"
  var bucket: String
  var order: Int64
  var text: String
  var key: Key { Key(.string(bucket), .integer(order)) }
}

/// Says that a delivery of a bucket's lines is on its way.
struct LogBatchRecord: Record {
  static let kind = "s3.logbatch"
  var bucket: String
  var key: Key { Key(bucket) }
}

/// Collects the lines of access logs, and some minutes later delivers them as objects.
struct LogDelivery: Sendable, Codable {
  static let timer = "log"
  static let work = "deliver an access log"
  /// AWS: "best effort … within a few hours"; here sooner.
  private static let seconds: Int64 = 5 * 60
  private static let linesInObject = 5000
  private static let principal = "logging.s3.amazonaws.com"

  var bucket: String
  var owner: AccountID
  var region: Region
  var target: String
  var key: String
  var text: String

  /// Writes down a request, if its bucket has a log.
  static func log(_ finished: FinishedRequest, _ transaction: Transaction) throws(AWSError) {
    guard let address = ObjectAddress(host: finished.host, path: finished.request.path),
      let bucket = try transaction.bucketIfPresent(address.bucket), bucket.features?.logging != nil
    else { return }
    let line = AccessLogLine(bucket: bucket, key: address.key, finished: finished, time: transaction.now)
    try transaction.insert(
      LogLineRecord(bucket: bucket.name, order: transaction.nextOrder(), text: line.text), in: bucket.scope)
    if try transaction.contains(LogBatchRecord.self, Key(bucket.name), in: bucket.scope) { return }
    try transaction.insert(LogBatchRecord(bucket: bucket.name), in: bucket.scope)
    try schedule(bucket.name, in: bucket.scope, at: transaction.now.adding(seconds: seconds), transaction)
  }

  private static func schedule(
    _ bucket: String, in scope: Scope, at due: Timestamp, _ transaction: Transaction
  ) throws(AWSError) {
    try transaction.schedule(
      TimerRequest(
        service: "s3", name: Key(.string(timer), .string(bucket)), in: scope, due: due, isAwaited: false))
  }

  /// The time has come: what has been collected becomes an object's text.
  static func collect(_ name: String, in scope: Scope, _ transaction: Transaction) throws(AWSError) {
    let lines = try transaction.scan(
      LogLineRecord.self, in: scope, KeyRange.prefix(.string(name)), limit: linesInObject)
    for line in lines { try transaction.delete(line, in: scope) }
    if let bucket = try transaction.bucketIfPresent(name), bucket.scope == scope,
      let logging = bucket.features?.logging,
      !lines.isEmpty
    {
      let unique = transaction.random.text(16, .hexadecimal).uppercased()
      let delivery = LogDelivery(
        bucket: name, owner: bucket.owner, region: bucket.region, target: logging.target,
        key: logging.key(of: bucket, at: transaction.now, unique: unique),
        text: lines.map(\.text).joined(separator: "\n") + "\n")
      guard let content = try? RecordBytes.encode(delivery) else { throw .internalFailure() }
      try transaction.request(WorkRequest(service: "s3", name: work, in: scope, content: content))
    }
    if lines.count == linesInObject {
      try schedule(name, in: scope, at: transaction.now, transaction)
    } else {
      try transaction.delete(LogBatchRecord.self, Key(name), in: scope)
    }
  }

  /// Puts the object into the target bucket, whose policy must let it.
  static func run(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    guard let delivery = RecordBytes.decode(LogDelivery.self, work.request.content) else { return .done }
    let input = JSONValue.object([
      .init("Bucket", .string(delivery.target)), .init("Key", .string(delivery.key)),
      .init("ContentType", .string("text/plain")),
    ])
    do throws(AWSError) {
      _ = try await context.calls.exchange(
        "PutObject", of: "s3", input, body: Array(delivery.text.utf8), as: .service(principal), in: delivery.region,
        facts: .service(
          principal, sourceARN: "arn:aws:s3:::\(delivery.bucket)", sourceAccount: delivery.owner))
      return .done
    } catch {
      if error.fault == .receiver || error.code == "RequestCancelled" { throw error }
      // AWS: logs that can't be delivered are lost; nothing tells of it but their absence.
      context.logger.warning("an access log of bucket \(delivery.bucket) can't be delivered: \(error)")
      return .done
    }
  }
}
