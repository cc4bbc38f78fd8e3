import Cloud
import Wire

/// Object Lock of buckets and objects.
enum LockOperations {
  // MARK: Buckets

  /// AWS: S3 API reference, ErrorResponses; the longest default is a hundred years.
  private static let longestDays = 36_500
  private static let longestYears = 100

  static func putConfiguration(
    _ input: PutObjectLockConfigurationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutObjectLockConfigurationOutput {
    var bucket = try transaction.bucket(input.bucket)
    guard let wanted = input.objectLockConfiguration, wanted.objectLockEnabled == "Enabled" else {
      throw .malformedXML()
    }
    guard bucket.versioning == .enabled else {
      throw AWSError(
        "InvalidBucketState", "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
        status: 409)
    }
    var configuration = ObjectLockConfigurationRecord()
    if let rule = wanted.rule {
      guard let standard = rule.defaultRetention, let mode = standard.mode.flatMap({ ObjectLock.Mode(rawValue: $0) }),
        (standard.days == nil) != (standard.years == nil)
      else { throw .malformedXML() }
      let length = standard.days ?? standard.years ?? 0
      // unverified: words
      guard length > 0 else {
        throw .invalidArgument(
          "Default retention period must be a positive integer value", standard.days == nil ? "Years" : "Days",
          "\(length)")
      }
      guard length <= (standard.days == nil ? longestYears : longestDays) else {
        throw .invalidArgument(
          "Default retention period is too large", standard.days == nil ? "Years" : "Days", "\(length)")
      }
      configuration.defaultRetention = .init(mode: mode, days: standard.days, years: standard.years)
    }
    bucket.objectLock = configuration
    try transaction.put(bucket)
    return PutObjectLockConfigurationOutput()
  }

  static func getConfiguration(
    _ input: GetObjectLockConfigurationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetObjectLockConfigurationOutput {
    let bucket = try transaction.bucket(input.bucket)
    guard let configuration = bucket.objectLock else {
      throw AWSError(
        "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket",
        status: 404, fields: [("BucketName", .string(bucket.name))])
    }
    let rule = configuration.defaultRetention.map {
      ObjectLockRule(
        defaultRetention: DefaultRetention(mode: $0.mode.rawValue, days: $0.days, years: $0.years))
    }
    return GetObjectLockConfigurationOutput(
      objectLockConfiguration: ObjectLockConfiguration(objectLockEnabled: "Enabled", rule: rule))
  }

  // MARK: Retention

  static let putRetentionAccess: Accessing<PutObjectRetentionRequest> = {
    input, context, transaction throws(AWSError) in
    var keys = version(input.versionId)
    if let mode = input.retention?.mode { keys.append(("s3:object-lock-mode", .single(mode))) }
    if let until = input.retention?.retainUntilDate { keys += LockKeys.until(until, now: transaction.now) }
    return [try check("s3:PutObjectRetention", input, keys, context, transaction)]
  }

  static func putRetention(
    _ input: PutObjectRetentionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutObjectRetentionOutput {
    let bucket = try lockedBucket(input.bucket, transaction)
    var object = try GetObject.find(bucket, input.key, input.versionId, context, transaction)
    let wanted = try retention(input.retention, now: transaction.now)
    if object.protection.lock.isWeakened(by: wanted, at: transaction.now) {
      // A legal hold keeps the version, not its retention.
      guard object.protection.lock.retention?.mode == .governance, input.bypassGovernanceRetention == true else {
        throw .objectLocked()
      }
      try authorizeBypass(object, in: bucket, context, transaction)
    }
    object.protection.lock.retention = wanted
    try transaction.rewrite(object, in: bucket)
    return PutObjectRetentionOutput()
  }

  /// What a request wants a retention to be; nothing to end it.
  private static func retention(
    _ wanted: ObjectLockRetention?, now: Timestamp
  ) throws(AWSError) -> ObjectLock.Retention? {
    guard let wanted, wanted.mode != nil || wanted.retainUntilDate != nil else { return nil }
    guard let mode = wanted.mode.flatMap({ ObjectLock.Mode(rawValue: $0) }), let until = wanted.retainUntilDate else {
      throw .malformedXML()
    }
    guard until > now else {
      throw .invalidArgument("The retain until date must be in the future!", "RetainUntilDate", until.iso8601)
    }
    return .init(mode: mode, until: until)
  }

  static func getRetention(
    _ input: GetObjectRetentionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetObjectRetentionOutput {
    let bucket = try lockedBucket(input.bucket, transaction)
    let object = try GetObject.find(bucket, input.key, input.versionId, context, transaction)
    guard let retention = object.protection.lock.retention else { throw .noObjectLock() }
    return GetObjectRetentionOutput(
      retention: ObjectLockRetention(mode: retention.mode.rawValue, retainUntilDate: retention.until))
  }

  // MARK: Legal holds

  static let putLegalHoldAccess: Accessing<PutObjectLegalHoldRequest> = {
    input, context, transaction throws(AWSError) in
    var keys = version(input.versionId)
    if let status = input.legalHold?.status { keys.append(("s3:object-lock-legal-hold", .single(status))) }
    return [try check("s3:PutObjectLegalHold", input, keys, context, transaction)]
  }

  static func putLegalHold(
    _ input: PutObjectLegalHoldRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutObjectLegalHoldOutput {
    let bucket = try lockedBucket(input.bucket, transaction)
    guard let status = input.legalHold?.status, ["ON", "OFF"].contains(status) else { throw .malformedXML() }
    var object = try GetObject.find(bucket, input.key, input.versionId, context, transaction)
    object.protection.lock.legalHold = status == "ON"
    try transaction.rewrite(object, in: bucket)
    return PutObjectLegalHoldOutput()
  }

  static func getLegalHold(
    _ input: GetObjectLegalHoldRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetObjectLegalHoldOutput {
    let bucket = try lockedBucket(input.bucket, transaction)
    let object = try GetObject.find(bucket, input.key, input.versionId, context, transaction)
    guard let isOn = object.protection.lock.legalHold else { throw .noObjectLock() }
    return GetObjectLegalHoldOutput(legalHold: ObjectLockLegalHold(status: isOn ? "ON" : "OFF"))
  }

  // MARK: Common

  private static func lockedBucket(_ name: String, _ transaction: Transaction) throws(AWSError) -> BucketRecord {
    let bucket = try transaction.bucket(name)
    if bucket.objectLock == nil { throw .lockMissing() }
    return bucket
  }

  private static func version(_ id: String?) -> [(name: String, value: ConditionValue)] {
    id.map { [("s3:versionid", .single($0))] } ?? []
  }

  private static func check(
    _ action: String, _ input: some VersionInput, _ keys: [(name: String, value: ConditionValue)],
    _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck {
    let bucket = try Access.open(input.bucket, expectedOwner: input.expectedBucketOwner, context, transaction)
    let existing =
      if let version = input.versionId { try transaction.version(bucket, input.key, version) } else {
        try transaction.object(bucket, input.key)
      }
    return Access.check(action, bucket, key: input.key, context, transaction, keys: keys, existing: existing)
  }

  /// Asks whether the caller may break a retention in governance mode.
  private static func authorizeBypass(
    _ object: ObjectRecord, in bucket: BucketRecord, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    try context.authorize(
      Access.check(
        "s3:BypassGovernanceRetention", bucket, key: object.name, context, transaction, existing: object), transaction)
  }

  /// Refuses to delete a version for good while it is locked.
  static func checkDeletion(
    of object: ObjectRecord, in bucket: BucketRecord, isBypassing: Bool, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) {
    switch object.protection.lock.hindrance(at: transaction.now) {
    case .nothing: return
    case .absolute: throw .objectLocked()
    case .governance:
      guard isBypassing else { throw .objectLocked() }
      try authorizeBypass(object, in: bucket, context, transaction)
    }
  }

  /// Refuses the header that breaks governance where there is nothing to break.
  static func checkBypass(_ isBypassing: Bool?, in bucket: BucketRecord) throws(AWSError) {
    guard isBypassing != nil, bucket.objectLock == nil else { return }
    throw .invalidArgument(
      "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
      "x-amz-bypass-governance-retention", "\(isBypassing ?? false)")
  }
}

extension PutObjectRetentionRequest: VersionInput {}
extension GetObjectRetentionRequest: VersionInput {}
extension PutObjectLegalHoldRequest: VersionInput {}
extension GetObjectLegalHoldRequest: VersionInput {}
extension PutObjectLockConfigurationRequest: BucketInput {}
extension GetObjectLockConfigurationRequest: BucketInput {}

/// Shows locks in the headers of reads.
enum LockReading {
  /// AWS: "If you GET or HEAD an object version but don't have the necessary permissions to view its lock status, the request
  /// succeeds but doesn't return information that you don't have permission to view."
  static func show(
    _ object: ObjectRecord, in bucket: BucketRecord, _ context: Context, _ transaction: Transaction,
    _ output: inout some LockOutput
  ) throws(AWSError) {
    if let retention = object.protection.lock.retention,
      try context.isAllowed(
        Access.check("s3:GetObjectRetention", bucket, key: object.name, context, transaction, existing: object),
        transaction)
    {
      output.objectLockMode = retention.mode.rawValue
      output.objectLockRetainUntilDate = retention.until
    }
    if let isOn = object.protection.lock.legalHold,
      try context.isAllowed(
        Access.check("s3:GetObjectLegalHold", bucket, key: object.name, context, transaction, existing: object),
        transaction)
    {
      output.objectLockLegalHoldStatus = isOn ? "ON" : "OFF"
    }
  }
}
