import Cloud
import Foundation
import Policy
import Wire

/// A policy that lets AWS services write into an account's groups, or into one group.
struct ResourcePolicyRecord: Record {
  static let kind = "logs.policy"
  static let isCached = true

  /// The group's ARN; empty for a policy of the account.
  var resource: String
  /// Empty for a policy of one group.
  var name: String
  var document: String
  /// Milliseconds since 1970.
  var updatedAt: Int64
  var revision: String

  var key: Key { Key(.string(resource), .string(name)) }

  /// The account's policies and the group's as one, for the judge; nothing if there are none.
  static func merged(for location: GroupLocation, _ transaction: Transaction) throws(AWSError) -> String? {
    let policies =
      try transaction.scan(ResourcePolicyRecord.self, in: location.scope, .prefix(.string("")))
      + transaction.scan(ResourcePolicyRecord.self, in: location.scope, .prefix(.string(location.arn)))
    if policies.count <= 1 { return policies.first?.document }
    var statements: [Any] = []
    for policy in policies {
      guard let root = try? JSONSerialization.jsonObject(with: Data(policy.document.utf8)) as? [String: Any] else {
        throw .internalFailure("a resource policy cannot be read")
      }
      statements += root["Statement"] as? [Any] ?? root["Statement"].map { [$0] } ?? []
    }
    let root: [String: Any] = ["Version": "2012-10-17", "Statement": statements]
    guard let data = try? JSONSerialization.data(withJSONObject: root, options: .withoutEscapingSlashes) else {
      throw .internalFailure("resource policies cannot be joined")
    }
    return String(decoding: data, as: UTF8.self)
  }
}

/// PutResourcePolicy, DescribeResourcePolicies and DeleteResourcePolicy.
enum ResourcePolicies {
  /// AWS: CloudWatch Logs quotas, "Resource policies: Up to 10 […] per Region per account".
  static let limit = 10

  static func put(
    _ input: PutResourcePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutResourcePolicyResponse {
    let scope = Scope(try Access.account(context), context.region)
    guard let document = input.policyDocument else {
      throw .invalidParameter("A policy document must be specified.")  // unverified: words
    }
    do throws(PolicyProblem) { _ = try PolicyValidator.check(document, as: .resource) } catch {
      // unverified: words
      throw .invalidParameter("The policy document is invalid: \(error.message)")
    }
    let old = try find(input.policyName, input.resourceArn, context, transaction)
    if let expected = input.expectedRevisionId, input.resourceArn == nil || old.record?.revision != expected {
      throw wrongRevision
    }
    if old.record == nil, input.resourceArn == nil,
      try transaction.count(ResourcePolicyRecord.self, in: scope, .prefix(.string(""))) >= limit
    {
      throw .limitExceeded()
    }
    let record = ResourcePolicyRecord(
      resource: old.resource, name: old.name, document: document, updatedAt: transaction.now.milliseconds,
      revision: transaction.random.uuid())
    try transaction.put(record, in: scope)
    return PutResourcePolicyResponse(
      resourcePolicy: shown(record), revisionId: record.resource.isEmpty ? nil : record.revision)
  }

  static func delete(
    _ input: DeleteResourcePolicyRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let old = try find(input.policyName, input.resourceArn, context, transaction)
    guard let record = old.record else {
      throw .resourceNotFound(
        input.policyName.map { "Policy with name [\($0)] does not exist" } ?? "The specified policy does not exist.")
    }
    if let expected = input.expectedRevisionId, expected != record.revision { throw wrongRevision }
    try transaction.delete(record, in: Scope(try Access.account(context), context.region))
    return NoMembers()
  }

  static func describe(
    _ input: DescribeResourcePoliciesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeResourcePoliciesResponse {
    let scope = Scope(try Access.account(context), context.region)
    let isOfResources = input.policyScope == "RESOURCE" || input.resourceArn != nil
    let policies = try transaction.scan(ResourcePolicyRecord.self, in: scope).filter {
      $0.resource.isEmpty != isOfResources && (input.resourceArn ?? $0.resource) == $0.resource
    }
    let page = try PageToken.page(policies, limit: input.limit ?? 50, after: input.nextToken) {
      "\($0.resource) \($0.name)"
    }
    return DescribeResourcePoliciesResponse(resourcePolicies: page.items.map(shown), nextToken: page.next)
  }

  // unverified: words
  private static let wrongRevision = AWSError.invalidParameter(
    "The expected revision id does not match that of the policy.")

  /// Where a call's policy is, and what is there.
  private static func find(
    _ name: String?, _ arn: String?, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (resource: String, name: String, record: ResourcePolicyRecord?) {
    let scope = Scope(try Access.account(context), context.region)
    var resource = ""
    if let arn {
      guard let location = GroupLocation(arn: arn), location.scope == scope else {
        throw .invalidParameter("The specified resource ARN '\(arn)' is invalid.")  // unverified: words
      }
      _ = try location.group(transaction)
      resource = location.arn
    } else if name == nil {
      throw .invalidParameter("Either policyName or resourceArn must be specified.")  // unverified: words
    }
    let name = resource.isEmpty ? name ?? "" : ""
    let key = Key(.string(resource), .string(name))
    return (resource, name, try transaction.get(ResourcePolicyRecord.self, key, in: scope))
  }

  private static func shown(_ record: ResourcePolicyRecord) -> ResourcePolicy {
    ResourcePolicy(
      policyName: record.name.isEmpty ? nil : record.name, policyDocument: record.document,
      lastUpdatedTime: Int(record.updatedAt), policyScope: record.resource.isEmpty ? "ACCOUNT" : "RESOURCE",
      resourceArn: record.resource.isEmpty ? nil : record.resource,
      revisionId: record.resource.isEmpty ? nil : record.revision)
  }
}
