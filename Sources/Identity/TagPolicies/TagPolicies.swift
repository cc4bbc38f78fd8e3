import Cloud
import Synchronization
import Wire

/// Holds the tags of requests against the tag policies of organizations, for all services in one place: whoever asks
/// the judge names the resource and the request's tags.
///
/// State: the effective tag policies by account in a `Mutex` held for look-ups, thrown away with another
/// ``OrganizationRevision``.
public enum TagPolicies {
  private struct Known {
    var revision = ""
    /// Accounts without a tag policy are there too, as nothing.
    var policies: [AccountID: TagPolicy?] = [:]
  }

  private static let known = Mutex(Known())
  /// Callers may use any twelve digits, so what is known of strangers is bounded.
  private static let limit = 50_000

  /// The error for a call whose tags break an enforced tag policy; nothing for every other call.
  /// - Parameters:
  ///   - check: an allowed check; its `aws:RequestTag/…` keys are the request's tags.
  ///   - owner: the account that owns the resource: its tag policy counts, also for callers of other accounts.
  public static func violation(
    of check: AccessCheck, owner: AccountID?, _ transaction: Transaction
  ) throws(AWSError) -> AWSError? {
    var tags: [(key: String, value: String)] = []
    for case (let name, .single(let value)) in check.keys where name.hasPrefix(tagPrefix) {
      tags.append((String(name.dropFirst(tagPrefix.count)), value))
    }
    guard !tags.isEmpty, let owner, let type = resourceType(check.action, check.resource) else { return nil }
    guard let key = try violation(on: type, tags: tags, owner: owner, transaction) else { return nil }
    return error(service: type.prefix { $0 != ":" }, key)
  }

  /// For services whose permissions don't carry the tags of a request (S3).
  /// - Throws: the service's error if the owner's tag policy refuses one of the tags.
  public static func check(
    _ type: String, tags: [(key: String, value: String)], owner: AccountID, _ transaction: Transaction
  ) throws(AWSError) {
    guard let key = try violation(on: type, tags: tags, owner: owner, transaction) else { return }
    throw error(service: type.prefix { $0 != ":" }, key)
  }

  /// The first tag's key that the owner's tag policy refuses on a resource type; nothing if all comply.
  private static func violation(
    on type: String, tags: [(key: String, value: String)], owner: AccountID, _ transaction: Transaction
  ) throws(AWSError) -> String? {
    guard !tags.isEmpty else { return nil }
    return try policy(of: owner, transaction)?.violation(on: type, tags: tags)
  }

  /// The effective tag policy of an account; nothing without an organization in which tag policies are enabled.
  static func policy(of account: AccountID, _ transaction: Transaction) throws(AWSError) -> TagPolicy? {
    let revision = try OrganizationRevision.current(transaction)
    if revision.isEmpty { return nil }
    let found: TagPolicy?? = known.withLock { $0.revision == revision ? $0.policies[account] : nil }
    if let found { return found }
    let fresh = try read(account, transaction)
    known.withLock { known in
      if known.revision != revision || known.policies.count >= limit { known = Known(revision: revision) }
      known.policies[account] = .some(fresh)
    }
    return fresh
  }

  private static func read(_ account: AccountID, _ transaction: Transaction) throws(AWSError) -> TagPolicy? {
    guard let record = try transaction.get(OrganizationAccountRecord.self, Key(account.rawValue), in: .global),
      let organization = try transaction.get(OrganizationRecord.self, Key(record.organization), in: .global),
      organization.featureSet == .all, organization.enabledPolicyTypes.contains("TAG_POLICY")
    else { return nil }
    var policies = EffectivePolicies("TAG_POLICY", in: organization)
    return TagPolicy(try policies.setting(of: record, transaction))
  }

  private static let tagPrefix = "aws:RequestTag/"

  /// What is made by an action that is judged on another resource, or on none.
  private static let made = [
    "kms:CreateKey": "kms:key", "organizations:CreateAccount": "organizations:account",
    "organizations:CreateOrganizationalUnit": "organizations:ou", "organizations:CreatePolicy": "organizations:policy",
    "organizations:InviteAccountToOrganization": "organizations:account",
  ]

  /// The type of the resource that gets tags, as tag policies name it; nothing for what is no resource (`*`).
  static func resourceType(_ action: String, _ resource: String) -> String? {
    if let type = made[action] { return type }
    guard let arn = ARN(resource) else { return nil }
    switch arn.service {
    case "sqs": return "sqs:queue"
    case "sns": return "sns:topic"
    case "s3": return arn.region.isEmpty ? (arn.resource.contains("/") ? "s3:object" : "s3:bucket") : generic(arn)
    default: return generic(arn)
    }
  }

  private static func generic(_ arn: ARN) -> String {
    "\(arn.service):\(arn.resource.prefix { $0 != "/" && $0 != ":" })"
  }

  /// The refusal in a service's words. AWS: S3 API reference, "List of Tagging-related error codes"; Organizations API,
  /// TAG_POLICY_VIOLATION; recorded answers of SNS and EC2.
  static func error(service: Substring, _ key: String) -> AWSError {
    let message = "The tag policy does not allow the specified value for the following tag key: '\(key)'."
    switch service {
    case "organizations":
      return AWSError(
        "ConstraintViolationException", message, status: 400, fields: [("Reason", .string("TAG_POLICY_VIOLATION"))])
    case "s3": return AWSError("TagPolicyException", message, status: 400)
    // unverified: the codes of IAM, SQS and KMS; AWS documents none, and their models have no error for tag policies.
    case "iam": return AWSError("InvalidInput", message, status: 400)
    case "sqs": return AWSError("InvalidParameterValue", message, status: 400)
    case "kms": return AWSError("TagException", message, status: 400)
    default: return AWSError("TagPolicyException", message, status: 400)
    }
  }
}
