import Cloud
import Wire

/// Which permissions a call needs, on which ARN.
///
/// AWS: CloudWatch Logs user guide, "Overview of managing access permissions": the ARN with `:*` behind the group's name is for
/// all actions but those on tags, which are judged on the bare one. An action on a group is so judged on
/// `log-group:NAME:log-stream:` (as AWS's denials print it), one on a stream with the stream's name behind that.
enum Access {
  typealias Keys = [(name: String, value: ConditionValue)]

  /// Whose resources a call means: the caller's, or those of the account that a service acts for.
  static func account(_ context: Context) throws(AWSError) -> AccountID {
    if case .service = context.caller.kind {
      guard let account = context.request.sourceAccount else {
        throw .invalidParameter("A service must say for which account it calls.")
      }
      return account
    }
    return try context.account
  }

  /// The check for an action on a group, which need not exist.
  static func group(
    _ action: String, _ location: GroupLocation, _ keys: Keys, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    [try check(action, on: "\(location.arn):log-stream:", location, keys, context, transaction)]
  }

  /// The check for an action on a group, which need not exist.
  static func group(
    _ action: String, _ location: GroupLocation, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    try group(action, location, [], context, transaction)
  }

  /// The check for an action on a stream, which need not exist.
  static func stream(
    _ action: String, _ location: GroupLocation, _ stream: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    [try check(action, on: "\(location.arn):log-stream:\(stream)", location, [], context, transaction)]
  }

  /// The check for an action on tags, on the ARN without anything behind the name.
  static func tags(
    _ action: String, _ location: GroupLocation, _ keys: Keys, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    [try check(action, on: location.arn, location, keys, context, transaction)]
  }

  /// The check for an action that has no resource type, or means many groups.
  static func any(_ action: String, _ context: Context) throws(AWSError) -> [AccessCheck] {
    [AccessCheck("logs:\(action)", on: "*", owner: try account(context))]
  }

  private static func check(
    _ action: String, on arn: String, _ location: GroupLocation, _ keys: Keys, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck {
    var policy: String?
    // AWS: PutResourcePolicy, "Resource policies with actions invoked by non-AWS service principals […] will not be enforced."
    if case .service = context.caller.kind {
      policy = try ResourcePolicyRecord.merged(for: location, transaction)
    }
    return AccessCheck(
      "logs:\(action)", on: arn, owner: location.account, policy: policy, keys: keys,
      tags: try location.find(transaction)?.tags ?? [:])
  }

  /// The check of an action on what an ARN names.
  static func question(
    _ action: String, _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck? {
    guard let parts = ARN(arn), parts.service == "logs", let account = parts.accountID,
      let region = Region(parts.region), parts.resource.hasPrefix("log-group:")
    else { return nil }
    let rest = parts.resource.dropFirst("log-group:".count).split(separator: ":", omittingEmptySubsequences: false)
    guard let name = rest.first else { return nil }
    let location = GroupLocation(account: account, region: region, name: String(name))
    guard try location.find(transaction) != nil else { return nil }
    let word = String(action.drop { $0 != ":" }.dropFirst())
    let isTagging = ["TagResource", "UntagResource", "ListTagsForResource"].contains(word)
    let judged = isTagging ? location.arn : rest.count >= 3 ? arn : "\(location.arn):log-stream:"
    return try check(word, on: judged, location, [], context, transaction)
  }

  /// The condition keys of tags in a request.
  static func tagKeys(_ tags: [String: String]?) -> Keys {
    guard let tags, !tags.isEmpty else { return [] }
    var keys: Keys = tags.sorted { $0.key < $1.key }.map {
      (name: "aws:RequestTag/\($0.key)", value: .single($0.value))
    }
    keys.append(("aws:TagKeys", .multiple(tags.keys.sorted())))
    return keys
  }

  static func deny(_ denial: Denial) -> AWSError { AWSError("AccessDeniedException", denial.message(), status: 400) }
}
