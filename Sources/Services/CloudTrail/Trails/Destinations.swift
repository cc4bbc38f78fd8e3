import Cloud
import Identity
import Wire

/// Looks whether what a trail delivers can arrive: bucket, key, topic, log group. Nothing is delivered for it.
///
/// AWS: CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail", "Configure AWS KMS key policies for CloudTrail",
/// "Amazon SNS topic policy for CloudTrail", "Role policy document for CloudTrail to use CloudWatch Logs for monitoring".
struct Destinations {
  let house: TrailHouse
  let context: Context
  let transaction: Transaction

  /// - Throws: S3BucketDoesNotExistException, InsufficientS3BucketPolicyException.
  func checkBucket(_ trail: TrailRecord) throws(AWSError) {
    let arn = "arn:aws:s3:::\(trail.bucket)"
    switch try house.foresee("s3:GetBucketAcl", on: arn, of: "s3", for: trail, in: trail.region, transaction) {
    case .absent: throw .trail("S3BucketDoesNotExistException", "S3 bucket \(trail.bucket) does not exist!")
    case .denied: throw .insufficientBucketPolicy(trail.bucket)
    case .allowed, .unknown: break
    }
    for key in DeliveryKeys.probes(of: trail) {
      let result = try house.foresee(
        "s3:PutObject", on: "\(arn)/\(key)", of: "s3",
        keys: [("s3:x-amz-acl", .single("bucket-owner-full-control"))], for: trail, in: trail.region, transaction)
      if result == .denied { throw .insufficientBucketPolicy(trail.bucket) }
    }
  }

  /// The ARN of a key by whatever names it.
  /// - Throws: KmsKeyNotFoundException, KmsKeyDisabledException, InsufficientEncryptionPolicyException.
  func key(_ text: String, for trail: TrailRecord) throws(AWSError) -> String {
    if let arn = ARN(text), arn.region != trail.region.rawValue { throw Destinations.keyNotFound(text) }
    guard let calls = context.calls else { throw .internalFailure() }
    // AWS: what DescribeKey would say to CloudTrail doesn't matter, so the key's owner asks.
    let owner = ARN(text)?.accountID ?? trail.account
    let described: JSONValue
    do throws(AWSError) {
      described = try calls.call(
        "DescribeKey", of: "kms", .object([.init("KeyId", .string(text))]), as: .root(of: owner), in: trail.region,
        facts: .service(CloudTrailService.principal), requestID: context.requestID, isRecorded: false,
        within: transaction)
    } catch {
      throw Destinations.keyNotFound(text)
    }
    let metadata = described["KeyMetadata"]
    guard let arn = metadata?["Arn"]?.string else { throw Destinations.keyNotFound(text) }
    guard metadata?["KeyState"]?.string == "Enabled" else {
      // Recorded from AWS: a disabled key is a KmsException.
      throw .trail("KmsException", "\(arn) is disabled.")  // unverified: words
    }
    let encryption: [(name: String, value: ConditionValue)] = [
      ("kms:EncryptionContext:aws:cloudtrail:arn", .single(trail.arn)),
      ("kms:EncryptionContextKeys", .multiple(["aws:cloudtrail:arn"])),
    ]
    let result = try house.foresee(
      "kms:GenerateDataKey", on: arn, of: "kms", keys: encryption, for: trail, in: trail.region, transaction)
    if result == .denied || result == .absent {
      throw .trail(
        "InsufficientEncryptionPolicyException",
        "Insufficient permissions to access S3 bucket \(trail.bucket) or KMS key \(arn).")
    }
    return arn
  }

  private static func keyNotFound(_ text: String) -> AWSError {
    .trail("KmsKeyNotFoundException", "KMS key \(text) not found.")  // unverified: words
  }

  /// The ARN of a topic by its name or ARN.
  /// - Throws: InvalidSnsTopicNameException, InsufficientSnsTopicPolicyException.
  func topic(_ text: String, for trail: TrailRecord) throws(AWSError) -> String {
    var arn = text
    if !text.hasPrefix("arn:") {
      let isName = text.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
      }
      guard isName, (1...256).contains(text.utf8.count) else {
        throw .trail("InvalidSnsTopicNameException", "The SNS topic name \(text) is not valid.")  // unverified: words
      }
      arn = "arn:aws:sns:\(trail.region):\(trail.account):\(text)"
    }
    guard ARN(arn)?.service == "sns" else {
      throw .trail("InvalidSnsTopicNameException", "The SNS topic name \(text) is not valid.")
    }
    switch try house.foresee("sns:Publish", on: arn, of: "sns", for: trail, in: trail.region, transaction) {
    case .allowed: return arn
    default:
      throw .trail(
        "InsufficientSnsTopicPolicyException", "SNS Topic does not exist or the topic policy is incorrect!")
    }
  }

  /// - Throws: InvalidCloudWatchLogsLogGroupArnException, InvalidCloudWatchLogsRoleArnException,
  ///   CloudWatchLogsDeliveryUnavailableException.
  func checkLogs(_ trail: TrailRecord) throws(AWSError) {
    guard let group = trail.logGroupARN, let role = trail.roleARN else { return }
    guard let name = LogGroup.name(of: group), let arn = ARN(group), arn.accountID == (try context.account),
      arn.region == trail.region.rawValue
    else {
      throw .trail(
        "InvalidCloudWatchLogsLogGroupArnException",
        "CloudTrail cannot validate the specified log group ARN.")  // unverified: words
    }
    guard let record = try RoleRecord.find(arn: role, transaction), record.account == (try context.account) else {
      throw .trail(
        "InvalidCloudWatchLogsRoleArnException",
        "You must specify a role ARN as configured in CloudWatch Logs.")  // unverified: words
    }
    try context.authorize(
      AccessCheck("iam:PassRole", on: role, keys: [("iam:PassedToService", .single(CloudTrailService.principal))]),
      transaction)
    guard house.service("logs")?.operations["PutLogEvents"] != nil else {
      throw .trail(
        "CloudWatchLogsDeliveryUnavailableException", "Cannot set a CloudWatch Logs delivery for this Region.")
    }
    guard try isLogGroup(name, trail) else {
      throw .trail(
        "InvalidCloudWatchLogsLogGroupArnException",
        "CloudTrail cannot validate the specified log group ARN.")
    }
    // CloudTrail assumes the role, and the role must be allowed to write.
    guard
      try house.foresee("sts:AssumeRole", on: role, of: "sts", for: trail, in: trail.region, transaction) == .allowed,
      try mayWrite(record, group: group, trail)
    else {
      throw .trail(
        "InvalidCloudWatchLogsLogGroupArnException",
        "Access denied. Check the permissions for your role.")
    }
  }

  private func isLogGroup(_ name: String, _ trail: TrailRecord) throws(AWSError) -> Bool {
    guard let calls = context.calls else { return false }
    let answer = try calls.call(
      "DescribeLogGroups", of: "logs", .object([.init("logGroupNamePrefix", .string(name))]),
      as: .root(of: try context.account), in: trail.region, facts: .service(CloudTrailService.principal),
      requestID: context.requestID, isRecorded: false, within: transaction)
    return (answer["logGroups"]?.array ?? []).contains { $0["logGroupName"]?.string == name }
  }

  private func mayWrite(_ role: RoleRecord, group: String, _ trail: TrailRecord) throws(AWSError) -> Bool {
    let session = LogGroup.session(of: role, at: transaction.now)
    let stream = LogGroup.streamARN(
      group, LogGroup.stream(trail, account: trail.account, region: trail.region.rawValue))
    for action in ["logs:CreateLogStream", "logs:PutLogEvents"] {
      let check = AccessCheck(action, on: stream, owner: role.account)
      guard try house.isAllowed(check, as: session, in: trail.region, transaction) else { return false }
    }
    return true
  }
}
