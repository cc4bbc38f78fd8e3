import Cloud
import Wire

/// Which permissions a call on a queue needs.
enum Access {
  /// Who may be granted an action.
  enum Reach {
    /// Also other accounts, by the queue's policy.
    case shared
    /// Only principals of the account that owns the queue.
    ///
    /// AWS: SQS developer guide, "Limitations of custom policies": cross-account permissions don't apply to AddPermission,
    /// CancelMessageMoveTask, CreateQueue, DeleteQueue, ListMessageMoveTasks, ListQueues, ListQueueTags, RemovePermission,
    /// SetQueueAttributes, StartMessageMoveTask, TagQueue and UntagQueue.
    case ownerOnly
  }

  /// The check for `action` on the queue at `url`.
  static func check(
    _ action: String, _ reach: Reach = .shared, at url: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    [try check(action, reach, on: QueueLocation(url: url, context), context, transaction)]
  }

  /// The check for `action` on a queue, which need not exist.
  static func check(
    _ action: String, _ reach: Reach = .shared, on location: QueueLocation, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck {
    let queue = try location.find(transaction)
    let isHidden = reach == .ownerOnly && context.caller.account != location.account
    return AccessCheck(
      "sqs:\(action)", on: queue?.arn ?? location.arn, owner: location.account,
      policy: isHidden ? nil : queue?.settings.policy, tags: queue?.tags ?? [:])
  }

  /// The check of an action on the queue with an ARN.
  static func question(
    _ action: String, _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck? {
    guard let location = QueueLocation(arn: arn), try location.find(transaction) != nil else { return nil }
    let name = String(action.drop { $0 != ":" }.dropFirst())
    return try check(name, ownersActions.contains(name) ? .ownerOnly : .shared, on: location, context, transaction)
  }

  private static let ownersActions: Set<String> = [
    "AddPermission", "CancelMessageMoveTask", "CreateQueue", "DeleteQueue", "ListMessageMoveTasks", "ListQueues",
    "ListQueueTags", "RemovePermission", "SetQueueAttributes", "StartMessageMoveTask", "TagQueue", "UntagQueue",
  ]

  /// The condition keys of tags in a request.
  static func tagKeys(_ tags: [String: String]) -> [(name: String, value: ConditionValue)] {
    var keys = tags.sorted { $0.key < $1.key }.map {
      (name: "aws:RequestTag/\($0.key)", value: ConditionValue.single($0.value))
    }
    keys.append((name: "aws:TagKeys", value: .multiple(tags.keys.sorted())))
    return keys
  }

  /// A denial in SQS's words, with the action in lower case.
  static func deny(_ denial: Denial) -> AWSError {
    let action = denial.action.lowercased()
    var denial = denial
    denial.reason = denial.reason?.replacing(denial.action, with: action)
    return AWSError("AccessDenied", denial.message(action: action), status: 403)
  }
}
