import Cloud
import Wire

/// PutBucketNotificationConfiguration and GetBucketNotificationConfiguration.
enum NotificationOperations {
  static func put(
    _ input: PutBucketNotificationConfigurationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    let notifications = try BucketNotifications(input.notificationConfiguration, for: bucket, transaction.random)
    let functions = (input.notificationConfiguration.lambdaFunctionConfigurations ?? []).map(\.lambdaFunctionArn)
    for arn in functions where ARN(arn)?.service != "lambda" {
      throw .invalidArgument("The ARN could not be parsed", "CloudFunction", arn)
    }
    // There are no functions yet, so that none can be invoked.
    if !functions.isEmpty {
      throw .cannotNotify(functions.map { ($0, "The destination Lambda does not exist") })
    }
    if input.skipDestinationValidation != true { try validate(notifications, bucket, context, transaction) }
    bucket.change { $0.notifications = notifications.isEmpty ? nil : notifications }
    try transaction.put(bucket)
    return NoMembers()
  }

  /// Sends every destination a test message, as AWS does, and refuses the configuration if one of them doesn't take it.
  private static func validate(
    _ notifications: BucketNotifications, _ bucket: BucketRecord, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    var problems: [(arn: String, reason: String)] = []
    var tested: Set<String> = []
    let known = Set(bucket.features?.notifications?.rules ?? [])
    for rule in notifications.rules where tested.insert(rule.arn).inserted {
      // unverified: that a rule that was there before isn't tested again.
      if known.contains(rule) { continue }
      let body = EventMessage.test(bucket, requestID: context.requestID, at: transaction.now).text
      let delivery = EventDelivery(
        bucket: bucket.name, owner: bucket.owner, region: bucket.region,
        destination: rule.kind == .queue ? .queue : .topic, arn: rule.arn, body: body)
      let (operation, service, message) = delivery.call
      do throws(AWSError) {
        _ = try context.call(
          operation, of: service, message, asService: EventDelivery.principal, for: bucket.arn, of: bucket.owner,
          in: bucket.region, transaction)
      } catch {
        let isMissing = try context.calls?.isThere(rule.arn, of: rule.kind.service, within: transaction) == false
        problems.append((rule.arn, reason(error, rule.kind, isMissing: isMissing)))
      }
    }
    if !problems.isEmpty { throw .cannotNotify(problems) }
  }

  private static func reason(_ error: AWSError, _ kind: BucketNotifications.Kind, isMissing: Bool) -> String {
    let what = kind == .queue ? "queue" : "topic"
    if error.code == "NotImplemented" { return error.message }
    return isMissing
      ? "The destination \(what) does not exist"
      : "Permissions on the destination \(what) do not allow S3 to publish notifications from this bucket"
  }

  static func get(
    _ input: GetBucketNotificationConfigurationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NotificationConfiguration {
    let bucket = try transaction.bucket(input.bucket)
    return bucket.features?.notifications?.shown ?? NotificationConfiguration()
  }
}
