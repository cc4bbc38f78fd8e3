import Cloud
import Wire

/// Which permissions a call needs.
enum Access {
  /// Who may be granted an action.
  enum Reach {
    /// Also other accounts, by the topic's policy.
    case shared
    /// Only principals of the account that owns the topic.
    case ownerOnly
  }

  /// The actions that a topic's policy can grant. AWS: SNS developer guide, "Valid Amazon SNS policy actions"; Receive is an old
  /// one that AddPermission still takes.
  static let policyActions: Set<String> = [
    "AddPermission", "DeleteTopic", "GetDataProtectionPolicy", "GetTopicAttributes", "ListSubscriptionsByTopic",
    "ListTagsForResource", "Publish", "PutDataProtectionPolicy", "Receive", "RemovePermission", "SetTopicAttributes",
    "Subscribe",
  ]

  /// The check for `action` on the topic with an ARN, which need not exist.
  static func check(
    _ action: String, _ arn: String, _ context: Context, _ transaction: Transaction, reach: Reach = .shared
  ) throws(AWSError) -> AccessCheck {
    let location = try TopicLocation(arn, context)
    return check(action, reach, on: location, context, try location.find(transaction))
  }

  /// The check for `action` on a topic.
  static func check(
    _ action: String, _ reach: Reach = .shared, on location: TopicLocation, _ context: Context, _ topic: TopicRecord?
  ) -> AccessCheck {
    let isHidden = reach == .ownerOnly && context.caller.account != location.account
    var check = AccessCheck(
      "sns:\(action)", on: location.arn, owner: location.account, policy: isHidden ? nil : topic?.settings.policy,
      tags: topic?.tags ?? [:])
    check.keys = sourceOwner(context)
    return check
  }

  /// The check for an action without a resource type, as AWS names it in its refusals: everything in the account and Region.
  static func everything(_ action: String, _ context: Context) throws(AWSError) -> AccessCheck {
    AccessCheck("sns:\(action)", on: "arn:aws:sns:\(context.region):\(try context.account):*")
  }

  /// The check for an action on a subscription: topic and subscription owners may by their own policies, nobody else may.
  static func subscription(
    _ action: String, _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck {
    let place = try SubscriptionLocation(arn, context)
    var owner = place.topic.account
    if let found = try place.find(transaction), found.record.owner == context.caller.account {
      owner = found.record.owner
    }
    return AccessCheck("sns:\(action)", on: place.topic.arn, owner: owner)
  }

  /// AWS: SNS developer guide, "aws:SourceAccount versus aws:SourceOwner": the older key, by which the default policy lets alarms
  /// publish, is one of few services; S3, CloudTrail and EventBridge need a statement of their own.
  private static let servicesWithSourceOwner: Set<String> = [
    "apigateway.amazonaws.com", "autoscaling.amazonaws.com", "cloudwatch.amazonaws.com", "codecommit.amazonaws.com",
    "dms.amazonaws.com", "ds.amazonaws.com", "elasticache.amazonaws.com", "gamelift.amazonaws.com",
    "iot.amazonaws.com", "lambda.amazonaws.com", "rds.amazonaws.com", "redshift.amazonaws.com", "ses.amazonaws.com",
  ]

  private static func sourceOwner(_ context: Context) -> [(name: String, value: ConditionValue)] {
    guard case .service(let principal) = context.caller.kind, servicesWithSourceOwner.contains(principal),
      let account = context.request.sourceAccount
    else { return [] }
    return [("aws:SourceOwner", .single(account.rawValue))]
  }

  /// The check of an action on the topic with an ARN.
  static func question(
    _ action: String, _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck? {
    guard let location = TopicLocation(arn), let topic = try location.find(transaction) else { return nil }
    let name = String(action.drop { $0 != ":" }.dropFirst())
    return check(name, policyActions.contains(name) ? .shared : .ownerOnly, on: location, context, topic)
  }

  /// The condition keys of tags in a request.
  static func tagKeys(_ tags: [Tag]) -> [(name: String, value: ConditionValue)] {
    var keys = tags.map { (name: "aws:RequestTag/\($0.key)", value: ConditionValue.single($0.value)) }
    keys.append((name: "aws:TagKeys", value: .multiple(tags.map(\.key))))
    return keys
  }

  /// A denial in SNS's words: its actions begin with capitals there.
  static func deny(_ denial: Denial) -> AWSError {
    var denial = denial
    denial.reason = denial.reason?.replacing("sns:", with: "SNS:")
    return AWSError(
      "AuthorizationErrorException", denial.message(action: denial.action.replacing("sns:", with: "SNS:")), status: 403)
  }
}
