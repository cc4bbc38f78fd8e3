import Cloud
import Wire

/// Where a bucket's access log goes.
/// AWS: S3 user guide, "Logging requests with server access logging".
struct AccessLogging: Sendable, Codable, Equatable {
  /// How the objects are named.
  enum Naming: String, Sendable, Codable {
    /// No format was given, which is the same as a simple one.
    case unsaid
    case simple
    case byEventTime = "EventTime"
    case byDeliveryTime = "DeliveryTime"
  }

  var target: String
  var prefix: String
  var naming = Naming.unsaid

  /// The name of an object that is delivered at a time.
  /// - Parameter unique: sixteen hexadecimal digits.
  func key(of bucket: BucketRecord, at time: Timestamp, unique: String) -> String {
    let parts = time.components
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = "\(parts.year)-\(two(parts.month))-\(two(parts.day))"
    switch naming {
    case .unsaid, .simple:
      return "\(prefix)\(date)-\(two(parts.hour))-\(two(parts.minute))-\(two(parts.second))-\(unique)"
    case .byDeliveryTime, .byEventTime:
      let folder =
        "\(bucket.owner)/\(bucket.region)/\(bucket.name)/\(parts.year)/\(two(parts.month))/\(two(parts.day))/"
      // AWS: by event time the time of day is zeros, for a file may hold any of the day's.
      let clock =
        naming == .byEventTime ? "00-00-00" : "\(two(parts.hour))-\(two(parts.minute))-\(two(parts.second))"
      return "\(prefix)\(folder)\(date)-\(clock)-\(unique)"
    }
  }
}

/// PutBucketLogging and GetBucketLogging.
enum LoggingOperations {
  static func put(
    _ input: PutBucketLoggingRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    var logging: AccessLogging?
    if let wanted = input.bucketLoggingStatus.loggingEnabled {
      guard let target = try transaction.bucketIfPresent(wanted.targetBucket) else {
        throw AWSError(
          "InvalidTargetBucketForLogging", "The target bucket for logging does not exist", status: 400,
          fields: [("TargetBucket", .string(wanted.targetBucket))])
      }
      guard target.owner == bucket.owner else {
        throw AWSError(
          "InvalidTargetBucketForLogging",
          "The owner for the bucket to be logged and the target bucket must be the same.", status: 400,
          fields: [("TargetBucket", .string(target.name))])
      }
      guard target.region == bucket.region else {
        throw AWSError(
          "CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed. ", status: 403,
          fields: [
            ("SourceBucketLocation", .string(bucket.region.rawValue)),
            ("TargetBucketLocation", .string(target.region.rawValue)),
          ])
      }
      // AWS: "If the target bucket … uses the bucket owner enforced setting … you can't use target grants".
      if !(wanted.targetGrants ?? []).isEmpty { throw .aclNotSupported() }
      var found = AccessLogging(target: target.name, prefix: wanted.targetPrefix)
      if let format = wanted.targetObjectKeyFormat {
        guard (format.simplePrefix == nil) != (format.partitionedPrefix == nil) else { throw .malformedXML() }
        found.naming = .simple
        if let partitioned = format.partitionedPrefix {
          guard let naming = AccessLogging.Naming(rawValue: partitioned.partitionDateSource ?? "DeliveryTime") else {
            throw .malformedXML()
          }
          found.naming = naming
        }
      }
      logging = found
    }
    bucket.change { $0.logging = logging }
    try transaction.put(bucket)
    return NoMembers()
  }

  static func get(
    _ input: GetBucketLoggingRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketLoggingOutput {
    let bucket = try transaction.bucket(input.bucket)
    return GetBucketLoggingOutput(
      loggingEnabled: bucket.features?.logging.map { logging in
        LoggingEnabled(
          targetBucket: logging.target, targetPrefix: logging.prefix, targetObjectKeyFormat: logging.format)
      })
  }
}

extension AccessLogging {
  fileprivate var format: TargetObjectKeyFormat? {
    switch naming {
    case .unsaid: nil
    case .simple: TargetObjectKeyFormat(simplePrefix: SimplePrefix())
    case .byEventTime, .byDeliveryTime:
      TargetObjectKeyFormat(partitionedPrefix: PartitionedPrefix(partitionDateSource: naming.rawValue))
    }
  }
}
